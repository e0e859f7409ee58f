"""/tonghop: where the cells stand, and the screen of one cell."""

from conversations import words
from conversations.after_decision import late_lines, overview_ways
from conversations.approval_offer import approval_choices
from conversations.cell_meeting import cell_meeting, meeting_line
from conversations.collective import collective_line, points_line
from conversations.dialogue import Move
from conversations.dialogues import papers
from conversations.dialogues.dates import may_set_dates
from conversations.dialogues.overview import above_place, level, overview, show_numbers, title
from conversations.effects import Looked
from conversations.facts import CellCount, Facts, PersonProgress
from conversations.numbers import lines_of
from conversations.oversight import led, overseen, overseen_cell, readable_cell
from conversations.paging import folded, folded_away
from conversations.person_ways import cell_lines, cell_orders, cell_ways
from conversations.place import HOME, Place
from conversations.reminding import reminding
from conversations.screen import Choice, Screen
from conversations.self_grades import ceiling_lines, grades_line
from conversations.typed_in import count_line
from conversations.unit_dates import moved_line
from review.people import Unit

NOT_YOURS = (
    "Bảng tổng hợp dành cho bí thư, phó bí thư chi bộ và cán bộ cấp ủy. "
    "Đồng chí muốn biết tình hình chung thì hỏi bí thư chi bộ nhé."
)
NO_CYCLE = "Hiện chưa có đợt kiểm điểm nào đang mở nên chưa có gì để tổng hợp."
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)
SAID_APART = ("reviews", "dates")
"""Numbers that a cell's screen tells in more detail, or that mean nothing for one cell."""


def refusal(facts: Facts) -> Screen:
    """For anybody who has nothing to look after here, or nothing to look at yet."""
    return Screen(NO_CYCLE if facts.cycle is None and overseen(facts) else NOT_YOURS, (HOME_CHOICE,))


def show(place: Place, facts: Facts) -> Screen:
    """A single cell goes straight to its screen. While no review is open, what lasts of the closed one is told."""
    cells, now = overseen(facts), level(0, facts)
    if now is None:
        return refusal(facts)
    if facts.cycle is None:
        return show_numbers(Place.of("numbers", 0), facts) if lines_of(cells, facts) else refusal(facts)
    if len(cells) == 1:
        return _cell_screen(cells[0], facts)
    return overview(now, "dashboard", place.number(), facts)


def show_committee(place: Place, facts: Facts) -> Screen:
    now = level(place.number(), facts)
    if now is None or facts.cycle is None:
        return refusal(facts)
    return overview(now, "committee", place.number(1), facts)


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


def _cell_screen(cell: Unit, facts: Facts) -> Screen:
    people = facts.people_progress(cell.id)
    count = _count(cell, facts)
    lines = [
        title(cell, facts),
        _numbers(count),
        "\n".join([grades_line(people, facts), *ceiling_lines(people, facts)]).strip(),
        "\n".join(line for number, line in lines_of((cell,), facts) if number.id not in SAID_APART),
        count_line(people),
        collective_line(cell, count.submitted, facts),
        points_line(facts.points.open_count((cell.id,))),
        meeting_line(cell.id, facts),
        "\n".join([*cell_lines(facts, cell), *late_lines(facts)]),
        moved_line(cell, facts),
    ]
    ways = _ways(cell, people, count, facts)
    return Screen(
        "\n\n".join(line for line in lines if line),
        folded(ways, Place.of("cell_more", cell.id), *_ways_back(cell, facts)),
    )


def _numbers(count: CellCount) -> str:
    return (
        f"Đã nộp {count.submitted}/{count.due} {words.bar(count.submitted, count.due)}\n"
        f"Đang viết {count.drafting} · Chưa bắt đầu {count.not_started} · Chưa vào {count.not_joined}"
    )


def show_more(place: Place, facts: Facts) -> Screen:
    """What did not fit on the screen of a cell."""
    cell = overseen_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    back = Choice("Về chi bộ", to=Place.of("cell", cell.id))
    ways = _ways(cell, facts.people_progress(cell.id), _count(cell, facts), facts)
    more = folded_away(ways, len(_ways_back(cell, facts)))
    return Screen(f"**{words.cut(cell.name, 90)} · việc khác**", (*more, back))


def _ways_back(cell: Unit, facts: Facts) -> list[Choice]:
    others = [Choice("Các chi bộ khác", to=above_place(cell, facts))] if len(overseen(facts)) > 1 else []
    return [*others, HOME_CHOICE]


def _count(cell: Unit, facts: Facts) -> CellCount:
    return next(iter(facts.cell_counts((cell.id,))), CellCount(cell))


def _ways(cell: Unit, people: tuple[PersonProgress, ...], count: CellCount, facts: Facts) -> list[Choice]:
    """The most used first: what does not fit is behind "Việc khác"."""
    choices = cell_orders(facts, cell)
    late = reminding(facts, (cell,)).people if cell in led(facts) else ()
    if late:
        choices.append(Choice(f"Nhắc {len(late)} người chưa nộp", to=Place.of("remind", cell.id)))
    if people:
        choices.append(Choice("Xem từng người", to=Place.of("cell_people", cell.id, 1)))
    if count.submitted and readable_cell(facts, cell.id):
        choices.append(Choice("Hạn chế được nêu", act=f"named.{cell.id}"))
    choices += approval_choices(cell, facts)
    choices += [
        Choice("Kiểm điểm tập thể, gợi ý", to=Place.of("cell_review", cell.id)),
        Choice("Biểu đồ", to=Place.of("paper", "progress_chart", cell.id)),
        Choice("Tải bảng tổng hợp", to=Place.of("paper", "summary_workbook", cell.id)),
    ]
    choices += _meeting_way(cell, facts)
    choices += papers.choice(facts, cell.id)
    if len(overseen(facts)) == 1:
        choices += overview_ways(facts)
    return [*choices, *_afterwards(cell, facts), *cell_ways(facts, cell)]


def _meeting_way(cell: Unit, facts: Facts) -> list[Choice]:
    if cell_meeting(cell.id, facts) is None:
        return []
    meeting = facts.grading.meeting(cell.id)
    label = "Kết quả họp" if meeting and meeting.closed else "Ghi kết quả họp"
    return [Choice(label, to=Place.of("meeting", cell.id))]


def _afterwards(cell: Unit, facts: Facts) -> list[Choice]:
    """What follows the review, and the dates, where they may be set."""
    has_any = facts.remedies.counts((cell.id,)) or facts.remedies.plannable(cell.id)
    remedies = [Choice("Việc khắc phục", to=Place.of("cell_remedies", cell.id, 1))] if has_any else []
    dates = [Choice("Lịch của chi bộ", to=Place.of("dates", cell.id))] if may_set_dates(cell, facts) else []
    return [*remedies, *dates]
