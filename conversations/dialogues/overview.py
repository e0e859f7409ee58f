"""The committee's view: a short overview, then the units below, the late ones first; every number leads to its list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversations import words
from conversations.after_decision import overview_lines, overview_ways, request_ways
from conversations.approval_offer import approval_choices, approval_line
from conversations.collective import points_line
from conversations.dialogues import papers
from conversations.dialogues.dates import may_set_dates
from conversations.facts import CellCount, Facts
from conversations.numbers import Cells, lines_of, number_by_id, parts_of
from conversations.oversight import Tree
from conversations.paging import folded, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.unit_dates import cycle_of
from review.people import Unit

NO_CYCLE = "Hiện chưa có đợt kiểm điểm nào đang mở."
NO_SUCH_NUMBER = "Chưa có số liệu này."
ROWS = 5
NUMBER_ROWS = 7
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of a level and the cells it stands for: itself, or all below it."""

    unit: Unit
    cells: Cells


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the tree: the unit looked at (None: several at once), and what is right below it."""

    unit: Unit | None
    rows: tuple[Row, ...]

    @property
    def cells(self) -> Cells:
        return tuple(cell for row in self.rows for cell in row.cells)


def level(unit_id: int, facts: Facts) -> Level | None:
    """The level of a unit looked after; 0 = where this person's view begins. None where there is nothing to see."""
    tree = Tree(facts)
    if not unit_id:
        begins = tree.roots[0] if len(tree.roots) == 1 and tree.roots[0].kind == "committee" else None
        now = Level(begins, _rows(tree.below(begins.id) if begins else tree.roots, tree))
    else:
        unit = tree.unit(unit_id)
        now = Level(unit, _rows(tree.below(unit_id) if unit and unit.kind == "committee" else (), tree))
    return now if now.rows else None


def overview(now: Level, name: str, number: int, facts: Facts) -> Screen:
    """`name` is the place this level has: "dashboard" or "committee"."""
    args = (now.unit.id,) if name == "committee" and now.unit else ()
    counts = {count.unit.id: count for count in facts.cell_counts(tuple(cell.id for cell in now.cells))}
    page = page_of(sorted(((row, _sum(row, counts)) for row in now.rows), key=_lateness), number, ROWS)
    text = [
        title(now.unit or facts.committee, facts),
        "\n".join([_how_many(now), *(line for _, line in lines_of(now.cells, facts)), *_more_lines(now, facts)]),
        f"Nơi chậm ở trước{page.mark}:",
        "\n".join(_row_line(row.unit, *done) for row, done in page.rows),
    ]
    rows = [Choice(words.cut(row.unit.name, 60), to=_place(row.unit)) for row, _ in page.rows]
    ways = (*rows, *turn_pages(page, name, *args), *_ways(now, facts))
    more = Place.of("overview_more", now.unit.id if now.unit else 0)
    return Screen("\n\n".join(text), folded(ways, more, up(now.unit, facts)))


def show_more(place: Place, facts: Facts) -> Screen:
    """All ways on from a level that is no unit below it."""
    now = level(place.number(), facts)
    if now is None or facts.cycle is None:
        return Screen(NO_SUCH_NUMBER, (HOME_CHOICE,))
    back = Choice("Quay lại", to=_level_place(now.unit, facts))
    return Screen(f"{title(now.unit or facts.committee, facts)}\n\nViệc khác:", (*_ways(now, facts), back))


def _more_lines(now: Level, facts: Facts) -> list[str]:
    """What is open besides the numbers."""
    points = points_line(facts.points.open_count(tuple(cell.id for cell in now.cells)))
    return [line for line in (points, approval_line(facts), *overview_lines(facts, now.cells)) if line]


def _ways(now: Level, facts: Facts) -> tuple[Choice, ...]:
    unit_id = now.unit.id if now.unit else 0
    numbers = Choice("Xem từng con số", to=Place.of("numbers", unit_id))
    own = papers.choice(facts, unit_id) if unit_id else ()
    return (*approval_choices(None, facts), numbers, *overview_ways(facts), *own)


def show_numbers(place: Place, facts: Facts) -> Screen:
    """Every number of a level; each leads to the cells it comes from. While no review is open, what lasts beyond it."""
    now = level(place.number(), facts)
    if now is None:
        return Screen(NO_SUCH_NUMBER, (HOME_CHOICE,))
    unit_id = now.unit.id if now.unit else 0
    lines = lines_of(now.cells, facts)
    choices = [Choice(number.title, to=Place.of("number", unit_id, number.id, 1)) for number, _ in lines]
    if now.unit and facts.cycle and may_set_dates(now.unit, facts):
        choices.append(Choice("Lịch kiểm điểm", to=Place.of("dates", unit_id)))
    choices += [] if facts.cycle else request_ways(facts)
    heading = title(now.unit or facts.committee, facts) if facts.cycle else NO_CYCLE
    text = "\n".join([_how_many(now), *(line for _, line in lines)])
    back = Choice("Quay lại", to=_level_place(now.unit, facts)) if facts.cycle else HOME_CHOICE
    return Screen(f"{heading}\n\n{text}", (*choices, back))


def show_number(place: Place, facts: Facts) -> Screen:
    """One number cell by cell, the late ones first."""
    now, number = level(place.number(), facts), number_by_id(place.word(1), facts)
    if now is None or number is None:
        return Screen(NO_SUCH_NUMBER, (HOME_CHOICE,))
    page = page_of(parts_of(number, now.cells, facts), place.number(2), NUMBER_ROWS)
    where = words.cut(now.unit.name, 80) if now.unit else f"{len(now.cells)} chi bộ"
    lines = [f"**{words.cut(p.cell.name, 80)}**\n{number.said(p.done, p.due, p.late)}" for p in page.rows]
    return Screen(
        "\n\n".join([f"**{number.title}** · {where}{page.mark}", "\n".join(lines) or NO_SUCH_NUMBER]),
        (
            *(Choice(words.cut(p.cell.name, 60), to=Place.of(number.place, p.cell.id)) for p in page.rows),
            *turn_pages(page, "number", place.number(), number.id),
            Choice("Các con số khác", to=Place.of("numbers", place.number())),
        ),
    )


def title(unit: Unit | None, facts: Facts) -> str:
    """ "**Chi bộ Khối 5 · kiểm điểm 2026** · còn 3 ngày" """
    cycle = cycle_of(unit, facts)
    left = cycle.days_left("self_reviews_due", facts.today) if cycle else None
    days = "" if left is None else f" · {words.days_left(left)}"
    return f"**{words.cut(unit.name if unit else 'Các chi bộ', 90)} · kiểm điểm {cycle.year if cycle else ''}**{days}"


def up(unit: Unit | None, facts: Facts) -> Choice:
    """One level up; from where the view begins, home."""
    tree = Tree(facts)
    if unit is None or unit in tree.roots:
        return HOME_CHOICE
    return Choice("Lên một cấp", to=_level_place(tree.unit(unit.parent_id), facts))


def above_place(cell: Unit, facts: Facts) -> Place:
    """The list in which this cell stands."""
    return _level_place(Tree(facts).unit(cell.parent_id), facts)


def _level_place(unit: Unit | None, facts: Facts) -> Place:
    tops = Tree(facts).roots
    return Place("dashboard") if unit is None or tops == (unit,) else Place.of("committee", unit.id)


def _rows(units: Iterable[Unit], tree: Tree) -> tuple[Row, ...]:
    """Only units in which there is a cell, or that are one."""
    rows = (Row(unit, tree.cells(unit)) for unit in units)
    return tuple(row for row in rows if row.cells)


def _place(unit: Unit) -> Place:
    return Place.of("cell" if unit.kind == "cell" else "committee", unit.id)


def _how_many(now: Level) -> str:
    parts = sum(row.unit.kind == "committee" for row in now.rows)
    return f"Cả {len(now.cells)} chi bộ" + (f", {parts} đảng bộ bên dưới" if parts else "")


def _sum(row: Row, counts: Mapping[int, CellCount]) -> tuple[int, int]:
    """How many of those due have submitted."""
    found = [counts[cell.id] for cell in row.cells if cell.id in counts]
    return sum(one.submitted for one in found), sum(one.due for one in found)


def _lateness(one: tuple[Row, tuple[int, int]]) -> tuple[bool, float, str]:
    """Units where nobody owes anything last; otherwise the smaller the share in, the earlier."""
    row, (done, due) = one
    return due == 0, done / max(due, 1), row.unit.code


def _row_line(unit: Unit, done: int, due: int) -> str:
    return f"**{words.cut(unit.name, 80)}**\nĐã nộp {done}/{due} {words.bar(done, due)}"
