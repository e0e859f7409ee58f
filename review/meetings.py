"""The cell's review meeting and its votes: who counts, whether the counts add up, what has a majority."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from review.responses import Grade


@dataclass(frozen=True, slots=True)
class Absence:
    """A member who was not at the meeting; a person without a reason is told apart by an empty one."""

    person_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of one cell. `official` counts all official members who were summoned, present or not: a majority
    is a share of them (294-QĐ/TW §9.3.2). `present` counts the official members present. `round` counts from 1.
    """

    id: int
    unit_id: int
    held_on: date
    official: int
    present: int
    absences: tuple[Absence, ...] = ()
    secret: bool = True
    round: int = 1
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """Totals on one member. Who voted how is never recorded."""

    counts: Mapping[Grade, int] = field(default_factory=dict)
    invalid: int = 0

    @property
    def cast(self) -> int:
        return sum(self.counts.values()) + self.invalid
