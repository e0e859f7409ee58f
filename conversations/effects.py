"""The closed set of things a dialogue may ask for. `storage` applies them, `review.permissions` judges each again."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from conversations.approval_effects import ApprovalEffect
from conversations.calendar_effects import CalendarEffect
from conversations.grading_effects import GradingEffect
from conversations.points_effects import PointsEffect
from conversations.reach_effects import ReachEffect
from conversations.remedy_effects import RemedyEffect
from conversations.request_effects import RequestEffect
from conversations.result_effects import ResultEffect
from review.responses import ResponseKind, Value

NoticeKind = Literal[
    "opening",
    "self_review_due",
    "remarks_due",
    "digest",
    "asked_by_secretary",
    "snoozed",
    "wrong_person",
    "help_wanted",
    "remark_arrived",
    "typed_in",
    "collective_due",
    "collective_part",
    "point_raised",
    "unreachable",
    "meeting_due",
    "result",
    "explanation",
    "complaint_to_answer",
    "complaint_due",
    "complaint_unassigned",
    "complaint_answered",
    "redo",
    "dates_changed",
    "remedy_plan",
    "remedy_check",
    "device_joined",
    "request_received",
    "request_due",
    "request_unassigned",
    "request_answered",
]


@dataclass(frozen=True, slots=True)
class UseInvitation:
    """Bind this account to the invitation's person; the invitation is spent."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class RefuseInvitation:
    """ "Không phải tôi": the invitation is spent for nobody and the secretary is told."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class CountWrongCode:
    """Many of these from one account lock that account for a while."""


@dataclass(frozen=True, slots=True)
class SetConsent:
    """Given or withdrawn, with the version of the text that was shown."""

    given: bool
    text_version: str


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """File `value` under `key` of the response about `subject_id`; the response is born with its first answer.

    `None` removes the answer; the earlier value is kept in the history either way.
    """

    kind: ResponseKind
    subject_id: int
    form: str
    key: str
    value: Value


@dataclass(frozen=True, slots=True)
class Submit:
    response_id: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a submitted response back into draft; allowed until the cell has met."""

    response_id: int


@dataclass(frozen=True, slots=True)
class AnswerRemark:
    """The member's own answer to a closed remark about himself."""

    response_id: int
    text: str


@dataclass(frozen=True, slots=True)
class TypeIn:
    """Begin, or go on, to take over from paper what this member handed in; it goes into the audit chain."""

    person_id: int


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """The day on which a member signed the print of what was typed in; None takes the note back."""

    response_id: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody opened another person's response; it goes into the audit chain."""

    response_id: int


@dataclass(frozen=True, slots=True)
class Notify:
    """Plan a notice for a person. `slot` makes it unique per (person, kind); `after_days` 0 = as soon as allowed."""

    person_id: int
    kind: NoticeKind
    slot: str
    params: dict[str, str] = field(default_factory=dict)
    after_days: int = 0


@dataclass(frozen=True, slots=True)
class Reachable:
    """The channel told that this account can (not) be written to."""

    yes: bool


JoiningEffect = UseInvitation | RefuseInvitation | CountWrongCode | SetConsent
ResponseEffect = SaveAnswer | Submit | Withdraw | AnswerRemark | TypeIn | NoteSignature | Looked
NoticeEffect = Notify | Reachable
Effect = (
    JoiningEffect
    | ResponseEffect
    | NoticeEffect
    | GradingEffect
    | ApprovalEffect
    | ResultEffect
    | CalendarEffect
    | RemedyEffect
    | PointsEffect
    | ReachEffect
    | RequestEffect
)
