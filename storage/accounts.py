"""Accounts: one chat on one channel, whose it is, where it stands, whether it can be written to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from conversations.facts import Account
from conversations.incoming import ChannelName
from conversations.place import State
from storage.dialects import insert_or_leave
from storage.tables import accounts

WRONG_CODES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with its dialogue state."""

    account: Account
    address: str
    state: State
    last_inbound_at: datetime | None
    last_order: int = 0
    usual_minute: int | None = None


def find_or_create(conn: Connection, channel: ChannelName, address: str, now: datetime) -> AccountRow:
    """The account of a chat, held by this transaction: whoever else wants it waits for the commit."""
    here = _is(channel, address)
    found = _one(conn, here, lock=True)
    if found is None:
        values = {"channel": channel, "address": address, "created_at": now}
        insert_or_leave(conn, accounts, [values])
        found = _one(conn, here, lock=True)
    assert found is not None
    return found


def find(conn: Connection, channel: ChannelName, address: str) -> AccountRow | None:
    """Only to look at; nobody waits."""
    return _one(conn, _is(channel, address), lock=False)


def load(conn: Connection, account_id: int) -> Account:
    return load_row(conn, account_id).account


def load_row(conn: Connection, account_id: int, *, hold: bool = False) -> AccountRow:
    """It exists. `hold`: whoever else wants to change it waits for the commit."""
    found = _one(conn, accounts.c.id == account_id, lock=hold)
    assert found is not None
    return found


def is_open(conn: Connection, account_id: int) -> bool:
    """Whether the channel lets us write to this account."""
    return conn.scalar(select(accounts.c.unreachable_since).where(accounts.c.id == account_id)) is None


def save_state(
    conn: Connection,
    account_id: int,
    state: State,
    inbound_at: datetime | None = None,
    order: int | None = None,
    usual_minute: int | None = None,
) -> None:
    """`inbound_at` is when the person last wrote, `order` its place in the channel's own row of events, `usual_minute`
    the minute of the day this person usually answers at; all left out for a turn of the clock or of the channel.
    Whoever writes can be written to.
    """
    values = {
        "state": state.to_json(),
        "last_inbound_at": inbound_at,
        "last_order": order,
        "usual_minute": usual_minute,
    }
    known = {name: value for name, value in values.items() if value is not None}
    _set(conn, account_id, known | ({"unreachable_since": None} if inbound_at else {}))


def bind(conn: Connection, account_id: int, person_id: int) -> None:
    """From now on this chat is that person's; wrong codes are forgiven."""
    _set(conn, account_id, {"person_id": person_id, "wrong_codes": 0, "locked_until": None})


def release(conn: Connection, account_id: int) -> None:
    """From now on this chat is nobody's and stands at the beginning; no button of its screens is good any more."""
    kept = conn.execute(select(accounts.c.state).where(accounts.c.id == account_id)).scalar_one()
    state = State(serial=State.from_json(kept).serial + 1)
    _set(conn, account_id, {"person_id": None, "takes_notices": False, "state": state.to_json()})


def take_notices(conn: Connection, account_id: int, person_id: int) -> None:
    """Of all chats of this person, this one."""
    before = update(accounts).where(accounts.c.person_id == person_id, accounts.c.takes_notices)
    conn.execute(before.values(takes_notices=False))
    _set(conn, account_id, {"takes_notices": True})


def count_wrong_code(conn: Connection, account_id: int, now: datetime) -> datetime | None:
    """Each fifth wrong code locks the account: 15 minutes, then twice as long each time, at most a day."""
    counted = update(accounts).where(accounts.c.id == account_id).values(wrong_codes=accounts.c.wrong_codes + 1)
    wrong = conn.execute(counted.returning(accounts.c.wrong_codes)).scalar_one()
    if wrong % WRONG_CODES_BEFORE_LOCK:
        return None
    doublings = min(wrong // WRONG_CODES_BEFORE_LOCK - 1, 10)
    until: datetime = now + min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)
    _set(conn, account_id, {"locked_until": until})
    return until


def set_reachable(conn: Connection, account_id: int, yes: bool, now: datetime) -> bool:
    """Note whether the channel lets us write to this account; True when that is news."""
    was_reachable = accounts.c.unreachable_since.is_(None)
    news = update(accounts).where(accounts.c.id == account_id, ~was_reachable if yes else was_reachable)
    return conn.execute(news.values(unreachable_since=None if yes else now)).rowcount == 1


def _is(channel: ChannelName, address: str) -> ColumnElement[bool]:
    return (accounts.c.channel == channel) & (accounts.c.address == address)


def _one(conn: Connection, where: ColumnElement[bool], *, lock: bool) -> AccountRow | None:
    query = select(accounts).where(where)
    row: Row[Any] | None = conn.execute(query.with_for_update() if lock else query).first()
    if row is None:
        return None
    account = Account(row.id, row.channel, row.person_id, row.locked_until)
    state = State.from_json(row.state)
    return AccountRow(account, row.address, state, row.last_inbound_at, row.last_order, row.usual_minute)


def _set(conn: Connection, account_id: int, values: Mapping[str, Any]) -> None:
    conn.execute(update(accounts).where(accounts.c.id == account_id).values(**values))
