"""What happens to everybody below when dates are moved: told before anything is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from review.calendar import DATE_NAMES, DateName
from review.people import Unit
from review.unit_dates import Dates, UnitDates, fitting


@dataclass(frozen=True, slots=True)
class Dropped:
    """A unit's own day that no longer fits under the new ones and gives way to them."""

    unit: Unit
    name: DateName
    day: date


@dataclass(frozen=True, slots=True)
class Redating:
    """`moved`: units whose days change. `late`: cells for which something is overdue only because of this.
    `hurry`: members who have not submitted and get less time.
    """

    moved: tuple[Unit, ...]
    late: tuple[Unit, ...]
    dropped: tuple[Dropped, ...]
    hurry: int


def redating(
    before: UnitDates, after: UnitDates, units: Iterable[Unit], lacking: Mapping[int, int], today: date
) -> Redating:
    """Compare two calendars for these units. `lacking`: by cell, how many have not submitted."""
    known = sorted(units, key=lambda unit: unit.code)
    moved = [unit for unit in known if before.dates_for(unit.id) != after.dates_for(unit.id)]
    cells = [unit for unit in moved if unit.kind == "cell"]
    sooner = [cell for cell in cells if _is_sooner(before.dates_for(cell.id), after.dates_for(cell.id))]
    return Redating(
        moved=tuple(moved),
        late=tuple(cell for cell in cells if _becomes_late(cell, before, after, lacking, today)),
        dropped=tuple(_dropped(before, after, known)),
        hurry=sum(lacking.get(cell.id, 0) for cell in sooner),
    )


def with_day(dates: UnitDates, unit: Unit, name: DateName, day: date, below: Iterable[Unit]) -> UnitDates:
    """The calendar with this day of the unit; at the top it is the review's own. `below`: the units it reaches."""
    parents = {**dates.parents, **{one.id: one.parent_id for one in below if one.parent_id is not None}}
    if unit.parent_id is None:
        moved = {one: value for one in DATE_NAMES if (value := {**dates.cycle.dates, name: day}.get(one))}
        return replace(dates, cycle=replace(dates.cycle, dates=moved), parents=parents)
    own = {**dates.own, unit.id: {**dates.own.get(unit.id, {}), name: day}}
    return replace(dates, own=own, parents=parents)


def standing(dates: UnitDates, unit: Unit) -> Dates:
    """The unit's own days that count."""
    own = dates.own.get(unit.id, {})
    return own if unit.id in dates.ordered else fitting(dates.dates_for(unit.parent_id), own)


def _is_sooner(before: Dates, after: Dates) -> bool:
    old, new = before.get("self_reviews_due"), after.get("self_reviews_due")
    return new is not None and (old is None or new < old)


def _becomes_late(cell: Unit, before: UnitDates, after: UnitDates, lacking: Mapping[int, int], today: date) -> bool:
    old, new = before.dates_for(cell.id), after.dates_for(cell.id)
    passed = {name for name, day in new.items() if day < today and old.get(name, today) >= today}
    return bool(passed - ({"self_reviews_due"} if not lacking.get(cell.id) else set()))


def _dropped(before: UnitDates, after: UnitDates, units: Iterable[Unit]) -> Iterable[Dropped]:
    for unit in units:
        kept = standing(after, unit)
        yield from (Dropped(unit, name, day) for name, day in standing(before, unit).items() if name not in kept)
