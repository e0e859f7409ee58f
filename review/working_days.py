"""Working days: Monday to Friday without public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holidays:
    """`fixed`: (month, day) of every year; `moving`: the other days off by year. What is not known is a working day."""

    fixed: frozenset[tuple[int, int]] = frozenset()
    moving: Mapping[int, frozenset[date]] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        off = (day.month, day.day) in self.fixed or day in self.moving.get(day.year, ())
        return day.weekday() < _SATURDAY and not off

    def working_from(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The last of so many working days after that day."""
        for _ in range(count):
            day = self.working_from(day + _DAY)
        return day
