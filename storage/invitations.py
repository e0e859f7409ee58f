"""One-time invitations. Only a hash of each code is kept: whoever reads the database cannot join with it."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, insert, select, update

from conversations.facts import Invitation, InvitationState
from review.people import Person
from storage import audit
from storage.people import find_people, find_person
from storage.tables import invitations, people

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: they are misread on paper
LENGTH = 10


def issue(conn: Connection, person_ids: Sequence[int], now: datetime, valid_days: int) -> list[tuple[Person, str]]:
    """A new code for each of these people, by name. Codes issued before stay good."""
    invited = [(person, _new_code()) for person in find_people(conn, people.c.id.in_(person_ids))]
    expires = now + timedelta(days=valid_days)
    rows = [
        {"person_id": person.id, "code_hash": _hash(code), "created_at": now, "expires_at": expires}
        for person, code in invited
    ]
    if rows:
        conn.execute(insert(invitations), rows)
        audit.append(conn, now, audit.OPERATOR, "invite", "people", {"ids": [person.id for person, _ in invited]})
    return invited


def by_code(conn: Connection, code: str, now: datetime) -> Invitation | None:
    return _find(conn, invitations.c.code_hash == _hash(code), now)


def by_id(conn: Connection, invitation_id: int, now: datetime) -> Invitation | None:
    return _find(conn, invitations.c.id == invitation_id, now)


def use(conn: Connection, invitation_id: int, account_id: int, now: datetime) -> bool:
    """Spend it on an account; False when somebody was faster or it is no longer good."""
    return _spend(conn, invitation_id, now, used_at=now, used_by=account_id)


def refuse(conn: Connection, invitation_id: int, now: datetime) -> bool:
    """Spend it on nobody."""
    return _spend(conn, invitation_id, now, refused_at=now)


def _spend(conn: Connection, invitation_id: int, now: datetime, **how: datetime | int) -> bool:
    still_good = (
        (invitations.c.id == invitation_id)
        & invitations.c.used_at.is_(None)
        & invitations.c.refused_at.is_(None)
        & (invitations.c.expires_at > now)
    )
    return conn.execute(update(invitations).where(still_good).values(**how)).rowcount == 1


def _find(conn: Connection, where: ColumnElement[bool], now: datetime) -> Invitation | None:
    row = conn.execute(select(invitations).where(where)).first()
    if row is None:
        return None
    person = find_person(conn, row.person_id)
    assert person is not None
    state: InvitationState = "open"
    if row.used_at or row.refused_at:
        state = "used"
    elif row.expires_at <= now:
        state = "expired"
    return Invitation(row.id, person, state)


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _hash(code: str) -> str:
    """Of the letters and digits alone: spaces, dashes and case are forgiven."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(plain.encode()).hexdigest()
