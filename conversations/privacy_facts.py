"""What dialogues may look at of consent, of what is kept about a person, and of requests. `storage.privacy_facts`
answers it, with or without an open review.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from review.appeals import Matter
from review.requests import DataRequest, Erasure

Section = Literal[
    "roles", "devices", "consents", "reviews", "versions", "words", "remarks_about", "remarks_by", "points",
    "told_about", "decisions", "appeals", "orders", "remedies", "checks", "notices", "requests", "journal", "looks",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """How many records of one kind are kept about a person."""

    section: Section
    count: int


class PrivacyFacts(Protocol):
    @property
    def agreed_before(self) -> bool:
        """Whether this person's last word was yes, to other words than those of today."""
        ...

    def kept(self) -> tuple[Kept, ...]:
        """Everything about the person of this account, in the order of the copy; what is not there is left out."""
        ...

    def mine(self) -> tuple[DataRequest, ...]:
        """The own requests, in the order made."""
        ...

    def find(self, request_id: int) -> DataRequest | None: ...
    def open(self) -> tuple[DataRequest, ...]:
        """Everybody's requests that wait for an answer, the nearest date first."""
        ...

    def matter(self, person_id: int) -> Matter:
        """Who has a part in the person's affairs and answers no request of his."""
        ...

    def erasure(self, request: DataRequest) -> Erasure:
        """What granting this deletion would remove now, and what has to stay."""
        ...

    def words(self, name: str) -> str:
        """What the person of this account typed about a request and has not confirmed (KeepWords)."""
        ...
