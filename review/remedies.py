"""After the decision: every shortcoming has a measure, an owner and a date, and is looked after through the year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from review.decisions import About

RemedyStatus = Literal["open", "partly", "done", "not_done"]


@dataclass(frozen=True, slots=True)
class RemedyCheck:
    """How far a remedy was on a day, by its owner's word."""

    at: datetime
    by: int
    status: RemedyStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """`source` names the shortcoming it mends ("response_id:key"). What is not done goes to next year's form."""

    id: int
    about: About
    subject_id: int
    source: str
    shortcoming: str
    measure: str
    owner_id: int | None
    due: date | None
    status: RemedyStatus = "open"
    checks: tuple[RemedyCheck, ...] = ()
