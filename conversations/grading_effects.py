"""What a meeting and those who decide on grades ask for. `storage.apply_grading` judges and applies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from review.decisions import About, Stage
from review.grade_facts import Fact
from review.meetings import Absence, Votes
from review.pack_model import FactName
from review.responses import Grade


@dataclass(frozen=True, slots=True)
class RecordMeeting:
    """Begins the cell's meeting, or corrects the one that is not closed yet."""

    unit_id: int
    held_on: date
    official: int
    present: int
    absences: tuple[Absence, ...] = ()
    secret: bool = True


@dataclass(frozen=True, slots=True)
class RecordVotes:
    """Totals on one member; they replace what was recorded before."""

    meeting_id: int
    person_id: int
    counts: Mapping[Grade, int]
    invalid: int = 0


@dataclass(frozen=True, slots=True)
class CloseMeeting:
    """Everybody due has a proposal or a reason; the self-reviews of those graded are accepted."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """`grade` None = not graded. It supersedes the standing decision of the same stage, which is kept."""

    stage: Stage
    about: About
    subject_id: int
    grade: Grade | None
    reason: str = ""
    proposed: Grade | None = None
    votes: Votes | None = None
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class TellFact:
    """What the secretary knows about a member and a condition of the grades asks for."""

    person_id: int
    fact: FactName
    value: Fact


GradingEffect = RecordMeeting | RecordVotes | CloseMeeting | RecordDecision | TellFact
