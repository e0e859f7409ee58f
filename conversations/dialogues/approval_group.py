"""One peer group across all cells: the candidates for "xuất sắc" side by side, and the others."""

from conversations import words
from conversations.approval import Group, Subject
from conversations.approval_facts import Dossier
from conversations.approval_places import group_at, group_place, here, noun, one_place, rest_of
from conversations.approval_reasons import Look, conditions_of, excellent_ones, remark_word, total_of
from conversations.approval_words import arithmetic, ceiling_line, grade_word, points_word, what_helps
from conversations.dialogues.dashboard import refusal
from conversations.facts import Facts
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen

CANDIDATES_PER_PAGE = 4
ORDER = "_Thứ tự: điểm; rồi việc vượt yêu cầu; rồi hạn chế cũ đã khắc phục; không theo chức vụ._"
NOBODY = "Chưa chi bộ nào đề nghị xuất sắc trong nhóm này."
MARKS = {"complaint": "đang khiếu nại", "redo": "đang làm lại"}


def show(place: Place, facts: Facts) -> Screen:
    group = group_at(place, facts)
    if group is None:
        return refusal(facts)
    rows = excellent_ones(facts, group)
    page = page_of(rows, place.number(2), CANDIDATES_PER_PAGE)
    shown = [_candidate(facts, nth, *row) for nth, row in enumerate(page.rows, page.first)]
    text = [_head(group, page.mark, first=page.number == 1), *(shown or [NOBODY]), ORDER if len(rows) > 1 else ""]
    people = [Choice(_label(subject, facts), to=one_place(subject)) for subject, _, _ in page.rows]
    return Screen(
        "\n\n".join(part for part in text if part),
        (
            *_first(group),
            *people,
            *turn_pages(page, "approval_group", *here(group)),
            *_more(group, len(rows)),
            Choice("Về các nhóm", to=Place.of("approval", group.committee.id)),
        ),
    )


def show_rest(place: Place, facts: Facts) -> Screen:
    """Everybody of the group who is not a candidate, those still to be decided first."""
    group = group_at(place, facts)
    if group is None:
        return refusal(facts)
    rest = sorted(rest_of(group), key=lambda one: (one.entry.is_decided, not one.entry.is_proposed))
    page = page_of(rest, place.number(2), 7)
    return Screen(
        f"**{words.cut(group.name, 70)} · những mục khác**{page.mark}\n{ceiling_line(group.standing)}",
        (
            *(Choice(_label(one, facts), to=one_place(one)) for one in page.rows),
            *turn_pages(page, "approval_rest", *here(group)),
            Choice("Về nhóm này", to=group_place(group)),
        ),
    )


def _head(group: Group, mark: str, *, first: bool) -> str:
    lines = [f"**{words.cut(group.name, 70)}**{mark}", ceiling_line(group.standing)]
    if first:
        lines += [what_helps(group.standing), arithmetic(group.standing)]
        lines += ["📄 Đã ghi căn cứ kết quả nổi trội."] if group.grounds else []
    return "\n".join(line for line in lines if line)


def _first(group: Group) -> list[Choice]:
    """Confirming comes first as soon as nothing stands against it."""
    if not group.pending or group.standing.over_by:
        return []
    label = f"Xem để xác nhận {len(group.pending)} {noun(group)} còn lại"
    return [Choice(label, to=Place.of("approval_confirm", *here(group)))]


def _more(group: Group, candidates: int) -> list[Choice]:
    rest, choices = len(group.subjects) - candidates, []
    if rest:
        choices.append(Choice(f"Những mục khác của nhóm ({rest})", to=Place.of("approval_rest", *here(group), 1)))
    if group.standing.outstanding_helps or group.grounds:
        choices.append(Choice("Ghi căn cứ kết quả nổi trội", to=Place.of("approval_grounds", *here(group))))
    return choices


def _candidate(facts: Facts, nth: int, subject: Subject, dossier: Dossier, look: Look) -> str:
    score = [points_word(total)] if (total := total_of(look)) is not None else []
    where = [words.cut(subject.cell.name, 30)] if subject.person else []
    title = " · ".join([f"{nth}. **{words.cut(subject.name, 40)}**", *where, *score])
    return "\n".join(part for part in (title, _details(facts, subject, dossier, look)) if part)


def _details(facts: Facts, subject: Subject, dossier: Dossier, look: Look) -> str:
    state = conditions_of(facts, dossier, look)
    asked = len(state.met) + len(state.missing) + len(state.unknown)
    found = [f"Đạt {len(state.met)}/{asked} điều kiện"] if asked else []
    found += [f"thiếu: {words.cut(state.missing[0].text, 45)}"] if state.missing else []
    found += [f"chưa rõ {len(state.unknown)}"] if state.unknown else []
    votes = subject.proposed.votes if subject.proposed else None
    found += [f"phiếu {votes.counts.get('excellent', 0)}/{votes.cast}"] if votes else []
    remark = remark_word(facts, dossier.remark)
    found += [f"cư trú: {words.cut(remark, 20).lower()}"] if remark else []
    found += [f"còn {look.open_points} gợi ý chưa giải trình"] if look.open_points else []
    found += [MARKS[mark] for mark in sorted(dossier.marks)]
    return " · ".join(found)


def _label(subject: Subject, facts: Facts) -> str:
    entry = subject.entry
    if not entry.is_decided and not entry.is_proposed:
        return f"⏳ {words.cut(subject.name, 34)} · chờ chi bộ"
    mark = "✅" if entry.is_decided else "⏳"
    return f"{mark} {words.cut(subject.name, 34)} · {words.cut(grade_word(entry.expected, facts), 18)}"
