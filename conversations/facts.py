"""The read-only port through which a dialogue looks at the world. `storage.facts` answers it inside the turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from conversations.approval_facts import ApprovalFacts
from conversations.calendar_facts import CalendarFacts
from conversations.effects import NoticeKind
from conversations.grading_facts import GradingFacts
from conversations.incoming import ChannelName
from conversations.points_facts import PointsFacts
from conversations.privacy_facts import PrivacyFacts
from conversations.reach_facts import ReachFacts
from conversations.remedy_facts import RemedyFacts
from conversations.result_facts import AppealFacts, RedoFacts
from conversations.text_facts import TextFacts
from review.calendar import Cycle
from review.forms import Given
from review.pack import Pack
from review.people import Person, Unit
from review.responses import Grade, Response, ResponseKind

InvitationState = Literal["open", "used", "expired"]
Progress = Literal["not_joined", "not_started", "drafting", "submitted"]


@dataclass(frozen=True, slots=True)
class Account:
    """One chat on one channel. `locked_until` is set after many wrong codes."""

    id: int
    channel: ChannelName
    person_id: int | None
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    id: int
    person: Person
    state: InvitationState


@dataclass(frozen=True, slots=True)
class Notice:
    """A planned unsolicited message: its texts are made from live facts when it falls due."""

    id: int
    kind: NoticeKind
    slot: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One member living in a residence contact's area, and how far the remark about him is."""

    person: Person
    area: Unit
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class CellCount:
    """The numbers of one cell. `due` members owe a self-review; the four states add up to `due`."""

    unit: Unit
    due: int = 0
    submitted: int = 0
    drafting: int = 0
    not_started: int = 0
    not_joined: int = 0
    remarks_due: int = 0
    remarks_in: int = 0


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """`typed_in`: it stands in the hand of a leader of the cell, taken over from paper. `unreachable`: blocked every
    chat. `window_shut`: silent for so long that no chat may be written to for free.
    """

    person: Person
    progress: Progress
    submitted_at: datetime | None = None
    self_grade: Grade | None = None
    joined: bool = False
    typed_in: bool = False
    signed_on: date | None = None
    reminded_today: bool = False
    unreachable: bool = False
    window_shut: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A shortcoming as its writer put it."""

    person: Person
    text: str
    cause: str = ""


class Facts(Protocol):
    """Everything is as of this turn's transaction. Nothing is filtered here: dialogues ask `review.permissions`."""

    @property
    def now(self) -> datetime:
        """Aware, in the committee's time zone."""
        ...

    @property
    def today(self) -> date: ...
    @property
    def account(self) -> Account: ...
    @property
    def me(self) -> Person | None:
        """The person this account is bound to."""
        ...

    @property
    def committee(self) -> Unit | None:
        """The topmost unit: whose server this is."""
        ...

    @property
    def cycle(self) -> Cycle | None:
        """The open yearly review, if one is open."""
        ...

    @property
    def pack(self) -> Pack | None:
        """The rule pack pinned to the open cycle."""
        ...

    @property
    def consented(self) -> bool:
        """Whether this person's last word was yes, to the words of today."""
        ...

    @property
    def texts(self) -> TextFacts:
        """What an answer is compared with."""
        ...

    def has_refused(self, person_id: int) -> bool:
        """Whether this person has taken back the consent that answers are stored; silence is no refusal."""
        ...

    def invitation(self, code: str) -> Invitation | None:
        """By the code a person typed (spaces and case forgiven); None when there is no such code."""
        ...

    def invitation_by_id(self, invitation_id: int) -> Invitation | None: ...
    def person(self, person_id: int) -> Person | None: ...
    def unit(self, unit_id: int) -> Unit | None: ...
    def units_below(self, unit_id: int) -> tuple[Unit, ...]:
        """The unit itself and every unit under it, by code."""
        ...

    def response(self, kind: ResponseKind, subject_id: int) -> Response | None:
        """The response of the open cycle about this subject, with its answers."""
        ...

    def response_by_id(self, response_id: int) -> Response | None: ...
    def remark_answer(self, response_id: int) -> str:
        """What the member answered to a remark about himself (AnswerRemark), the latest; empty when nothing."""
        ...

    def given(self, subject_id: int) -> Given:
        """Items carried over, points suggested and faults of the collective for this person."""
        ...

    @property
    def points(self) -> PointsFacts: ...

    def remark_lines(self) -> tuple[RemarkLine, ...]:
        """For a residence contact: everybody living in the areas answered for, by name."""
        ...

    def cell_counts(self, unit_ids: tuple[int, ...]) -> tuple[CellCount, ...]:
        """One row per cell among these units, by code."""
        ...

    def people_progress(self, unit_id: int) -> tuple[PersonProgress, ...]:
        """Everybody of one cell who owes a self-review, the late ones first, then by name."""
        ...

    def shortcomings(self, unit_ids: tuple[int, ...]) -> tuple[Named, ...]:
        """From submitted self-reviews only: a draft belongs to its writer."""
        ...

    def secretaries_of(self, unit_id: int) -> tuple[Person, ...]:
        """Secretary first, then deputies."""
        ...

    @property
    def grading(self) -> GradingFacts: ...
    @property
    def approval(self) -> ApprovalFacts: ...

    @property
    def appeals(self) -> AppealFacts: ...
    @property
    def redo(self) -> RedoFacts: ...

    @property
    def calendar(self) -> CalendarFacts: ...
    @property
    def remedies(self) -> RemedyFacts: ...

    @property
    def reach(self) -> ReachFacts: ...
    @property
    def privacy(self) -> PrivacyFacts: ...
    def notice(self, notice_id: int) -> Notice | None: ...
