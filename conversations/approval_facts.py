"""What an officer's dialogues may look at besides the grades. `storage.approval_facts` answers it inside the turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from review.forms import Given
from review.grade_facts import Facts as Known
from review.people import Person
from review.responses import Response

Mark = Literal["complaint", "redo"]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a peer group of this committee may go up to the higher share: outstanding results, in the officer's words."""

    unit_id: int
    group: str
    text: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """What lies on the table about one person. Only closed responses: a draft belongs to its writer.

    `marks`: a complaint not answered yet, or an order to review or grade again not done yet.
    """

    review: Response | None = None
    remark: Response | None = None
    given: Given = field(default_factory=Given)
    known: Known = field(default_factory=dict)
    marks: frozenset[Mark] = frozenset()


class ApprovalFacts(Protocol):
    """Everything of the open review, read for many people at once."""

    def officers_of(self, unit_id: int) -> tuple[Person, ...]:
        """By name."""
        ...

    def members_of(self, unit_ids: tuple[int, ...]) -> tuple[Person, ...]:
        """Everybody who belongs to these cells, whatever the status, by name."""
        ...

    def dossiers(self, person_ids: tuple[int, ...]) -> Mapping[int, Dossier]:
        """One for everybody who is asked for."""
        ...

    def collective_reviews(self, unit_ids: tuple[int, ...]) -> Mapping[int, Response]:
        """By cell, those that have been handed in."""
        ...

    def grounds(self, unit_id: int) -> Mapping[str, Grounds]:
        """By peer group, of the open review."""
        ...
