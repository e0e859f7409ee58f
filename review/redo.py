"""An order of the upper level to hold a review, or only the grading, once more."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from review.decisions import About

RedoWhat = Literal["review", "grading"]


@dataclass(frozen=True, slots=True)
class RedoOrder:
    """With a reason and a new day; what was there before is kept."""

    id: int
    about: About
    subject_id: int
    what: RedoWhat
    reason: str
    due: date
    ordered_by: int
    ordered_at: datetime
    done_at: datetime | None = None
