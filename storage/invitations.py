"""One-time invitations. Only a hash of each code is kept: whoever reads the database cannot join with it.

A code for an own further device is made from a key of ours, so it can be shown again for its one hour (decision 0023).
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, insert, select, update

from conversations.facts import Invitation, InvitationState
from conversations.reach_facts import Linking
from review.people import Person
from storage import audit
from storage.own_keys import known_key, own_key
from storage.people import find_people, find_person
from storage.tables import invitations, people

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: they are misread on paper
LENGTH = 10
LINKING = timedelta(hours=1)
LINKING_KEY = "linking"


def issue(
    conn: Connection, person_ids: Sequence[int], now: datetime, valid_days: int, by: str = audit.OPERATOR
) -> list[tuple[Person, str]]:
    """A new code for each of these people, by name. Codes issued before stay good. `by` is who asks, for the audit."""
    invited = [(person, _new_code()) for person in find_people(conn, people.c.id.in_(person_ids))]
    expires = now + timedelta(days=valid_days)
    rows = [
        {"person_id": person.id, "code_hash": _hash(code), "created_at": now, "expires_at": expires}
        for person, code in invited
    ]
    if rows:
        conn.execute(insert(invitations), rows)
        audit.append(conn, now, by, "invite", "people", {"ids": [person.id for person, _ in invited]})
    return invited


def link(conn: Connection, person_id: int, account_id: int, now: datetime) -> int:
    """An invitation by which a person brings in a further device; what this chat made before is void."""
    void(conn, invitations.c.made_in == account_id, now)
    row = {"person_id": person_id, "made_in": account_id, "created_at": now, "expires_at": now + LINKING}
    unknown = secrets.token_hex(32)  # the code is made from the row's own number
    made = insert(invitations).values(row | {"code_hash": unknown}).returning(invitations.c.id)
    invitation_id = int(conn.execute(made).scalar_one())
    code = _linking_code(own_key(conn, LINKING_KEY), invitation_id)
    conn.execute(update(invitations).where(invitations.c.id == invitation_id).values(code_hash=_hash(code)))
    return invitation_id


def open_link(conn: Connection, person_id: int, account_id: int, now: datetime) -> Linking | None:
    """The code this person made in this chat, while it is good. It is reckoned again each time, never kept."""
    here = (invitations.c.made_in == account_id) & (invitations.c.person_id == person_id)
    row = conn.execute(select(invitations).where(here, _is_good(now)).order_by(invitations.c.id.desc())).first()
    key = known_key(conn, LINKING_KEY) if row else None
    return Linking(row.id, _linking_code(key, row.id), row.expires_at) if row and key else None


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


def void(conn: Connection, which: ColumnElement[bool], now: datetime) -> int:
    """Those of these that are still good are good for nobody any more; how many."""
    return conn.execute(update(invitations).where(which, _is_good(now)).values(refused_at=now)).rowcount


def void_links(conn: Connection, person_id: int, now: datetime) -> None:
    """The codes this person made for a further device, in whichever chat."""
    void(conn, (invitations.c.person_id == person_id) & invitations.c.made_in.is_not(None), now)


def _is_good(now: datetime) -> ColumnElement[bool]:
    unspent = invitations.c.used_at.is_(None) & invitations.c.refused_at.is_(None)
    return unspent & (invitations.c.expires_at > now)


def _spend(conn: Connection, invitation_id: int, now: datetime, **how: datetime | int) -> bool:
    still_good = (invitations.c.id == invitation_id) & _is_good(now)
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


def _linking_code(key: bytes, invitation_id: int) -> str:
    digest = hmac.digest(key, str(invitation_id).encode(), "sha256")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def _hash(code: str) -> str:
    """Of the letters and digits alone: spaces, dashes and case are forgiven."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(plain.encode()).hexdigest()
