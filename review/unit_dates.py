"""The dates of each unit: its own where it set earlier ones, else those of the unit above it, else the review's.

A unit may ask its people for their work earlier than the upper level does, never later. Only an order to review again
(redo) may give it later days; the days after those then move along.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from review.calendar import DATE_NAMES, Cycle, DateName
from review.people import Unit

Dates = Mapping[DateName, date]

OWN_DATE_NAMES: tuple[DateName, ...] = tuple(name for name in DATE_NAMES if name != "open")
"""What a unit may set for itself: the day the review opens is everybody's."""


@dataclass(frozen=True, slots=True)
class UnitDates:
    """`own` by unit as they were set, `parents` of every unit (needed only where somebody set own days), `ordered` =
    units under a redo order, whose own days stand even where they are later than those above.
    """

    cycle: Cycle
    own: Mapping[int, Dates] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)
    ordered: frozenset[int] = frozenset()

    def dates_for(self, unit_id: int | None) -> Dates:
        """The days that count for this unit and its people; None or an unknown unit: those of the review."""
        dates = self.cycle.dates
        for one in reversed(self._line(unit_id)):
            own = self.own.get(one, {})
            dates = moved_on(dates, own) if one in self.ordered else {**dates, **fitting(dates, own)}
        return dates

    def dates_above(self, unit: Unit) -> Dates:
        """The days this unit may not go beyond: those of the unit above, or those it was ordered to keep."""
        return self.dates_for(unit.id if unit.id in self.ordered else unit.parent_id)

    def cycle_for(self, unit_id: int | None) -> Cycle:
        """The review as this unit keeps it."""
        return replace(self.cycle, dates=self.dates_for(unit_id))

    def days(self, name: DateName) -> frozenset[date]:
        """Every day that may count for somebody under this name."""
        found = (dates.get(name) for dates in (self.cycle.dates, *map(self.dates_for, self.own)))
        return frozenset(day for day in found if day)

    def _line(self, unit_id: int | None) -> list[int]:
        """The unit and those above it that have days of their own, from below."""
        line: list[int] = []
        while unit_id is not None and self.own and len(line) <= len(self.parents):
            line.append(unit_id)
            unit_id = self.parents.get(unit_id)
        return line


def fitting(above: Dates, own: Dates) -> Dates:
    """Of a unit's own days those that stand under the days above: named there too, earlier, and in order.

    What does not fit gives way to the day above it, so the unit's calendar is always in order and never later.
    """
    kept: dict[DateName, date] = {}
    before = date.min
    for name in in_order(above):
        day = own.get(name)
        if day is not None and name != "open" and before <= day < above[name]:
            kept[name] = day
        before = kept.get(name, above[name])
    return kept


def moved_on(above: Dates, ordered: Dates) -> Dates:
    """The days above with those of an order; what comes after is pushed on, so that the order holds."""
    moved: dict[DateName, date] = {}
    before = date.min
    for name in DATE_NAMES:
        day = ordered.get(name, above.get(name))
        if day is not None:
            moved[name] = before = max(before, day)
    return moved


def in_order(names: Iterable[DateName]) -> tuple[DateName, ...]:
    """In the order of the review, whatever the order given."""
    wanted = set(names)
    return tuple(name for name in DATE_NAMES if name in wanted)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which days (both included) a date may be set; None = free on that side."""

    earliest: date | None
    latest: date | None

    def hold(self, day: date) -> bool:
        return (self.earliest is None or self.earliest <= day) and (self.latest is None or day <= self.latest)


def bounds(dates: UnitDates, unit: Unit, name: DateName) -> Bounds:
    """Not before what comes earlier in this unit's calendar; not after what comes later in it, nor after the day above.

    At the top there is nothing above, so only the order counts.
    """
    here = dates.dates_for(unit.id)
    at = DATE_NAMES.index(name)
    before = [here[one] for one in DATE_NAMES[:at] if one in here]
    after = [here[one] for one in DATE_NAMES[at + 1 :] if one in here]
    above = {} if unit.parent_id is None else dates.dates_above(unit)
    after += [above[name]] if name in above else []
    return Bounds(max(before, default=None), min(after, default=None))
