"""What a dialogue may look at of points: those the upper level raised, and what is given to people and cells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from review.decisions import About
from review.forms import Given
from review.people import Person
from review.repeats import Return


@dataclass(frozen=True, slots=True)
class Point:
    """A suggested point (gợi ý kiểm điểm). `raised_at` None: typed and not yet confirmed, seen by its writer only.

    `begun`: the subject has written something about it, so that it cannot be taken back any more; `answered`: what was
    written has been submitted.
    """

    id: int
    about: About
    subject_id: int
    text: str
    raised_by: int
    raised_at: datetime | None = None
    withdrawn_at: datetime | None = None
    begun: bool = False
    answered: bool = False

    @property
    def is_open(self) -> bool:
        """Raised, not taken back, and still waiting for the answer."""
        return self.raised_at is not None and self.withdrawn_at is None and not self.answered


@dataclass(frozen=True, slots=True)
class Returning:
    """A fault that returns, and whose it is; `person` None: the cell's own."""

    person: Person | None
    what: Return


class PointsFacts(Protocol):
    """As of this turn's transaction; nothing is filtered by who asks: dialogues ask `review.permissions`."""

    def given_unit(self, unit_id: int) -> Given:
        """What a cell's collective review starts from, and whom it may name."""
        ...

    def points(self, about: About, subject_id: int) -> tuple[Point, ...]:
        """Every point raised in the open review, also those taken back, the oldest first."""
        ...

    def point(self, point_id: int) -> Point | None: ...
    def drafted(self, about: About, subject_id: int) -> Point | None:
        """The words this account's person has typed about the subject and not confirmed."""
        ...

    def open_count(self, unit_ids: tuple[int, ...]) -> int:
        """Open points about these cells and their members."""
        ...

    def without_part(self, unit_id: int) -> tuple[Person, ...]:
        """Whom the cell's submitted collective review named and who has not written about it yet (section V)."""
        ...

    def returning(self, unit_id: int) -> tuple[Returning, ...]:
        """The faults that return in what this cell and its members have submitted."""
        ...
