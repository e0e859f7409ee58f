"""The chats through which a person may be written to unasked: in which order, and how long each stays open for free."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, exists, false, or_, select

from conversations.incoming import ChannelName
from storage.tables import accounts, people

FreeFor = Mapping[ChannelName, timedelta]
"""How long after a person's own message writing is free, on each channel that sets such a limit."""
UNLIMITED: FreeFor = {}


@dataclass(frozen=True, slots=True)
class Chat:
    """`usual_minute`: the minute of the day this person usually answers at, within the reminder hours."""

    channel: ChannelName
    address: str
    last_inbound_at: datetime | None
    usual_minute: int | None = None


def by_preference(chat: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The chat the person chose, then the one most likely to be read; a web page last: it only speaks when opened."""
    return (
        case((chat.c.takes_notices, 0), else_=1),
        case((chat.c.channel == "web", 1), else_=0),
        chat.c.last_inbound_at.desc().nulls_last(),
        chat.c.id,
    )


def may_be_written_to(chat: FromClause, person_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the chat is this person's and its channel lets us through."""
    return and_(chat.c.person_id == person_id, chat.c.unreachable_since.is_(None))


def is_reachable(conn: Connection, person_id: int) -> bool:
    """Whether the person has any chat that may be written to unasked."""
    return bool(conn.scalar(select(exists().where(may_be_written_to(accounts, person_id)))))


def is_shut(free_for: FreeFor, now: datetime) -> ColumnElement[bool]:
    """On table `people`: whether there are chats that may be written to, and none of them for free."""
    if not free_for:
        return false()
    there = may_be_written_to(accounts, people.c.id)
    return and_(exists().where(there), ~exists().where(there, _open_at(accounts, free_for, now)))


def shutting(conn: Connection, free_for: FreeFor, now: datetime, before: datetime) -> dict[int, datetime]:
    """Who can be written to for free now, and by no chat any more at `before`; with the last moment for it."""
    if not free_for:
        return {}
    later = accounts.alias("later")
    stays_open = exists().where(may_be_written_to(later, accounts.c.person_id), _open_at(later, free_for, before))
    rows = conn.execute(
        select(accounts.c.person_id, accounts.c.channel, accounts.c.last_inbound_at)
        .where(accounts.c.channel.in_(free_for), may_be_written_to(accounts, accounts.c.person_id))
        .where(_open_at(accounts, free_for, now), ~stays_open)
    )
    until: dict[int, datetime] = {}
    for person_id, channel, heard_at in rows:
        until[person_id] = max(until.get(person_id, now), heard_at + free_for[channel])
    return until


def _open_at(chat: FromClause, free_for: FreeFor, moment: datetime) -> ColumnElement[bool]:
    limited = (
        and_(chat.c.channel == channel, chat.c.last_inbound_at >= moment - time) for channel, time in free_for.items()
    )
    return or_(chat.c.channel.not_in(free_for), *limited)
