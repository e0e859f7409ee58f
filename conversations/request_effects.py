"""What a person asks about the own data, and what an officer does with it. `storage.apply_requests` applies them."""

from dataclasses import dataclass
from typing import Literal

from review.requests import RequestKind, RequestOutcome


@dataclass(frozen=True, slots=True)
class KeepWords:
    """Words about a request that are confirmed before they are sent, by the name of what they are for; "" = forget."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """Needs no consent and no open review. It gets a number and the dates of the law."""

    kind: RequestKind
    text: str


@dataclass(frozen=True, slots=True)
class LookedAtRequest:
    """An officer read another person's request; it goes into the audit chain."""

    request_id: int


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """From now on this officer answers it."""

    request_id: int


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """By whoever took it. "done" on a deletion removes at once what may be removed."""

    request_id: int
    outcome: RequestOutcome
    text: str


@dataclass(frozen=True, slots=True)
class ExtendRequest:
    """Once, with its reason."""

    request_id: int
    reason: str


RequestEffect = KeepWords | MakeRequest | LookedAtRequest | TakeRequest | AnswerRequest | ExtendRequest
RequestStep = RequestOutcome | Literal["extended"]
