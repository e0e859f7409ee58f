"""What a dialogue may look at, answered from the turn's own transaction. Each question is asked only once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, select

from conversations.facts import Account, CellCount, Invitation, Named, Notice, PersonProgress, RemarkLine
from conversations.reach_facts import Doors
from review.calendar import Cycle
from review.forms import Given
from review.pack import Pack
from review.people import Person, Unit
from review.responses import Response, ResponseKind
from storage import accounts, consents, cycles, invitations, notices, progress
from storage.approval_facts import StoredApproval
from storage.calendar_facts import StoredCalendar
from storage.chats import UNLIMITED, FreeFor, is_shut
from storage.columns import local
from storage.given import given_to
from storage.grading_facts import StoredGrading
from storage.lacking import answers_for_area
from storage.named import named_shortcomings
from storage.people import below, find_people, find_person, find_units, holders, topmost
from storage.points_facts import StoredPoints
from storage.privacy_facts import StoredPrivacy
from storage.reach_facts import StoredReach
from storage.remedy_facts import StoredRemedies
from storage.responses import about, find_response, find_responses, subject_answer
from storage.result_facts import StoredAppeals, StoredRedo
from storage.tables import people, responses, roles, units
from storage.text_facts import StoredTexts

T = TypeVar("T")
NO_DOORS = Doors()


class StoredFacts:
    """Implements `conversations.facts.Facts`. After an effect call `forget`, so that screens tell what is stored."""

    def __init__(
        self,
        conn: Connection,
        account: Account,
        now: datetime,
        zone: ZoneInfo,
        pack_of: Callable[[str], Pack],
        doors: Doors = NO_DOORS,
        free_for: FreeFor = UNLIMITED,
    ) -> None:
        self.conn = conn
        self._account_id = account.id
        self._now = now.astimezone(zone)
        self._pack_of = pack_of
        self._doors = doors
        self._free_for = free_for
        self._lasting: dict[Any, Any] = {}
        self._known: dict[Any, Any] = {"account": account}

    def forget(self) -> None:
        """Look again at everything an effect can change; people, units and the cycle stay as they are in a turn."""
        self._known.clear()

    def cycle_changed(self) -> None:
        """Look again at the review itself: its dates were moved in this turn."""
        self._lasting.pop("cycle", None)

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def today(self) -> date:
        return self._now.date()

    @property
    def account(self) -> Account:
        return self._once("account", lambda: accounts.load(self.conn, self._account_id))

    @property
    def me(self) -> Person | None:
        person_id = self.account.person_id
        return None if person_id is None else self.person(person_id)

    @property
    def committee(self) -> Unit | None:
        return self._lastingly("committee", lambda: topmost(self.conn))

    @property
    def cycle(self) -> Cycle | None:
        return self._lastingly("cycle", lambda: cycles.current(self.conn))

    @property
    def pack(self) -> Pack | None:
        return self._pack_of(self.cycle.pack) if self.cycle else None

    @property
    def consented(self) -> bool:
        return self.privacy.last_word is not None and self.privacy.last_word.holds

    @property
    def texts(self) -> StoredTexts:
        return self._once("texts", lambda: StoredTexts(self.conn, self.cycle, self.me))

    def has_refused(self, person_id: int) -> bool:
        last = self._once(("refused", person_id), lambda: consents.last_word(self.conn, person_id))
        return last is not None and not last.given

    def invitation(self, code: str) -> Invitation | None:
        return self._once(("code", code), lambda: invitations.by_code(self.conn, code, self._now))

    def invitation_by_id(self, invitation_id: int) -> Invitation | None:
        return self._once(("invitation", invitation_id), lambda: invitations.by_id(self.conn, invitation_id, self._now))

    def person(self, person_id: int) -> Person | None:
        return self._lastingly(("person", person_id), lambda: find_person(self.conn, person_id))

    def unit(self, unit_id: int) -> Unit | None:
        return self._lastingly(
            ("unit", unit_id), lambda: next(iter(find_units(self.conn, units.c.id == unit_id)), None)
        )

    def units_below(self, unit_id: int) -> tuple[Unit, ...]:
        return self._lastingly(("below", unit_id), lambda: find_units(self.conn, below(unit_id)))

    def secretaries_of(self, unit_id: int) -> tuple[Person, ...]:
        return self._lastingly(("secretaries", unit_id), lambda: holders(self.conn, unit_id, "secretary", "deputy"))

    def response(self, kind: ResponseKind, subject_id: int) -> Response | None:
        where = about(self._cycle_id, kind, subject_id)
        return self._once(("response", kind, subject_id), lambda: self._response(where))

    def response_by_id(self, response_id: int) -> Response | None:
        return self._once(("response", response_id), lambda: self._response(responses.c.id == response_id))

    def remark_answer(self, response_id: int) -> str:
        return self._once(("remark answer", response_id), lambda: subject_answer(self.conn, response_id))

    def given(self, subject_id: int) -> Given:
        return self._once(("given", subject_id), lambda: given_to(self.conn, self._cycle_id, subject_id))

    @property
    def points(self) -> StoredPoints:
        me = self.account.person_id or 0
        return StoredPoints(self.conn, self._cycle_id, self.pack, me, self._now.tzinfo, self._once)

    def remark_lines(self) -> tuple[RemarkLine, ...]:
        return self._once("remark lines", self._remark_lines)

    def cell_counts(self, unit_ids: tuple[int, ...]) -> tuple[CellCount, ...]:
        return self._once(("counts", unit_ids), lambda: progress.count_cells(self.conn, self._cycle_id, unit_ids))

    def people_progress(self, unit_id: int) -> tuple[PersonProgress, ...]:
        where, shut = people.c.unit_id == unit_id, is_shut(self._free_for, self._now)
        return self._once(
            ("progress", unit_id),
            lambda: tuple(
                replace(one, submitted_at=local(one.submitted_at, self._now.tzinfo))
                for one in progress.people_progress(self.conn, self._cycle_id, where, self._day, shut)
            ),
        )

    def shortcomings(self, unit_ids: tuple[int, ...]) -> tuple[Named, ...]:
        pack = self.pack
        if pack is None:
            return ()
        where = people.c.unit_id.in_(unit_ids)
        return self._once(
            ("shortcomings", unit_ids), lambda: named_shortcomings(self.conn, self._cycle_id, pack, where)
        )

    @property
    def grading(self) -> StoredGrading:
        return StoredGrading(self.conn, self._cycle_id, self._now.tzinfo, self._once)

    @property
    def approval(self) -> StoredApproval:
        return StoredApproval(self.conn, self._cycle_id, self._now.tzinfo, self._once)

    @property
    def appeals(self) -> StoredAppeals:
        return StoredAppeals(self.conn, self._cycle_id, self._now.tzinfo, self._once, self.account.person_id)

    @property
    def redo(self) -> StoredRedo:
        return StoredRedo(self.conn, self._cycle_id, self._now.tzinfo, self._once)

    @property
    def calendar(self) -> StoredCalendar:
        return StoredCalendar(self.conn, self.cycle, self._now.tzinfo, self._once)

    @property
    def remedies(self) -> StoredRemedies:
        return StoredRemedies(self.conn, self._cycle_id, self.account.person_id, self._now, self._once)

    @property
    def reach(self) -> StoredReach:
        return StoredReach(self.conn, self.account, self._now, self._doors, self._once)

    @property
    def privacy(self) -> StoredPrivacy:
        return StoredPrivacy(self.conn, self._cycle_id, self.account, self._now.tzinfo, self._once)

    def notice(self, notice_id: int) -> Notice | None:
        return self._once(("notice", notice_id), lambda: notices.find(self.conn, notice_id))

    @property
    def _cycle_id(self) -> int:
        """0 when no review is open: nothing is found under it."""
        return self.cycle.id if self.cycle else 0

    @property
    def _day(self) -> tuple[datetime, datetime]:
        start = datetime.combine(self.today, time(), self._now.tzinfo)
        return start, start + timedelta(days=1)

    def _remark_lines(self) -> tuple[RemarkLine, ...]:
        """A contact answers for the area; a secretary or deputy where the area has no contact. Nobody for himself."""
        if self.me is None:
            return ()
        areas = select(roles.c.unit_id).where(roles.c.person_id == self.me.id, answers_for_area)
        living = find_people(
            self.conn, progress.owes_review, people.c.residence_id.in_(areas), people.c.id != self.me.id
        )
        where = and_(
            responses.c.cycle_id == self._cycle_id,
            responses.c.kind == "residence_remark",
            responses.c.subject_person_id.in_([person.id for person in living]),
        )
        remarks = {response.subject_id: self._locally(response) for response in find_responses(self.conn, where)}
        return tuple(
            RemarkLine(person, person.residence, remarks.get(person.id)) for person in living if person.residence
        )

    def _response(self, where: ColumnElement[bool]) -> Response | None:
        found = find_response(self.conn, where)
        return found and self._locally(found)

    def _locally(self, response: Response) -> Response:
        """Moments as people read them: in the committee's time zone."""
        zone = self._now.tzinfo
        return replace(
            response, saved_at=local(response.saved_at, zone), submitted_at=local(response.submitted_at, zone)
        )

    def _once(self, question: Any, answer: Callable[[], T]) -> T:
        return _ask(self._known, question, answer)

    def _lastingly(self, question: Any, answer: Callable[[], T]) -> T:
        return _ask(self._lasting, question, answer)


def _ask(known: dict[Any, Any], question: Any, answer: Callable[[], T]) -> T:
    if question not in known:
        known[question] = answer()
    found: T = known[question]
    return found
