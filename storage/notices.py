"""Notices: unsolicited messages as rows. Each slot is planned once, taken once, sent at most once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, func, select, true, update

from conversations.effects import NoticeKind
from conversations.facts import Notice
from conversations.incoming import ChannelName
from storage.accounts import chat_for_notices
from storage.dialects import insert_or_leave
from storage.tables import accounts, notices

NoticeState = Literal["planned", "sending", "sent", "skipped", "failed", "in_doubt"]


@dataclass(frozen=True, slots=True)
class Planned:
    """`slot` makes it unique per person, kind and cycle."""

    person_id: int
    kind: NoticeKind
    slot: str
    due_at: datetime
    params: Mapping[str, str] = field(default_factory=dict)
    cycle_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`channel` and `address` name the chat to use."""

    id: int
    person_id: int
    kind: NoticeKind
    due_at: datetime
    channel: ChannelName
    address: str
    last_inbound_at: datetime | None


def plan_many(conn: Connection, planned: Iterable[Planned], now: datetime) -> int:
    """Plan what is not planned yet, in one statement; how many were new."""
    rows = [
        {
            "cycle_id": notice.cycle_id,
            "person_id": notice.person_id,
            "kind": notice.kind,
            "slot": notice.slot,
            "params": dict(notice.params),
            "created_at": now,
            "due_at": notice.due_at,
            "state": "planned",
        }
        for notice in planned
    ]
    return insert_or_leave(conn, notices, rows)


def due(conn: Connection, now: datetime, limit: int, after: Due | None = None) -> list[Due]:
    """What has fallen due and nobody has taken, the oldest first. Changes nothing.

    Whoever has no chat that may be written to is left out: the notice waits until there is one.
    """
    of_notice = notices.c.id, notices.c.person_id, notices.c.kind, notices.c.due_at
    rows = conn.execute(
        select(*of_notice, accounts.c.channel.label("chat"), accounts.c.address, accounts.c.last_inbound_at)
        .select_from(notices.join(accounts, accounts.c.id == chat_for_notices(notices.c.person_id)))
        .where(notices.c.state == "planned", notices.c.due_at <= now, _beyond(after))
        .order_by(notices.c.due_at, notices.c.id)
        .limit(limit)
    )
    return [Due(r.id, r.person_id, r.kind, r.due_at, r.chat, r.address, r.last_inbound_at) for r in rows]


def _beyond(last: Due | None) -> ColumnElement[bool]:
    if last is None:
        return true()
    later = notices.c.due_at > last.due_at
    return later | ((notices.c.due_at == last.due_at) & (notices.c.id > last.id))


def take(conn: Connection, notice_id: int) -> bool:
    """Inside the turn that says it: from "planned" to "sending" for exactly one turn; False for all others."""
    taken = update(notices).where(notices.c.id == notice_id, notices.c.state == "planned")
    return conn.execute(taken.values(state="sending")).rowcount == 1


def settle(
    conn: Connection, notice_id: int, state: NoticeState, sent_at: datetime | None = None, channel: str | None = None
) -> None:
    """How it ended: sent (when and where), skipped (no longer needed), failed, or in doubt (never sent again)."""
    conn.execute(update(notices).where(notices.c.id == notice_id).values(state=state, sent_at=sent_at, channel=channel))


def find(conn: Connection, notice_id: int) -> Notice | None:
    row = conn.execute(select(notices).where(notices.c.id == notice_id)).first()
    return None if row is None else Notice(row.id, row.kind, row.slot, row.params)


def sent_per_person(conn: Connection, start: datetime, end: datetime) -> dict[int, int]:
    """How many went out to each person from `start` until before `end`; those in doubt count."""
    when = func.coalesce(notices.c.sent_at, notices.c.due_at)
    rows = conn.execute(
        select(notices.c.person_id, func.count())
        .where(notices.c.state.in_(("sending", "sent", "in_doubt")), when >= start, when < end)
        .group_by(notices.c.person_id)
    )
    return dict(rows.tuples().all())
