"""A hand-written world in memory: plain dicts that take effects. The model that dialogues are tested on."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from conversations.approval_effects import ApprovalEffect
from conversations.calendar_effects import CalendarEffect
from conversations.effects import (
    AnswerRemark,
    CountWrongCode,
    Effect,
    JoiningEffect,
    Looked,
    NoteSignature,
    NoticeKind,
    Notify,
    Reachable,
    RefuseInvitation,
    ResponseEffect,
    SaveAnswer,
    SetConsent,
    Submit,
    TypeIn,
    UseInvitation,
    Withdraw,
)
from conversations.facts import Account, Facts, Invitation, Notice, Progress
from conversations.grading_effects import GradingEffect, RecordDecision
from conversations.points_effects import PointsEffect
from conversations.points_facts import Point
from conversations.reach_effects import LinkAnother, ReachEffect, RevokeAccess, SignOut, TakeNoticesHere
from conversations.request_effects import RequestEffect
from conversations.result_effects import ResultEffect
from review.calendar import Cycle, DateName
from review.forms import Given, is_blank
from review.pack import Pack
from review.people import Person, Unit
from review.permissions import may
from review.remedies import Remedy
from review.responses import Answers, Response, ResponseKind, receipt_number
from review.unit_moves import UnitMove
from tests.conversations import world_calendar, world_reach, world_remedies
from tests.conversations.refused import RefusedError
from tests.conversations.seen import Seen
from tests.conversations.world_approval import WorldApproval
from tests.conversations.world_grading import WorldGrading
from tests.conversations.world_points import Part, apply_point, hand_out, take_in
from tests.conversations.world_privacy import WorldPrivacy
from tests.conversations.world_reach import WorldReach
from tests.conversations.world_results import WorldResults

WRONG_CODES = 5


@dataclass
class World:
    """Everything by id. `history` keeps every saved answer as (response id, key, value), the newest last."""

    now: datetime
    pack: Pack | None = None
    cycle: Cycle | None = None
    units: dict[int, Unit] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    consents: dict[int, str] = field(default_factory=dict)
    responses: dict[int, Response] = field(default_factory=dict)
    givens: dict[int, Given] = field(default_factory=dict)
    notices: dict[int, tuple[int, Notice]] = field(default_factory=dict)
    notified: set[tuple[int, NoticeKind, date]] = field(default_factory=set)
    wrong_codes: dict[int, int] = field(default_factory=dict)
    unreachable: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    looked: list[tuple[int, int]] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    typing: list[tuple[int, int]] = field(default_factory=list)
    remark_answers: dict[int, str] = field(default_factory=dict)
    last_year: dict[int, Answers] = field(default_factory=dict)
    history: list[tuple[int, str, object]] = field(default_factory=list)
    grading: WorldGrading = field(default_factory=WorldGrading)
    approval: WorldApproval = field(default_factory=WorldApproval)
    results: WorldResults = field(default_factory=WorldResults)

    own_dates: dict[int, dict[DateName, date]] = field(default_factory=dict)
    ordered: set[int] = field(default_factory=set)
    moves: list[UnitMove] = field(default_factory=list)

    remedies: dict[int, Remedy] = field(default_factory=dict)
    looked_at_remedies: list[tuple[int, int, int]] = field(default_factory=list)
    unit_givens: dict[int, Given] = field(default_factory=dict)
    points: dict[int, Point] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    reach: WorldReach = field(default_factory=WorldReach)
    privacy: WorldPrivacy = field(default_factory=WorldPrivacy)

    def facts(self, account_id: int) -> Facts:
        return Seen(self, account_id)

    def find(self, kind: ResponseKind, subject_id: int) -> Response | None:
        found = (r for r in self.responses.values() if (r.kind, r.subject_id) == (kind, subject_id))
        return next(found, None)

    def joined(self, person_id: int) -> bool:
        return any(account.person_id == person_id for account in self.accounts.values())

    def progress(self, person: Person) -> Progress:
        response = self.find("self_review", person.id)
        if response and not response.is_open:
            return "submitted"
        if response and response.answers:
            return "drafting"
        return "not_started" if self.joined(person.id) else "not_joined"

    def members(self, unit_id: int) -> list[Person]:
        return [p for p in self.people.values() if p.unit and p.unit.id == unit_id and p.is_reviewed]

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def apply(self, account_id: int, effect: Effect) -> None:
        account = self.accounts[account_id]
        if isinstance(effect, JoiningEffect | Reachable | ReachEffect | RequestEffect):
            self._apply_to_account(account, effect)
        elif isinstance(effect, ResponseEffect):
            self._apply_to_response(account, effect)
        elif isinstance(effect, Notify):
            self.notify(effect)
        elif isinstance(effect, GradingEffect | ApprovalEffect):
            self._grade(self.people[account.person_id or 0], effect)
        elif isinstance(effect, ResultEffect):
            self.results.apply(self, account, effect)
        elif isinstance(effect, CalendarEffect):
            world_calendar.apply(self, account, effect)
        elif isinstance(effect, PointsEffect):
            apply_point(self, account, effect)
        else:
            world_remedies.apply(self, account, effect)
        self.results.follow(self, effect)

    def _grade(self, me: Person, effect: GradingEffect | ApprovalEffect) -> None:
        if isinstance(effect, ApprovalEffect) or (isinstance(effect, RecordDecision) and effect.stage == "committee"):
            self.approval.apply(self, me, effect)
        else:
            self.grading.apply(self, me, effect)

    def _invite(self, account: Account, invitation_id: int, binds: bool) -> None:
        code, invitation = next(entry for entry in self.invitations.items() if entry[1].id == invitation_id)
        if invitation.state != "open":
            raise RefusedError(f"invitation {invitation_id} is {invitation.state}")
        self.invitations[code] = replace(invitation, state="used")
        if binds:
            self.accounts[account.id] = replace(account, person_id=invitation.person.id)

    def _apply_to_account(
        self, account: Account, effect: JoiningEffect | Reachable | ReachEffect | RequestEffect
    ) -> None:
        if isinstance(effect, RequestEffect):
            self.privacy.apply(self, account, effect)
            return
        match effect:
            case TakeNoticesHere() | SignOut() | LinkAnother() | RevokeAccess():
                world_reach.apply(self, account, effect)
            case UseInvitation(invitation_id) | RefuseInvitation(invitation_id):
                self._invite(account, invitation_id, binds=isinstance(effect, UseInvitation))
            case CountWrongCode():
                self.wrong_codes[account.id] = self.wrong_codes.get(account.id, 0) + 1
                if self.wrong_codes[account.id] >= WRONG_CODES:
                    self.accounts[account.id] = replace(account, locked_until=self.now + timedelta(minutes=15))
            case SetConsent():
                self._consent(account, effect)
            case Reachable(yes):
                (self.unreachable.discard if yes else self.unreachable.add)(account.id)

    def _consent(self, account: Account, effect: SetConsent) -> None:
        assert account.person_id
        self.consents.pop(account.person_id, None)
        (self.refused.discard if effect.given else self.refused.add)(account.person_id)
        if effect.given:
            self.consents[account.person_id] = effect.text_version
        else:
            self.privacy.withdraw(account, self.now)

    def _apply_to_response(self, account: Account, effect: ResponseEffect) -> None:
        match effect:
            case SaveAnswer():
                self._save(account, effect)
            case Submit(response_id):
                self._submit(response_id, account)
            case Withdraw(response_id):
                self._withdraw(response_id, account)
            case AnswerRemark(response_id, text):
                self.remark_answers[response_id] = text
            case TypeIn(person_id):
                self._may_type(person_id, account)
                self.typing.append((account.person_id or 0, person_id))
            case NoteSignature(response_id, day):
                self._sign(response_id, day, account)
            case Looked(response_id):
                self.looked.append((account.person_id or 0, response_id))

    def _save(self, account: Account, effect: SaveAnswer) -> None:
        if not account.person_id or account.person_id not in self.consents:
            raise RefusedError("answer without consent")
        response = self.find(effect.kind, effect.subject_id) or Response(
            len(self.responses) + 1, effect.kind, effect.form, effect.subject_id, account.person_id
        )
        self._judge_hand(response, account)
        if not response.is_open or response.form != effect.form:
            raise RefusedError(f"response {response.id} is {response.status}, form {response.form}")
        answers = {key: value for key, value in response.answers.items() if key != effect.key}
        if not is_blank(effect.value):
            answers[effect.key] = effect.value
        self.history.append((response.id, effect.key, effect.value))
        changed = replace(response, answers=answers, saved_at=self.now, revision=response.revision + 1)
        self.responses[response.id] = self._in_hand(changed, account)

    def _may_type(self, person_id: int, account: Account) -> None:
        me, response = self.people[account.person_id or 0], self.find("self_review", person_id)
        status = response.status if response else None
        may_type = may(me, "type_in_self_review", self.people[person_id], status=status)
        if not may_type or person_id in self.refused or (response and response.is_owners):
            raise RefusedError(f"{me.code} types in for {person_id}")

    def _judge_hand(self, response: Response, account: Account) -> None:
        """A self-review is written by its subject, or typed in by who leads the cell."""
        if response.kind == "self_review" and response.subject_id != account.person_id:
            self._may_type(response.subject_id, account)

    def _in_hand(self, response: Response, account: Account) -> Response:
        mine = response.kind == "self_review" and account.person_id
        return replace(response, respondent_id=account.person_id) if mine else response  # type: ignore[arg-type]

    def _sign(self, response_id: int, day: date | None, account: Account) -> None:
        response = self.responses[response_id]
        me, person = self.people[account.person_id or 0], self.people[response.subject_id]
        if not response.typed_in or not may(me, "note_signature", person, status=response.status):
            raise RefusedError(f"no signature on response {response_id}")
        assert response.submitted_at
        if day and not response.submitted_at.date() <= day <= self.now.date():
            raise RefusedError(f"signed on {day}")
        self.responses[response_id] = replace(response, signed_on=day)

    def _own(self, response_id: int, account: Account) -> Response:
        response = self.responses[response_id]
        me, cell = self.people.get(account.person_id or 0), self.units.get(response.subject_id)
        if response.kind == "collective_review" and me and cell and may(me, "write_collective_review", cell):
            return response
        if account.person_id not in (response.respondent_id, response.subject_id):
            raise RefusedError(f"response {response_id} is another's")
        return response

    def _submit(self, response_id: int, account: Account) -> None:
        response = self._own(response_id, account)
        if not response.is_open:
            raise RefusedError(f"response {response_id} is {response.status}")
        self._judge_hand(response, account)
        receipt = receipt_number(response_id, self.now)
        sent = replace(response, status="submitted", submitted_at=self.now, receipt=receipt, signed_on=None)
        self.responses[response_id] = self._in_hand(sent, account)
        if self.responses[response_id].typed_in:
            self.tell(response.subject_id, "typed_in", f"response.{response_id}.{receipt}", {})
        if response.kind == "collective_review":
            hand_out(self, self.responses[response_id], account.id)

    def _withdraw(self, response_id: int, account: Account) -> None:
        response = self._own(response_id, account)
        taken = replace(response, status="draft", submitted_at=None, receipt="")
        self.responses[response_id] = self._in_hand(taken, account)
        if response.kind == "collective_review":
            take_in(self, response)

    def tell(self, person_id: int, kind: NoticeKind, slot: str, params: dict[str, str]) -> None:
        self.notify(Notify(person_id, kind, slot, params))

    def notify(self, effect: Notify) -> None:
        planned = {(person, notice.kind, notice.slot) for person, notice in self.notices.values()}
        if (effect.person_id, effect.kind, effect.slot) not in planned:
            notice = Notice(len(self.notices) + 1, effect.kind, effect.slot, effect.params)
            self.notices[notice.id] = (effect.person_id, notice)
            self.notified.add((effect.person_id, effect.kind, self.now.date()))
