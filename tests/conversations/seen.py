"""The test world as one account's turn sees it: answers `conversations.facts.Facts` by counting the plain dicts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from conversations.facts import Account, CellCount, Invitation, Named, Notice, PersonProgress, Progress, RemarkLine
from conversations.typed import fold
from review.calendar import Cycle
from review.consents import CURRENT
from review.forms import Given, assemble
from review.pack import Pack
from review.people import Person, Unit
from review.responses import Grade, Response, ResponseKind
from tests.conversations.seen_approval import SeenApproval
from tests.conversations.seen_calendar import SeenCalendar
from tests.conversations.seen_grading import SeenGrading
from tests.conversations.seen_points import SeenPoints, with_points
from tests.conversations.seen_privacy import SeenPrivacy
from tests.conversations.seen_reach import SeenReach
from tests.conversations.seen_remedies import SeenRemedies
from tests.conversations.seen_results import SeenAppeals, SeenRedo
from tests.conversations.seen_texts import SeenTexts

if TYPE_CHECKING:
    from tests.conversations.world import World

PROGRESS = get_args(Progress)


@dataclass(frozen=True)
class Seen:
    """The world as one account's turn sees it."""

    world: "World"
    account_id: int

    @property
    def now(self) -> datetime:
        return self.world.now

    @property
    def today(self) -> date:
        return self.world.now.date()

    @property
    def account(self) -> Account:
        return self.world.accounts[self.account_id]

    @property
    def me(self) -> Person | None:
        return self.world.people.get(self.account.person_id or 0)

    @property
    def committee(self) -> Unit | None:
        return next((u for u in self.world.units.values() if u.parent_id is None), None)

    @property
    def cycle(self) -> Cycle | None:
        return self.world.cycle

    @property
    def pack(self) -> Pack | None:
        return self.world.pack

    @property
    def consented(self) -> bool:
        return self.world.consents.get(self.account.person_id or 0) == CURRENT

    @property
    def texts(self) -> SeenTexts:
        return SeenTexts(self.world, self.me)

    def has_refused(self, person_id: int) -> bool:
        return person_id in self.world.refused

    def invitation(self, code: str) -> Invitation | None:
        return self.world.invitations.get(fold(code).replace(" ", "").upper())

    def invitation_by_id(self, invitation_id: int) -> Invitation | None:
        return next((i for i in self.world.invitations.values() if i.id == invitation_id), None)

    def person(self, person_id: int) -> Person | None:
        return self.world.people.get(person_id)

    def unit(self, unit_id: int) -> Unit | None:
        return self.world.units.get(unit_id)

    def units_below(self, unit_id: int) -> tuple[Unit, ...]:
        found, todo = [], [unit_id]
        while todo:
            at = todo.pop()
            found += [self.world.units[at]] if at in self.world.units else []
            todo += [unit.id for unit in self.world.units.values() if unit.parent_id == at]
        return tuple(sorted(found, key=lambda unit: unit.code))

    def response(self, kind: ResponseKind, subject_id: int) -> Response | None:
        return self.world.find(kind, subject_id)

    def response_by_id(self, response_id: int) -> Response | None:
        return self.world.responses.get(response_id)

    def remark_answer(self, response_id: int) -> str:
        return self.world.remark_answers.get(response_id, "")

    def given(self, subject_id: int) -> Given:
        return with_points(self.world, "person", subject_id, self.world.givens.get(subject_id, Given()))

    @property
    def points(self) -> SeenPoints:
        return SeenPoints(self.world, self.account_id)

    def remark_lines(self) -> tuple[RemarkLine, ...]:
        areas = {unit.id for unit in self.me.units_as("contact")} if self.me else set()
        living = [p for p in self.world.people.values() if p.is_reviewed and p.residence and p.residence.id in areas]
        living.sort(key=lambda person: person.name)
        find = self.world.find
        return tuple(RemarkLine(p, p.residence, find("residence_remark", p.id)) for p in living if p.residence)

    def cell_counts(self, unit_ids: tuple[int, ...]) -> tuple[CellCount, ...]:
        cells = [u for u in self.world.units.values() if u.id in unit_ids and u.kind == "cell"]
        return tuple(self._count(cell) for cell in sorted(cells, key=lambda unit: unit.code))

    def _count(self, cell: Unit) -> CellCount:
        members = self.world.members(cell.id)
        states = [self.world.progress(person) for person in members]
        remarks = [self.world.find("residence_remark", person.id) for person in members if person.residence]
        return CellCount(
            cell,
            due=len(members),
            submitted=states.count("submitted"),
            drafting=states.count("drafting"),
            not_started=states.count("not_started"),
            not_joined=states.count("not_joined"),
            remarks_due=len(remarks),
            remarks_in=sum(1 for remark in remarks if remark and not remark.is_open),
        )

    def people_progress(self, unit_id: int) -> tuple[PersonProgress, ...]:
        rows = [self._progress(person) for person in self.world.members(unit_id)]
        return tuple(sorted(rows, key=lambda row: (PROGRESS.index(row.progress), row.person.name)))

    def _progress(self, person: Person) -> PersonProgress:
        response = self.world.find("self_review", person.id)
        sent = response if response and not response.is_open else None
        accounts = {a.id for a in self.world.accounts.values() if a.person_id == person.id}
        return PersonProgress(
            person,
            self.world.progress(person),
            submitted_at=sent.submitted_at if sent else None,
            self_grade=self._self_grade(sent) if sent else None,
            joined=self.world.joined(person.id),
            typed_in=response is not None and response.typed_in,
            signed_on=response.signed_on if response else None,
            reminded_today=(person.id, "asked_by_secretary", self.today) in self.world.notified,
            unreachable=bool(accounts) and accounts <= self.world.unreachable,
            window_shut=person.id in self.world.silent,
        )

    def _self_grade(self, response: Response) -> Grade | None:
        assert self.world.pack
        form = self.world.pack.forms[response.form]
        return assemble(form, response.answers, self.given(response.subject_id)).self_grade  # type: ignore[return-value]

    def shortcomings(self, unit_ids: tuple[int, ...]) -> tuple[Named, ...]:
        named = []
        for response in self.world.responses.values():
            person = self.world.people.get(response.subject_id)
            if response.kind != "self_review" or response.is_open or not person or not person.unit:
                continue
            if person.unit.id not in unit_ids:
                continue
            assert self.world.pack
            done = assemble(self.world.pack.forms[response.form], response.answers, self.given(person.id))
            rows = done.answers.get("shortcomings", [])
            assert isinstance(rows, list)
            named += [Named(person, str(row.get("text", "")), str(row.get("cause", ""))) for row in rows]
        return tuple(named)

    def secretaries_of(self, unit_id: int) -> tuple[Person, ...]:
        people = self.world.people.values()
        by_role = [
            [p for p in people if any(u.id == unit_id for u in p.units_as(role))] for role in ("secretary", "deputy")
        ]
        return tuple(by_role[0] + by_role[1])

    @property
    def appeals(self) -> SeenAppeals:
        return SeenAppeals(self.world, self.account.person_id or 0)

    @property
    def redo(self) -> SeenRedo:
        return SeenRedo(self.world)

    @property
    def grading(self) -> SeenGrading:
        return SeenGrading(self.world)

    @property
    def approval(self) -> SeenApproval:
        return SeenApproval(self.world)

    @property
    def calendar(self) -> SeenCalendar:
        return SeenCalendar(self.world)

    @property
    def reach(self) -> SeenReach:
        return SeenReach(self.world, self.account_id)

    @property
    def remedies(self) -> SeenRemedies:
        return SeenRemedies(self.world, self.me)

    @property
    def privacy(self) -> SeenPrivacy:
        return SeenPrivacy(self.world, self.account.person_id or 0)

    def notice(self, notice_id: int) -> Notice | None:
        return self.world.notices[notice_id][1] if notice_id in self.world.notices else None
