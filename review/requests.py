"""What a person asks about the own data, and until when an office has to have answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

RequestKind = Literal["access", "correct", "delete", "restrict", "object", "withdraw"]
KINDS: tuple[RequestKind, ...] = get_args(RequestKind)
RequestOutcome = Literal["done", "refused"]
RemovedKind = Literal["drafts", "answers", "words", "sessions"]
KeptKind = Literal["reviews", "remarks", "decisions", "appeals", "remedies", "consents", "requests", "journal"]
REMINDED_BEFORE = (3, 1, 0, -1)
"""Days before the next date on which officers are reminded; -1 is the day after."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """How much a deletion removes, and how much stays because it has to; nothing is named that is not there."""

    removed: Mapping[RemovedKind, int] = field(default_factory=dict)
    kept: Mapping[KeptKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataRequest:
    """`handler_id`: the officer who took it, from `acknowledged_at` on. `erased` once a deletion was granted.
    `account_id`: the chat it was made in.
    """

    id: int
    person_id: int
    kind: RequestKind
    text: str
    received_at: datetime
    acknowledge_due: date
    due: date
    acknowledged_at: datetime | None = None
    handler_id: int | None = None
    outcome: RequestOutcome | None = None
    answer: str = ""
    answered_at: datetime | None = None
    extended_at: datetime | None = None
    extended_until: date | None = None
    extension_reason: str = ""
    erased: Erasure | None = None
    account_id: int = 0

    @property
    def number(self) -> str:
        """What a person names it by."""
        return f"DL-{self.id:04}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def until(self) -> date:
        """The last day for the answer."""
        return self.extended_until or self.due

    @property
    def next_date(self) -> date:
        """What has to be done next: taken, then answered."""
        return self.until if self.acknowledged_at else min(self.acknowledge_due, self.until)

    def reminder_slot(self, today: date) -> str | None:
        """The slot of this day ("2026-12-03 T-1"), or None on every other day."""
        left = (self.next_date - today).days
        named = f"T{-left:+d}" if left else "T"
        return f"{self.next_date} {named}" if left in REMINDED_BEFORE else None


def by_date(requests: Iterable[DataRequest]) -> tuple[DataRequest, ...]:
    """The nearest date first."""
    return tuple(sorted(requests, key=lambda one: (one.next_date, one.id)))
