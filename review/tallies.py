"""Counts and shares of the grades in a group: what the report to the upper level says.

Both denominators in use for the share of "xuất sắc" are told: of those graded "tốt" (the text of 366-QĐ/TW as quoted),
and of "tốt" and above (the summary tables); the ceiling itself is `review.ceilings`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review.responses import GRADES, Grade


@dataclass(frozen=True, slots=True)
class Tally:
    """One group of members or cells: how many there are, and how many got which grade."""

    name: str
    members: int
    counts: Mapping[Grade, int]

    @property
    def graded(self) -> int:
        return sum(self.counts.values())

    @property
    def not_graded(self) -> int:
        return self.members - self.graded

    def share(self, grade: Grade) -> float | None:
        """Percent of those graded; None where nobody was."""
        return percent(self.counts[grade], self.graded)

    @property
    def excellent_of_good(self) -> float | None:
        return percent(self.counts["excellent"], self.counts["good"])

    @property
    def excellent_of_good_or_better(self) -> float | None:
        return percent(self.counts["excellent"], self.counts["excellent"] + self.counts["good"])


def tally(name: str, grades: Iterable[Grade | None]) -> Tally:
    """One entry a member; None = not graded."""
    counted = Counter(grades)
    return Tally(name, counted.total(), {grade: counted[grade] for grade in GRADES})


def tallies(rows: Iterable[tuple[str, Grade | None]]) -> tuple[Tally, ...]:
    """One a group, in the order in which the groups first appear."""
    by_name: dict[str, list[Grade | None]] = {}
    for name, grade in rows:
        by_name.setdefault(name, []).append(grade)
    return tuple(tally(name, grades) for name, grades in by_name.items())


def percent(part: int, whole: int) -> float | None:
    """To a hundredth; None of nothing."""
    return round(100 * part / whole, 2) if whole else None
