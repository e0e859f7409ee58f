"""The three stages of a grade: the person proposes (in the own form), the cell proposes, the committee decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from review.meetings import Votes
from review.responses import Grade

Stage = Literal["cell", "committee"]
About = Literal["person", "unit"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a stage said on one member or cell. `grade` None = not graded, `reason` then says why.

    `proposed` is what the program had proposed; a grade that differs from it carries a reason. A later decision of
    the same stage supersedes this one and both are kept.
    """

    id: int
    stage: Stage
    about: About
    subject_id: int
    grade: Grade | None
    decided_by: int
    decided_at: datetime
    reason: str = ""
    proposed: Grade | None = None
    votes: Votes | None = None
    meeting_id: int | None = None
    superseded_at: datetime | None = None


def lacks_reason(grade: Grade | None, reason: str, *, proposed: Grade | None, voted: Grade | None) -> bool:
    """Whether a reason must still be given: for not grading, for another grade than the program `proposed` or the
    majority `voted` for, and where there was no majority to follow.
    """
    follows = grade is not None and grade == voted and proposed in (None, grade)
    return not follows and not reason.strip()
