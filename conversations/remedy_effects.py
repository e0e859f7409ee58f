"""What is asked for about remedies. `storage.apply_remedies` judges and applies it."""

from dataclasses import dataclass
from datetime import date

from review.remedies import RemedyStatus


@dataclass(frozen=True, slots=True)
class MakeRemedies:
    """A plan from every submitted review of a cell that has none yet; asked again it makes nothing twice."""

    unit_id: int


@dataclass(frozen=True, slots=True)
class PlanRemedy:
    """Its owner adds what the plan lacks: the measure, or the date (never one that has passed)."""

    remedy_id: int
    measure: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ReportRemedy:
    """How far it is, by its owner's word."""

    remedy_id: int
    status: RemedyStatus


@dataclass(frozen=True, slots=True)
class NoteRemedy:
    """What shows it: goes with the owner's last word on it."""

    remedy_id: int
    note: str


@dataclass(frozen=True, slots=True)
class MoveRemedy:
    """A new date for one that is partly done, once, with a reason."""

    remedy_id: int
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class LookedAtRemedies:
    """Somebody looked at another person's remedies, or (`person_id` 0) those of the cell itself; it is audited."""

    unit_id: int
    person_id: int


RemedyEffect = MakeRemedies | PlanRemedy | ReportRemedy | NoteRemedy | MoveRemedy | LookedAtRemedies
