"""Notices: unsolicited messages as rows. Each slot is planned once, taken once, sent at most once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, delete, exists, func, or_, select, true, update

from conversations.effects import NoticeKind
from conversations.facts import Notice
from storage.chats import Chat, by_preference, may_be_written_to
from storage.dialects import insert_or_leave
from storage.tables import accounts, notices

NoticeState = Literal["planned", "sending", "sent", "skipped", "failed", "in_doubt"]
DATE_LENGTH = len("2026-12-10")


@dataclass(frozen=True, slots=True)
class Planned:
    """`slot` makes it unique per person, kind and cycle. `early`: it is said before the day its slot names.
    `account_id` where it is for that chat and no other.
    """

    person_id: int
    kind: NoticeKind
    slot: str
    due_at: datetime
    params: Mapping[str, str] = field(default_factory=dict)
    cycle_id: int | None = None
    early: bool = False
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`chats`: every chat of the person that may be written to, the best first."""

    id: int
    person_id: int
    kind: NoticeKind
    slot: str
    due_at: datetime
    early: bool
    chats: tuple[Chat, ...]

    @property
    def date(self) -> str:
        """The due date a slot of the calendar names first: "2026-12-10 T-1"."""
        return self.slot[:DATE_LENGTH]


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
            "early": notice.early,
            "account_id": notice.account_id,
        }
        for notice in planned
    ]
    return insert_or_leave(conn, notices, rows)


def due(conn: Connection, now: datetime, limit: int, after: Due | None = None) -> list[Due]:
    """What has fallen due and nobody has taken, the oldest first. Changes nothing.

    Whoever has no chat that may be written to is left out: the notice waits until there is one.
    """
    columns = (notices.c[name] for name in ("id", "person_id", "account_id", "kind", "slot", "due_at", "early"))
    page = (
        select(*columns)
        .where(notices.c.state == "planned", notices.c.due_at <= now, _beyond(after))
        .where(exists().where(may_be_written_to(accounts, notices.c.person_id), _is_for(accounts, notices)))
        .order_by(notices.c.due_at, notices.c.id)
        .limit(limit)
        .subquery("page")
    )
    rows = conn.execute(
        select(page, accounts.c.channel, accounts.c.address, accounts.c.last_inbound_at, accounts.c.usual_minute)
        .join(accounts, and_(may_be_written_to(accounts, page.c.person_id), _is_for(accounts, page)))
        .order_by(page.c.due_at, page.c.id, *by_preference(accounts))
    )
    return [_due(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row.id)]


def _is_for(chat: FromClause, notice: FromClause) -> ColumnElement[bool]:
    return or_(notice.c.account_id.is_(None), notice.c.account_id == chat.c.id)


def _due(rows: list[Row[Any]]) -> Due:
    """One notice from its rows, one for each chat."""
    one = rows[0]
    chats = tuple(Chat(row.channel, row.address, row.last_inbound_at, row.usual_minute) for row in rows)
    return Due(one.id, one.person_id, one.kind, one.slot, one.due_at, one.early, chats)


def _beyond(last: Due | None) -> ColumnElement[bool]:
    if last is None:
        return true()
    later = notices.c.due_at > last.due_at
    return later | ((notices.c.due_at == last.due_at) & (notices.c.id > last.id))


def take(conn: Connection, notice_id: int, *, paid: bool = False) -> bool:
    """Inside the turn that says it: from "planned" to "sending" for exactly one turn; False for all others.

    A paid one is only taken where none has been paid to this person for the same due date.
    """
    taken = update(notices).where(notices.c.id == notice_id, notices.c.state == "planned")
    if paid:
        other = notices.alias("other")
        same_date = _date_of(other) == _date_of(notices)
        taken = taken.where(~exists().where(other.c.person_id == notices.c.person_id, other.c.paid, same_date))
    return conn.execute(taken.values(state="sending", paid=paid)).rowcount == 1


def settle(
    conn: Connection, notice_id: int, state: NoticeState, sent_at: datetime | None = None, channel: str | None = None
) -> None:
    """How it ended: sent (when and where), skipped (no longer needed), failed, or in doubt (never sent again)."""
    values: dict[str, Any] = {"state": state, "sent_at": sent_at, "channel": channel}
    if state == "skipped":
        values["paid"] = False
    conn.execute(update(notices).where(notices.c.id == notice_id).values(values))


def forget_early(conn: Connection, before: datetime) -> None:
    """What should have been said early and was not is planned anew: on its own day at the latest."""
    conn.execute(
        delete(notices).where(notices.c.state == "planned", notices.c.due_at < before, notices.c.early.is_(True))
    )


def due_of(
    conn: Connection, person_id: int, kinds: Collection[NoticeKind], since: datetime, now: datetime
) -> list[Notice]:
    """What has fallen due for one person from `since` on and nobody has taken."""
    rows = conn.execute(
        select(notices)
        .where(notices.c.person_id == person_id, notices.c.due_at >= since, notices.c.due_at <= now)
        .where(notices.c.state == "planned", notices.c.kind.in_(kinds))
    )
    return [Notice(row.id, row.kind, row.slot, row.params) for row in rows]


def paid_since(conn: Connection, since: datetime) -> list[tuple[int, str]]:
    """Person and due date of every notice that cost money from `since` on."""
    when = func.coalesce(notices.c.sent_at, notices.c.due_at)
    rows = conn.execute(select(notices.c.person_id, _date_of(notices)).where(notices.c.paid.is_(True), when >= since))
    return list(rows.tuples())


def _date_of(table: FromClause) -> ColumnElement[str]:
    return func.substr(table.c.slot, 1, DATE_LENGTH)


def put_back(conn: Connection, notice_id: int) -> bool:
    """It surely did not arrive, so it is planned again; False when it has been settled otherwise."""
    failed = update(notices).where(notices.c.id == notice_id, notices.c.state == "failed")
    return conn.execute(failed.values(state="planned", channel=None)).rowcount == 1


def skip_those_for(conn: Connection, account_ids: Sequence[int]) -> None:
    """Chats that are nobody's any more."""
    waiting = notices.c.account_id.in_(account_ids) & (notices.c.state == "planned")
    conn.execute(update(notices).where(waiting).values(state="skipped"))


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
