"""What a member says to the result, who answers, and what is done once more. `storage.apply_results` applies them."""

from dataclasses import dataclass
from datetime import date

from review.appeals import AppealKind, Outcome
from review.decisions import About
from review.redo import RedoWhat


@dataclass(frozen=True, slots=True)
class KeepUnsent:
    """Words that are confirmed before they are sent, by the name of what they are for; "" = forget them."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MakeAppeal:
    """On the standing decision of the committee. A complaint gets a handler and a day for its answer."""

    decision_id: int
    kind: AppealKind
    text: str


@dataclass(frozen=True, slots=True)
class AnswerAppeal:
    """By its handler, with grounds. "changed" changes no grade: it orders the grading once more."""

    appeal_id: int
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class LookedAtAppeal:
    """Somebody read another person's explanation or complaint; it goes into the audit chain."""

    appeal_id: int


@dataclass(frozen=True, slots=True)
class OrderRedo:
    """A review goes back to its writer, the version handed in is kept; a cell gets a new day for its meeting."""

    about: About
    subject_id: int
    what: RedoWhat
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class LookedAtVersion:
    """Somebody read an earlier version of another person's response; it goes into the audit chain."""

    version_id: int


ResultEffect = KeepUnsent | MakeAppeal | AnswerAppeal | LookedAtAppeal | OrderRedo | LookedAtVersion
