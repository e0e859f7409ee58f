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
    """One group of members or cells, by its code: how many there are, and how many got which grade."""

    code: str
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


def tally(name: str, grades: Iterable[Grade | None], code: str = "") -> Tally:
    """One entry a member; None = not graded."""
    counted = Counter(grades)
    return Tally(code, name, counted.total(), {grade: counted[grade] for grade in GRADES})


def tallies(rows: Iterable[tuple[str, Grade | None]], names: Mapping[str, str]) -> tuple[Tally, ...]:
    """One a group, by the code of the group; one that `names` does not know goes by its code."""
    by_code: dict[str, list[Grade | None]] = {}
    for code, grade in rows:
        by_code.setdefault(code, []).append(grade)
    return tuple(tally(names.get(code, code), grades, code) for code, grades in sorted(by_code.items()))


def percent(part: int, whole: int) -> float | None:
    """To a hundredth; None of nothing."""
    return round(100 * part / whole, 2) if whole else None
