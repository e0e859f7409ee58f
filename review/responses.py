"""A response: one filled form about one subject, from the first saved answer to its acceptance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

Value = str | int | float | list[str] | None
Answers = Mapping[str, Value]
ResponseKind = Literal["self_review", "residence_remark", "collective_review"]
ResponseStatus = Literal["draft", "submitted", "returned", "accepted"]
Grade = Literal["excellent", "good", "completed", "not_completed"]
GRADES: tuple[Grade, ...] = ("excellent", "good", "completed", "not_completed")

_RECEIPT_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Response:
    """`answers` holds flat keys as `review.forms.walk` names them: "duties", "shortcomings.1.text", "scores.c03".

    `respondent_id`: who wrote it; of a self-review, who wrote in it last. `signed_on`: when the member signed the print
    of what was typed in.
    """

    id: int
    kind: ResponseKind
    form: str
    subject_id: int
    respondent_id: int
    status: ResponseStatus = "draft"
    answers: Answers = field(default_factory=dict)
    saved_at: datetime | None = None
    submitted_at: datetime | None = None
    receipt: str = ""
    revision: int = 0
    signed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether its writer may still change it."""
        return self.status in ("draft", "returned")

    @property
    def typed_in(self) -> bool:
        """Whether it is a self-review that somebody else took over from paper."""
        return self.kind == "self_review" and self.respondent_id != self.subject_id

    @property
    def is_owners(self) -> bool:
        """Whether it is a self-review in which the member's own hand has written."""
        return self.kind == "self_review" and not self.typed_in and bool(self.answers)


def receipt_number(response_id: int, submitted_at: datetime) -> str:
    """A short number a member can read out over the phone; it reveals nothing about the answers."""
    digest = sha256(f"{response_id}:{submitted_at.isoformat()}".encode()).digest()
    letters = "".join(_RECEIPT_LETTERS[byte % 32] for byte in digest[:6])
    return f"{letters[:2]}-{letters[2:]}"
