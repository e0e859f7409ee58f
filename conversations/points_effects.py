"""What may be done about points the upper level raises (gợi ý kiểm điểm)."""

from dataclasses import dataclass

from review.decisions import About


@dataclass(frozen=True, slots=True)
class WritePoint:
    """Keep the words for a look back; the subject sees nothing yet. New words take their place."""

    about: About
    subject_id: int
    text: str


@dataclass(frozen=True, slots=True)
class RaisePoint:
    """Put the words in front of the subject; a review that was submitted comes back to be completed."""

    point_id: int


@dataclass(frozen=True, slots=True)
class TakeBackPoint:
    """As long as nothing has been written about it."""

    point_id: int


PointsEffect = WritePoint | RaisePoint | TakeBackPoint
