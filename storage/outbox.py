"""The outbox: a message is a row before it is sent, and its text is gone from here once it has been."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    type_coerce,
    update,
)

from conversations.incoming import ChannelName
from storage.columns import AsStored
from storage.tables import accounts, notices, outbox

Lane = Literal["reply", "notice"]
WAITING = ("queued", "sending")
GAVE_UP = ("failed", "in_doubt")
UNREADABLE = "unreadable"
"""The code of a row that no version of this program that has met it could read."""
DISCARDED = "discarded"
"""The code of a row whose chat has passed to another person."""
WITHHELD = "withheld"
"""The code of a row drawn with content before its channel carried only links."""
WINDOW_SHUT = "window_shut"
"""The code of a row whose channel lets nobody write to this person before he has written again."""
WITHOUT_NEED = (DISCARDED, WITHHELD, WINDOW_SHUT)
"""What nobody has to see to: it concerns nobody any more, or is said anew when it can be."""
_is_reply_under_way = and_(outbox.c.state == "sending", outbox.c.lane == "reply")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that the caller, and nobody else, has to send until its lease runs out. `tries` counts this one.

    `payload` is whatever is stored; None when it is not even JSON, or no key opens it.
    """

    id: int
    account_id: int
    channel: ChannelName
    address: str
    lane: Lane
    serial: int
    payload: Any
    notice_id: int | None
    tries: int


def put(
    conn: Connection,
    account_id: int,
    lane: Lane,
    serial: int,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    notice_id: int | None = None,
    lease: timedelta | None = None,
) -> int:
    """`lease`: whoever puts it sends it himself; the courier takes it over when it is still here after that time."""
    row = {
        "account_id": account_id,
        "lane": lane,
        "serial": serial,
        "payload": dict(payload),
        "state": "sending" if lease else "queued",
        "due_at": now,
        "lease_until": now + lease if lease else None,
        "tries": 1 if lease else 0,
        "notice_id": notice_id,
        "created_at": now,
    }
    return int(conn.execute(insert(outbox).values(row).returning(outbox.c.id)).scalar_one())


def is_waiting(conn: Connection, account_id: int, serial: int) -> bool:
    """Whether that screen of this account has not gone out yet."""
    waiting = exists().where(outbox.c.account_id == account_id, outbox.c.serial == serial, outbox.c.state.in_(WAITING))
    return bool(conn.scalar(select(waiting)))


def claim(
    conn: Connection, channel: ChannelName, lane: Lane, now: datetime, limit: int, lease: timedelta
) -> list[Claimed]:
    """Take due rows of a channel, the oldest first. A row goes to one caller only, however many ask at once."""
    end_leases(conn, now)
    there = exists().where(accounts.c.id == outbox.c.account_id, accounts.c.channel == channel)
    due = (
        select(outbox.c.id)
        .where(outbox.c.lane == lane, outbox.c.state == "queued", outbox.c.due_at <= now, there)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(outbox)
        .where(outbox.c.id.in_(due.scalar_subquery()))
        .values(state="sending", lease_until=now + lease, tries=outbox.c.tries + 1)
        .returning(outbox.c.id)
    )
    ids = list(conn.scalars(taken))
    of_row = outbox.c.account_id, outbox.c.lane, outbox.c.serial, outbox.c.notice_id, outbox.c.tries
    stored = type_coerce(outbox.c.payload, AsStored).label("stored")
    rows = conn.execute(
        select(outbox.c.id, *of_row, stored, accounts.c.channel, accounts.c.address)
        .join(accounts)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.due_at, outbox.c.id)
    )
    return [
        Claimed(
            r.id, r.account_id, r.channel, r.address, r.lane, r.serial, _payload(r.stored), r.notice_id, r.tries
        )
        for r in rows
    ]  # fmt: skip


def _is_veiled(stored: str | None) -> bool:
    kept = _payload(stored)
    return isinstance(kept, dict) and bool(kept.get("veiled"))


def _payload(stored: str | None) -> Any:
    try:
        return json.loads(stored or "null")
    except ValueError:
        return None


def is_overtaken(conn: Connection, outbox_id: int) -> bool:
    """Whether the same chat has been answered since: that reply showed this screen again or a later one."""
    this, later = outbox.alias("this"), outbox.alias("later")
    overtaken = exists().where(
        this.c.id == outbox_id,
        later.c.account_id == this.c.account_id,
        later.c.lane == "reply",
        later.c.id > this.c.id,
    )
    return bool(conn.scalar(select(overtaken)))


def sent_since(conn: Connection, channel: ChannelName, since: datetime) -> int:
    """How many screens went out on a channel, or may have."""
    here = outbox.join(accounts)
    counted = (
        select(func.count())
        .select_from(here)
        .where(accounts.c.channel == channel, outbox.c.state.in_(("sent", "in_doubt")), outbox.c.created_at >= since)
    )
    return conn.execute(counted).scalar_one()


def end_leases(conn: Connection, now: datetime) -> None:
    """Whoever had these rows is gone. A reply is sent again; a notice may have arrived, so it is in doubt for ever."""
    over = (outbox.c.state == "sending") & (outbox.c.lease_until < now)
    conn.execute(update(outbox).where(over, outbox.c.lane == "reply").values(state="queued", lease_until=None))
    doubtful = update(outbox).where(over, outbox.c.lane == "notice").values(state="in_doubt", payload=null())
    notice_ids = [notice_id for notice_id in conn.scalars(doubtful.returning(outbox.c.notice_id)) if notice_id]
    if notice_ids:
        conn.execute(update(notices).where(notices.c.id.in_(notice_ids)).values(state="in_doubt"))


def take_over_replies(conn: Connection, now: datetime) -> None:
    """At the start of a courier: what doors of an earlier life still owed is due at once."""
    owed = (outbox.c.lane == "reply") & outbox.c.state.in_(WAITING)
    conn.execute(update(outbox).where(owed).values(state="queued", lease_until=None, due_at=now))


def mark_sent(conn: Connection, outbox_id: int, now: datetime) -> None:
    """It arrived: its text is cleared and its notice, if it was one, is settled."""
    _end(conn, outbox_id, "sent", None, now)


def mark_failed(conn: Connection, outbox_id: int, error: str, now: datetime, retry_at: datetime | None = None) -> None:
    """`error` is a short code. With `retry_at` it is tried again then; only do that when it surely did not arrive."""
    if retry_at is None:
        _end(conn, outbox_id, "failed", error, now)
        return
    values = {"state": "queued", "due_at": retry_at, "lease_until": None, "error": error}
    held = (outbox.c.id == outbox_id) & outbox.c.state.in_(WAITING)
    conn.execute(update(outbox).where(held).values(values))


def mark_window_shut(conn: Connection, outbox_id: int, now: datetime) -> int | None:
    """The channel lets nobody write to this person before he has written again; the notice that now waits.

    When he last wrote is forgotten: whatever was counted from it, the channel counts otherwise.
    """
    _end(conn, outbox_id, "failed", WINDOW_SHUT, now)
    row = conn.execute(select(outbox.c.account_id, outbox.c.notice_id).where(outbox.c.id == outbox_id)).one()
    conn.execute(update(accounts).where(accounts.c.id == row.account_id).values(last_inbound_at=None))
    return None if row.notice_id is None else int(row.notice_id)


def mark_in_doubt(conn: Connection, outbox_id: int, error: str, now: datetime) -> None:
    """Nobody knows whether it arrived, and it may not be said twice."""
    _end(conn, outbox_id, "in_doubt", error, now)


def retry(conn: Connection, outbox_id: int, serial: int, payload: Mapping[str, Any], due_at: datetime) -> None:
    """Let the courier send a row that was given up or in doubt, with this screen; its notice is on its way again."""
    again = {"state": "queued", "serial": serial, "payload": dict(payload), "due_at": due_at, "tries": 0, "error": None}
    owed = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state.in_(GAVE_UP)).values(again)
    for notice_id in conn.scalars(owed.returning(outbox.c.notice_id)):
        if notice_id:
            conn.execute(update(notices).where(notices.c.id == notice_id).values(state="sending", sent_at=None))


def withhold_content(conn: Connection) -> int:
    """Once chats carry only links: what waits from before is not sent. How many notices are to be said anew."""
    waiting = (
        select(outbox.c.id, type_coerce(outbox.c.payload, AsStored)).join(accounts).where(accounts.c.channel != "web")
    )
    rows = conn.execute(waiting.where(or_(outbox.c.state == "queued", _is_reply_under_way))).tuples()
    drawn_openly = outbox.c.id.in_([number for number, payload in rows if not _is_veiled(payload)])
    dropped = update(outbox).where(drawn_openly).values(state="failed", error=WITHHELD, payload=null())
    notice_ids = [notice_id for notice_id in conn.scalars(dropped.returning(outbox.c.notice_id)) if notice_id]
    conn.execute(update(notices).where(notices.c.id.in_(notice_ids)).values(state="planned"))
    return len(notice_ids)


def discard(conn: Connection, account_id: int) -> None:
    """Take out what waits for this account, also a reply whose sender may be gone; its notices are skipped."""
    unsent_reply = (outbox.c.state == "sending") & (outbox.c.lane == "reply")
    waiting: ColumnElement[bool] = (outbox.c.account_id == account_id) & ((outbox.c.state == "queued") | unsent_reply)
    dropped = update(outbox).where(waiting).values(state="failed", error=DISCARDED, payload=null())
    notice_ids = [notice_id for notice_id in conn.scalars(dropped.returning(outbox.c.notice_id)) if notice_id]
    if notice_ids:
        conn.execute(update(notices).where(notices.c.id.in_(notice_ids)).values(state="skipped"))


def _end(conn: Connection, outbox_id: int, state: str, error: str | None, now: datetime) -> None:
    sent_at = now if state == "sent" else None
    ended = (
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state.in_(WAITING))
        .values(state=state, error=error, sent_at=sent_at, payload=null(), lease_until=None)
        .returning(outbox.c.notice_id, outbox.c.account_id)
    )
    row = conn.execute(ended).first()
    if row is None or row.notice_id is None:
        return
    channel = select(accounts.c.channel).where(accounts.c.id == row.account_id).scalar_subquery()
    settled = update(notices).where(notices.c.id == row.notice_id)
    conn.execute(settled.values(state=state, sent_at=sent_at, channel=channel))
