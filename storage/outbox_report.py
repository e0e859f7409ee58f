"""What has not gone out: counted for whoever watches the program, and row by row for whoever has to act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from conversations.incoming import ChannelName
from storage.outbox import GAVE_UP, UNREADABLE, WAITING, WITHOUT_NEED, Lane
from storage.tables import accounts, outbox

STATES = (*WAITING, *GAVE_UP)


@dataclass(frozen=True, slots=True)
class Standing:
    """One lane of one channel. `failed`, `in_doubt` and `unreadable` (a part of the failed) wait for a human."""

    channel: ChannelName
    lane: Lane
    queued: int = 0
    sending: int = 0
    in_doubt: int = 0
    failed: int = 0
    unreadable: int = 0
    oldest: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row nobody will send again by itself. Nothing in it says to whom or what."""

    id: int
    account_id: int
    channel: ChannelName
    lane: Lane
    state: str
    error: str
    age: timedelta
    tries: int


def standings(conn: Connection, now: datetime, channels: Sequence[ChannelName]) -> list[Standing]:
    """Every lane of these channels, also an empty one."""
    unreadable = func.count().filter(outbox.c.error == UNREADABLE)
    counted = (
        select(
            accounts.c.channel, outbox.c.lane, outbox.c.state, func.count(), unreadable, func.min(outbox.c.created_at)
        )
        .select_from(outbox.join(accounts))
        .where(or_(outbox.c.state.in_(WAITING), needs_a_human()))
        .group_by(accounts.c.channel, outbox.c.lane, outbox.c.state)
    )
    found = {row[:3]: row[3:] for row in conn.execute(counted).tuples()}
    lanes: tuple[Lane, ...] = ("reply", "notice")
    return [_standing(found, channel, lane, now) for channel in channels for lane in lanes]


def _standing(
    found: dict[tuple[str, str, str], tuple[int, int, datetime]], channel: ChannelName, lane: Lane, now: datetime
) -> Standing:
    here = {state: found[channel, lane, state] for state in STATES if (channel, lane, state) in found}
    counts = {state: count for state, (count, _, _) in here.items()}
    unreadable = here["failed"][1] if "failed" in here else 0
    oldest = max((_age(since, now) for _, _, since in here.values()), default=timedelta(0))
    return Standing(channel, lane, **counts, unreadable=unreadable, oldest=oldest)


def stuck(conn: Connection, now: datetime, ids: Sequence[int] = (), limit: int | None = None) -> list[Stuck]:
    """Rows that need a human, the oldest first; with `ids` only those among them."""
    rows = conn.execute(
        select(
            outbox.c.id,
            outbox.c.account_id,
            accounts.c.channel,
            outbox.c.lane,
            outbox.c.state,
            outbox.c.error,
            outbox.c.created_at,
            outbox.c.tries,
        )
        .select_from(outbox.join(accounts))
        .where(needs_a_human(), outbox.c.id.in_(ids) if ids else outbox.c.id > 0)
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return [
        Stuck(r.id, r.account_id, r.channel, r.lane, r.state, r.error or "", _age(r.created_at, now), r.tries)
        for r in rows
    ]


def _age(since: datetime, now: datetime) -> timedelta:
    return max(now - since, timedelta(0))


def needs_a_human() -> ColumnElement[bool]:
    """Given up or in doubt, and nothing later has been said, or will be, in that chat.

    A later screen tells what is true now, so whoever got it misses nothing.
    """
    later = outbox.alias("later")
    has_later = exists().where(
        later.c.account_id == outbox.c.account_id,
        later.c.id > outbox.c.id,
        or_(later.c.lane == "reply", later.c.state.in_((*WAITING, "sent"))),
    )
    needless = func.coalesce(outbox.c.error, "").in_(WITHOUT_NEED)
    return and_(outbox.c.state.in_(GAVE_UP), ~needless, ~has_later)
