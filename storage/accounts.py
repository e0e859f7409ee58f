"""Accounts: one chat on one channel, whose it is, where it stands, whether it can be written to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, select, update

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


def by_id(conn: Connection, account_id: int) -> AccountRow:
    """Only to look at; it exists."""
    held = _one(conn, accounts.c.id == account_id, lock=False)
    assert held is not None
    return held


def load(conn: Connection, account_id: int) -> Account:
    return by_id(conn, account_id).account


def is_open(conn: Connection, account_id: int) -> bool:
    """Whether the channel lets us write to this account."""
    return conn.scalar(select(accounts.c.unreachable_since).where(accounts.c.id == account_id)) is None


def save_state(
    conn: Connection, account_id: int, state: State, inbound_at: datetime | None = None, order: int | None = None
) -> None:
    """`inbound_at` is when the person last did something, `order` its place in the channel's own row of events;
    both are left out for a turn of the clock.
    """
    values = {"state": state.to_json(), "last_inbound_at": inbound_at, "last_order": order}
    _set(conn, account_id, {name: value for name, value in values.items() if value is not None})


def bind(conn: Connection, account_id: int, person_id: int) -> None:
    """From now on this chat is that person's; wrong codes are forgiven."""
    _set(conn, account_id, {"person_id": person_id, "wrong_codes": 0, "locked_until": None})


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


def is_reachable(conn: Connection, person_id: int) -> bool:
    """Whether the person has any chat that may be written to unasked."""
    return conn.scalar(select(chat_for_notices(person_id))) is not None


def chat_for_notices(person_id: int | ColumnElement[int]) -> Any:
    """The account id, as a subquery, of the chat most likely to be read; a web page only when there is nothing else."""
    chat = accounts.alias("chat")
    return (
        select(chat.c.id)
        .where(chat.c.person_id == person_id, chat.c.unreachable_since.is_(None))
        .order_by(case((chat.c.channel == "web", 1), else_=0), chat.c.last_inbound_at.desc().nulls_last(), chat.c.id)
        .limit(1)
        .scalar_subquery()
    )


def _is(channel: ChannelName, address: str) -> ColumnElement[bool]:
    return (accounts.c.channel == channel) & (accounts.c.address == address)


def _one(conn: Connection, where: ColumnElement[bool], *, lock: bool) -> AccountRow | None:
    query = select(accounts).where(where)
    row: Row[Any] | None = conn.execute(query.with_for_update() if lock else query).first()
    if row is None:
        return None
    account = Account(row.id, row.channel, row.person_id, row.locked_until)
    return AccountRow(account, row.address, State.from_json(row.state), row.last_inbound_at, row.last_order)


def _set(conn: Connection, account_id: int, values: Mapping[str, Any]) -> None:
    conn.execute(update(accounts).where(accounts.c.id == account_id).values(**values))
