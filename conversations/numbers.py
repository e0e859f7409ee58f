"""The numbers of the committee's view. Each is counted cell by cell in one place, so it means the same on every screen.

Another number is one function and one line in `NUMBERS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conversations import words
from conversations.facts import Facts
from conversations.remedy_words import progress_words
from review.people import Unit

Cells = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one cell adds to a number: `done` of `due`; `late` is what somebody has to look after."""

    cell: Unit
    done: int
    due: int
    late: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """`said` puts done, due and late into words; `place` is the dialogue that shows one cell's part.

    `lasts`: it also has something to tell while no review is open.
    """

    id: str
    title: str
    parts: Callable[[Cells, Facts], Iterable[Part]]
    said: Callable[[int, int, int], str]
    place: str = "cell"
    lasts: bool = False


def submitted(cells: Cells, facts: Facts) -> Iterable[Part]:
    counts = facts.cell_counts(tuple(cell.id for cell in cells))
    return (Part(one.unit, one.submitted, one.due, one.due - one.submitted) for one in counts)


def remarks(cells: Cells, facts: Facts) -> Iterable[Part]:
    counts = facts.cell_counts(tuple(cell.id for cell in cells))
    return (Part(one.unit, one.remarks_in, one.remarks_due, one.remarks_due - one.remarks_in) for one in counts)


def remedies(cells: Cells, facts: Facts) -> Iterable[Part]:
    by_id = {cell.id: cell for cell in cells}
    counts = facts.remedies.counts(tuple(by_id))
    return (Part(by_id[one.unit_id], one.done, one.total, one.overdue) for one in counts)


def own_dates(cells: Cells, facts: Facts) -> Iterable[Part]:
    dates = facts.calendar.dates
    differs = [cell for cell in cells if dates and dates.dates_for(cell.id) != dates.cycle.dates]
    return (Part(cell, 1, 1) for cell in differs)


NUMBERS: tuple[Number, ...] = (
    Number("reviews", "Nộp bản kiểm điểm", submitted, lambda n, of, _: f"Đã nộp {n}/{of} {words.bar(n, of)}"),
    Number("remarks", "Nhận xét nơi cư trú", remarks, lambda n, of, _: f"Nơi cư trú: {n}/{of} nhận xét đã về"),
    Number(
        "remedies",
        "Khắc phục",
        remedies,
        lambda n, of, late: f"Khắc phục: {progress_words(n, of, late)}",
        place="cell_remedies",
        lasts=True,
    ),
    Number("dates", "Lịch riêng", own_dates, lambda n, *_: f"Lịch riêng: {n} chi bộ", place="dates"),
)


def parts_of(number: Number, cells: Cells, facts: Facts) -> tuple[Part, ...]:
    """Where anything is due, the late cells first, then the smaller the share done the earlier, then by code."""
    found = (part for part in number.parts(cells, facts) if part.due)
    return tuple(sorted(found, key=lambda part: (part.late == 0, part.done / part.due, part.cell.code)))


def lines_of(cells: Cells, facts: Facts) -> tuple[tuple[Number, str], ...]:
    """Every number that has something to tell of these cells, in words."""
    lines = []
    for number in NUMBERS:
        parts = [part for part in number.parts(cells, facts) if part.due] if _is_told(number, facts) else []
        if parts:
            totals = (sum(p.done for p in parts), sum(p.due for p in parts), sum(p.late for p in parts))
            lines.append((number, number.said(*totals)))
    return tuple(lines)


def number_by_id(number_id: str, facts: Facts) -> Number | None:
    return next((one for one in NUMBERS if one.id == number_id and _is_told(one, facts)), None)


def _is_told(number: Number, facts: Facts) -> bool:
    return number.lasts or (facts.cycle is not None and not facts.cycle.closed)
