"""What dialogues may look at of remedies. `storage.remedy_facts` answers it inside the turn, with or without an open
review: the plan of a closed one goes on until the next one has been made.
"""

from dataclasses import dataclass
from typing import Protocol

from review.people import Person
from review.remedies import Remedy


@dataclass(frozen=True, slots=True)
class RemedyCount:
    """How far one cell is: its members' remedies and its own."""

    unit_id: int
    total: int = 0
    done: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """The remedies of one member, or (`person` None) those of the cell itself."""

    person: Person | None
    remedies: tuple[Remedy, ...]


class RemedyFacts(Protocol):
    """Of each person and cell the newest plan there is."""

    def mine(self) -> tuple[Remedy, ...]:
        """What this person owns, by `review.remedies.by_urgency`."""
        ...

    def remedy(self, remedy_id: int) -> Remedy | None: ...
    def in_cell(self, unit_id: int) -> tuple[RemedyLine, ...]:
        """The cell itself first, then its members by name; whoever has none is left out."""
        ...

    def counts(self, unit_ids: tuple[int, ...]) -> tuple[RemedyCount, ...]:
        """Of these cells those that have any, by id, in one query."""
        ...

    def plannable(self, unit_id: int) -> int:
        """How many submitted reviews of this cell name shortcomings and have no plan yet."""
        ...
