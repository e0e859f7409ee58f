"""Tokens of a channel that gives a new pair for every old one, and takes each refresh token only once.

So a pair is claimed before it is exchanged, by one process. Whoever dies between the exchange and the saving leaves
a claim whose lease runs out: then nobody knows whether the refresh token is still good, and nobody tries it again.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, select, update

from conversations.incoming import ChannelName
from storage.dialects import insert_or_change
from storage.tables import channel_tokens


@dataclass(frozen=True, slots=True)
class Pair:
    """Kept and replaced as one."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    obtained_at: datetime
    access_until: datetime
    refresh_until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The `nth` pair of a channel. `lease_until`: somebody is exchanging it, or died doing so."""

    pair: Pair
    nth: int
    lease_until: datetime | None

    def is_lost(self, now: datetime) -> bool:
        """Only a new grant helps."""
        return self.pair.refresh_until <= now or (self.lease_until is not None and self.lease_until <= now)


def find(conn: Connection, channel: ChannelName) -> Held | None:
    row = conn.execute(select(channel_tokens).where(channel_tokens.c.channel == channel)).first()
    if row is None:
        return None
    pair = Pair(row.access_token, row.refresh_token, row.obtained_at, row.access_until, row.refresh_until)
    return Held(pair, row.nth, row.lease_until)


def claim(conn: Connection, channel: ChannelName, nth: int, lease_until: datetime) -> bool:
    """True for exactly one of all who ask: that one exchanges the pair."""
    free = _nth(channel, nth).where(channel_tokens.c.lease_until.is_(None))
    return conn.execute(free.values(lease_until=lease_until)).rowcount == 1


def release(conn: Connection, channel: ChannelName, nth: int) -> None:
    """It was surely not exchanged."""
    conn.execute(_nth(channel, nth).values(lease_until=None))


def lose(conn: Connection, channel: ChannelName, nth: int, now: datetime) -> None:
    """It has been used up, or may have been."""
    conn.execute(_nth(channel, nth).values(lease_until=now))


def replace(conn: Connection, channel: ChannelName, nth: int, pair: Pair) -> bool:
    """What the `nth` was exchanged for, however late; False when a new grant has come in between."""
    return conn.execute(_nth(channel, nth).values(**_values(pair, nth + 1))).rowcount == 1


def grant(conn: Connection, channel: ChannelName, pair: Pair) -> None:
    """A pair that somebody with the right to it has fetched, whatever there was before."""
    held = find(conn, channel)
    row = {"channel": channel, **_values(pair, held.nth + 1 if held else 1)}
    insert_or_change(conn, channel_tokens, [row], ["channel"])


def _nth(channel: ChannelName, nth: int) -> Update:
    return update(channel_tokens).where(channel_tokens.c.channel == channel, channel_tokens.c.nth == nth)


def _values(pair: Pair, nth: int) -> dict[str, Any]:
    return {
        "nth": nth,
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
        "obtained_at": pair.obtained_at,
        "access_until": pair.access_until,
        "refresh_until": pair.refresh_until,
        "lease_until": None,
    }
