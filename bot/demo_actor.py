"""One person of the sample ward at a web chat. Every step is an effect, judged as any other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.house import House
from conversations.effects import Effect, SaveAnswer, SetConsent, Submit, UseInvitation
from conversations.facts import Account
from review import consents
from review.people import Person
from review.responses import ResponseKind, Value
from storage import accounts, invitations
from storage.apply import Context, apply
from storage.facts import StoredFacts
from storage.people import find_people
from storage.tables import people

PER_ANSWER = timedelta(seconds=40)


@dataclass(slots=True)
class Actor:
    """Everything this person does happens at `now`, which moves on with what is written."""

    conn: Connection
    house: House
    account: Account
    now: datetime

    @classmethod
    def at(cls, conn: Connection, house: House, code: str, now: datetime) -> "Actor":
        """The first time with an invitation of one's own, and consent."""
        account = accounts.find_or_create(conn, "web", f"demo-{code}", now).account
        actor = cls(conn, house, account, now)
        if account.person_id is None:
            actor._join(person_by(conn, code).id)
        return actor

    def _join(self, person_id: int) -> None:
        ((_, code),) = invitations.issue(self.conn, [person_id], self.now, valid_days=30)
        invitation = invitations.by_code(self.conn, code, self.now)
        assert invitation
        self.do(UseInvitation(invitation.id))
        self.account = accounts.load(self.conn, self.account.id)
        self.do(SetConsent(given=True, text_version=consents.CURRENT))

    def facts(self) -> StoredFacts:
        return StoredFacts(self.conn, self.account, self.now, self.house.zone, self.house.pack_of)

    def do(self, *effects: Effect) -> None:
        context = Context(self.facts(), self.house.quiet)
        for effect in effects:
            apply(self.conn, effect, context)

    def write(
        self, kind: ResponseKind, subject_id: int, form: str, said: Iterable[tuple[str, Value]], *, submit: bool
    ) -> None:
        answers = [SaveAnswer(kind, subject_id, form, key, value) for key, value in said]
        self.now += PER_ANSWER * len(answers)
        self.do(*answers)
        if submit:
            response = self.facts().response(kind, subject_id)
            assert response
            self.do(Submit(response.id))


def person_by(conn: Connection, code: str) -> Person:
    return find_people(conn, people.c.code == code)[0]
