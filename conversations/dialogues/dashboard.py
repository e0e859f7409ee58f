"""/tonghop: where the cells stand. One cell goes straight to its screen; several are listed, the late ones first."""

from conversations import words
from conversations.collective import collective_line, points_line
from conversations.dialogue import Move
from conversations.effects import Looked
from conversations.facts import CellCount, Facts, PersonProgress
from conversations.oversight import led, overseen, overseen_cell, readable_cell
from conversations.paging import page_of, turn_pages
from conversations.place import HOME, Place
from conversations.reminding import reminding
from conversations.screen import Choice, Screen
from conversations.self_grades import ceiling_lines, grades_line
from review.people import Unit

NOT_YOURS = (
    "Bảng tổng hợp dành cho bí thư, phó bí thư chi bộ và cán bộ cấp ủy. "
    "Đồng chí muốn biết tình hình chung thì hỏi bí thư chi bộ nhé."
)
NO_CYCLE = "Hiện chưa có đợt kiểm điểm nào đang mở nên chưa có gì để tổng hợp."
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def refusal(facts: Facts) -> Screen:
    """For anybody who has nothing to look after here, or nothing to look at yet."""
    return Screen(NO_CYCLE if facts.cycle is None and overseen(facts) else NOT_YOURS, (HOME_CHOICE,))


def show(place: Place, facts: Facts) -> Screen:
    cells = overseen(facts)
    if not cells or facts.cycle is None:
        return refusal(facts)
    if len(cells) == 1:
        return _cell_screen(cells[0], facts)
    return _overview(cells, place.number(), facts)


def choose(place: Place, act: str, facts: Facts) -> Move:
    """With a single cell /tonghop is that cell's screen, and does what that screen does."""
    return choose_cell(Place.of("cell", overseen(facts)[0].id), act, facts)


def show_cell(place: Place, facts: Facts) -> Screen:
    cell = overseen_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    return _cell_screen(cell, facts)


def choose_cell(place: Place, act: str, facts: Facts) -> Move:
    """Reading the shortcomings is a look at every response that names one; each goes into the audit chain."""
    unit_id = place.number()
    people = {named.person.id for named in facts.shortcomings((unit_id,))}
    responses = (facts.response("self_review", person_id) for person_id in sorted(people))
    return Move(Place.of("cell_shortcomings", unit_id, 1), tuple(Looked(r.id) for r in responses if r))


def title(name: str, facts: Facts) -> str:
    """ "**Chi bộ Khối 5 · kiểm điểm 2026** · còn 3 ngày" """
    cycle = facts.cycle
    left = cycle.days_left("self_reviews_due", facts.today) if cycle else None
    days = "" if left is None else f" · {words.days_left(left)}"
    return f"**{words.cut(name, 90)} · kiểm điểm {cycle.year if cycle else ''}**{days}"


def _overview(cells: tuple[Unit, ...], number: int, facts: Facts) -> Screen:
    counts = sorted(facts.cell_counts(tuple(cell.id for cell in cells)), key=_lateness)
    page = page_of(counts, number)
    name = facts.committee.name if facts.committee else "Các chi bộ"
    done, due = sum(c.submitted for c in counts), sum(c.due for c in counts)
    text = [
        title(name, facts),
        f"Cả {len(counts)} chi bộ\nĐã nộp {done}/{due} {words.bar(done, due)}",
        points_line(facts.points.open_count(tuple(cell.id for cell in cells))),
        f"Nơi chậm ở trước{page.mark}:",
        "\n\n".join(_cell_line(count) for count in page.rows),
    ]
    choices = (Choice(words.cut(count.unit.name, 60), to=Place.of("cell", count.unit.id)) for count in page.rows)
    shown = "\n\n".join(part for part in text if part)
    return Screen(shown, (*choices, *turn_pages(page, "dashboard"), HOME_CHOICE))


def _lateness(count: CellCount) -> tuple[bool, float, str]:
    """Cells where nobody owes anything last; otherwise the smaller the share in, the earlier."""
    return (count.due == 0, count.submitted / max(count.due, 1), count.unit.code)


def _cell_line(count: CellCount) -> str:
    name = words.cut(count.unit.name, 80)
    return f"**{name}**\nĐã nộp {count.submitted}/{count.due} {words.bar(count.submitted, count.due)}"


def _cell_screen(cell: Unit, facts: Facts) -> Screen:
    people = facts.people_progress(cell.id)
    count = next(iter(facts.cell_counts((cell.id,))), CellCount(cell))
    lines = [
        title(cell.name, facts),
        _numbers(count),
        "\n".join([grades_line(people, facts), *ceiling_lines(people, facts)]).strip(),
        f"Nơi cư trú: {count.remarks_in}/{count.remarks_due} nhận xét đã về" if count.remarks_due else "",
        collective_line(cell, count.submitted, facts),
        points_line(facts.points.open_count((cell.id,))),
    ]
    return Screen("\n\n".join(line for line in lines if line), _cell_choices(cell, people, count, facts))


def _numbers(count: CellCount) -> str:
    return (
        f"Đã nộp {count.submitted}/{count.due} {words.bar(count.submitted, count.due)}\n"
        f"Đang viết {count.drafting} · Chưa bắt đầu {count.not_started} · Chưa vào {count.not_joined}"
    )


def _cell_choices(cell: Unit, people: tuple[PersonProgress, ...], count: CellCount, facts: Facts) -> tuple[Choice, ...]:
    choices = []
    late = reminding(facts, (cell,)).people if cell in led(facts) else ()
    if late:
        choices.append(Choice(f"Nhắc {len(late)} người chưa nộp", to=Place.of("remind", cell.id)))
    if people:
        choices.append(Choice("Xem từng người", to=Place.of("cell_people", cell.id, 1)))
    if count.submitted and readable_cell(facts, cell.id):
        choices.append(Choice("Hạn chế được nêu", act=f"named.{cell.id}"))
    choices += [
        Choice("Kiểm điểm tập thể, gợi ý", to=Place.of("cell_review", cell.id)),
        Choice("Biểu đồ", to=Place.of("paper", "progress_chart", cell.id)),
        Choice("Tải bảng tổng hợp", to=Place.of("paper", "summary_workbook", cell.id)),
    ]
    if len(overseen(facts)) > 1:
        choices.append(Choice("Các chi bộ khác", to=Place("dashboard")))
    return (*choices, HOME_CHOICE)
