"""Stage 3 begins here: the peer groups of all cells, who still lacks a proposal; and the list of those left out."""

from conversations import words
from conversations.approval import Group, Sitting, seats, sitting
from conversations.approval_offer import count_line
from conversations.approval_words import ceiling_line
from conversations.dialogues.dashboard import refusal
from conversations.facts import Facts
from conversations.left_out import left_out_of
from conversations.oversight import overseen_cell
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.left_out import LeftOut

GROUPS_PER_PAGE = 5
LINES_PER_PAGE = 6
MOST_CELLS = 5
TO_OVERVIEW = Choice("Về bảng tổng hợp", to=Place("dashboard"))


def show(place: Place, facts: Facts) -> Screen:
    now = sitting(facts, place.number())
    if now is None:
        return refusal(facts)
    page = page_of(sorted(now.groups, key=lambda group: not group.pending), place.number(1), GROUPS_PER_PAGE)
    text = [
        f"**Duyệt xếp loại · {words.cut(now.committee.name, 90)}**{_left(facts)}{page.mark}\n{count_line(now)}",
        *(_group_lines(group) for group in page.rows),
        _waiting(now),
    ]
    here = now.committee.id
    return Screen(
        "\n\n".join(line for line in text if line),
        (
            *(Choice(_label(group), to=Place.of("approval_group", here, group.key, 1)) for group in page.rows),
            *turn_pages(page, "approval", here),
            Choice("Chưa kiểm điểm, xếp loại", to=Place.of("left_out", here, 1)),
            *_other_seats(now, facts),
            TO_OVERVIEW,
        ),
    )


def show_left_out(place: Place, facts: Facts) -> Screen:
    """Of one cell for those who look after it, of all of them for the committee."""
    now, cell = sitting(facts, place.number()), overseen_cell(facts, place.number())
    is_committee = now is not None and now.committee.id == place.number()
    if facts.cycle is None or not (is_committee or cell):
        return refusal(facts)
    cells = now.cells if now and is_committee else (cell,) if cell else ()
    lines = left_out_of(facts, cells)
    page = page_of(lines, place.number(1), LINES_PER_PAGE)
    name = now.committee.name if now and is_committee else cell.name if cell else ""
    said = [_left_out_line(nth, line, bool(is_committee)) for nth, line in enumerate(page.rows, page.first)]
    back = Choice("Quay lại", to=Place.of("approval" if is_committee else "cell", place.number()))
    text = "\n\n".join(said) or "Không có ai: mọi đồng chí đều đã hoặc đang được kiểm điểm, xếp loại."
    return Screen(
        f"**Chưa kiểm điểm, xếp loại · {words.cut(name, 90)}**{page.mark}\n{len(lines)} đồng chí\n\n{text}",
        (*turn_pages(page, "left_out", place.number()), back),
    )


def _left(facts: Facts) -> str:
    left = facts.cycle.days_left("committee_decision_due", facts.today) if facts.cycle else None
    return "" if left is None else f" · {words.days_left(left)}"


def _group_lines(group: Group) -> str:
    state = group.standing
    mark = "✅" if state.decided == state.due else "⏳"
    return f"{mark} **{words.cut(group.name, 70)}**: đã quyết {state.decided}/{state.due}\n{ceiling_line(state)}"


def _label(group: Group) -> str:
    return f"{words.cut(group.name, 44)}: {group.standing.decided}/{group.standing.due}"


def _waiting(now: Sitting) -> str:
    if not now.waiting:
        return ""
    named = ", ".join(f"{words.cut(cell.name, 50)} ({count})" for cell, count in now.waiting[:MOST_CELLS])
    more = len(now.waiting) - MOST_CELLS
    rest = f" và {more} chi bộ khác" if more > 0 else ""
    return f"⏳ Chờ chi bộ chốt đề nghị: {named}{rest}."


def _other_seats(now: Sitting, facts: Facts) -> list[Choice]:
    others = [unit for unit in seats(facts) if unit.id != now.committee.id]
    return [Choice(words.cut(f"Sang {unit.name}", 60), to=Place.of("approval", unit.id)) for unit in others[:2]]


def _left_out_line(nth: int, line: LeftOut, with_cell: bool) -> str:
    what = "chưa xếp loại" if line.reviewed else "chưa kiểm điểm, chưa xếp loại"
    where = f" · {words.cut(line.person.unit.name, 50)}" if with_cell and line.person.unit else ""
    doubt = " _(quy định này chưa đối chiếu được văn bản gốc)_" if line.unverified else ""
    return f"{nth}. **{words.cut(line.person.name, 60)}**{where}: {what}\n{words.cut(line.reason, 130)}.{doubt}"
