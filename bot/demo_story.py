"""The week before `tusoi demo`: who has joined, written and submitted. Every step is an effect, judged as any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.demo_people import CONTACT, MEMBER, sample_roster
from bot.demo_writing import remark, self_review, texts
from bot.house import House
from conversations.dialogues.joining import CONSENT_TEXT_VERSION
from conversations.effects import Effect, SaveAnswer, SetConsent, Submit, UseInvitation
from conversations.facts import Account
from review.calendar import DateName
from review.people import Person
from review.responses import Grade, ResponseKind
from storage import accounts, cycles, invitations
from storage import roster as stored_roster
from storage.apply import Context, apply
from storage.facts import StoredFacts
from storage.given import give
from storage.people import find_people
from storage.tables import people

PACK = "hd43-2025"
OPENED_DAYS_AGO = 7
_DAYS: tuple[tuple[DateName, int], ...] = (
    ("open", -OPENED_DAYS_AGO),
    ("residence_remarks_due", 5),
    ("collective_review_due", 8),
    ("self_reviews_due", 9),
    ("cell_meeting_due", 14),
    ("cell_report_due", 19),
    ("committee_decision_due", 30),
    ("remedy_plan_due", 60),
)
"""Days from today."""

SUBMITTED: dict[str, Grade] = {
    "K502": "excellent", "K503": "good", "K505": "excellent", "K508": "good", "K509": "good", "K510": "excellent",
    "TH01": "excellent", "TH04": "good", "TH05": "good", "TH07": "excellent", "TH11": "completed",
    "CQ02": "good", "CQ03": "good", "CQ06": "excellent", "CQ08": "good", "K801": "good",
}  # fmt: skip
DRAFTING = {"K501": 12, "K504": 5, "K506": 9, "K511": 3, "TH02": 16, "TH06": 4, "TH09": 8, "CQ01": 21, "CQ04": 6}
"""How many questions each has answered so far."""
SILENT = ("K507", "K512", "TH08", "TH10", "CQ05", "CQ07", "K803")
REMARKED = 6
"""How many of the members living there the contact has remarked on: the member persona and the next ones."""


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    person: str
    doing: str


def tell_story(conn: Connection, house: House) -> None:
    """Fill an empty database."""
    now = house.local_now()
    opened = datetime.combine(now.date() - timedelta(days=OPENED_DAYS_AGO), time(8), now.tzinfo)
    stored_roster.save(conn, sample_roster(), opened)
    pack = house.pack_of(PACK)
    cycle = cycles.open_cycle(conn, now.year, PACK, pack.version, _dates(now.date()), opened)
    member = _person(conn, MEMBER)
    give(conn, cycle.id, member.id, "carried", [str(texts()["carried"])])
    give(conn, cycle.id, member.id, "suggested", [str(texts()["suggested"])])
    for nth, step in enumerate(sorted(_steps(opened), key=lambda one: one.at)):
        actor = _Actor.joined(conn, house, step)
        if step.doing == "write":
            actor.write_self_review(nth)
        elif step.doing == "remark":
            actor.remark_on_members()


def _dates(today: date) -> dict[DateName, date]:
    return {name: today + timedelta(days=days) for name, days in _DAYS}


def _steps(opened: datetime) -> Iterator[_Step]:
    """Spread over the evenings since the opening."""
    for nth, code in enumerate((*SUBMITTED, *DRAFTING)):
        yield _Step(opened + timedelta(days=nth % 6, hours=11, minutes=3 * nth), code, "write")
    for nth, code in enumerate(SILENT):
        yield _Step(opened + timedelta(days=nth % 5, hours=4, minutes=7 * nth), code, "join")
    yield _Step(opened + timedelta(days=4, hours=10), CONTACT, "remark")


def _person(conn: Connection, code: str) -> Person:
    return find_people(conn, people.c.code == code)[0]


@dataclass(slots=True)
class _Actor:
    """One person of the sample at a chat of the web."""

    conn: Connection
    house: House
    account: Account
    now: datetime

    @classmethod
    def joined(cls, conn: Connection, house: House, step: _Step) -> "_Actor":
        """With an invitation of one's own, and consent."""
        account = accounts.find_or_create(conn, "web", f"demo-{step.person}", step.at).account
        actor = cls(conn, house, account, step.at)
        ((_, code),) = invitations.issue(conn, [_person(conn, step.person).id], step.at, valid_days=30)
        invitation = invitations.by_code(conn, code, step.at)
        assert invitation
        actor.do(UseInvitation(invitation.id))
        actor.account = accounts.load(conn, account.id)
        actor.do(SetConsent(given=True, text_version=CONSENT_TEXT_VERSION))
        return actor

    def facts(self) -> StoredFacts:
        return StoredFacts(self.conn, self.account, self.now, self.house.zone, self.house.pack_of)

    def do(self, *effects: Effect) -> None:
        context = Context(self.facts(), self.house.quiet)
        for effect in effects:
            apply(self.conn, effect, context)

    def write_self_review(self, nth: int) -> None:
        facts = self.facts()
        me, pack = facts.me, facts.pack
        assert me
        assert pack
        form = pack.own_form(me)
        assert form
        grade = SUBMITTED.get(me.code, "good")
        answers = self_review(me, nth, form, facts.given(me.id), grade, self.now.date())
        for count, (key, value) in enumerate(answers, 1):
            self.now += timedelta(seconds=40)
            self.do(SaveAnswer("self_review", me.id, form.id, key, value))
            if count == DRAFTING.get(me.code):
                return
        self._submit("self_review", me.id)

    def remark_on_members(self) -> None:
        facts = self.facts()
        assert facts.pack
        form = facts.pack.forms["residence_remark"]
        lines = sorted(facts.remark_lines(), key=lambda line: line.person.code != MEMBER)
        for nth, line in enumerate(lines[:REMARKED], 1):
            for key, value in remark(nth, form):
                self.now += timedelta(seconds=8)
                self.do(SaveAnswer("residence_remark", line.person.id, form.id, key, value))
            self._submit("residence_remark", line.person.id)

    def _submit(self, kind: ResponseKind, subject_id: int) -> None:
        response = self.facts().response(kind, subject_id)
        assert response
        self.do(Submit(response.id))
