"""The courier's view of the outbox."""

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import system_clock
from bot.courier import Lane, Letter
from bot.house import House
from bot.turn import TurnRunner, available, delivery_of
from conversations.incoming import ChannelName, Incoming, Reached
from conversations.stored_screen import read_screen
from storage import inbox, notices, outbox
from storage.outbox import Claimed

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
KEPT_FOR_REPLIES = 0.9
"""The share of a month's messages after which only replies go out; notices wait for the next month."""


class OutboxPost:
    """Implements `bot.courier.Post` for one channel.

    `monthly`: how many messages the channel carries in a calendar month. The last tenth is kept for replies.
    """

    def __init__(self, house: House, turns: TurnRunner, channel: ChannelName, monthly: int = 0) -> None:
        self._house = house
        self._turns = turns
        self._channel: ChannelName = channel
        self._monthly = monthly

    async def claim(self, limit: int) -> Sequence[Letter]:
        lanes: tuple[Lane, ...] = ("reply",) if await self._is_nearly_spent() else ("reply", "notice")
        return await available(self._house.db.write(lambda conn: self._claimed(conn, lanes, limit)))

    def _claimed(self, conn: Connection, lanes: Sequence[Lane], limit: int) -> list[Letter]:
        # A lease is real time even when the instant being worked on is a given one (`tick --at`).
        now = self._house.clock()
        lease = max(now, system_clock()) + LEASE - now
        letters: list[Letter] = []
        for lane in lanes:
            while room := limit - len(letters):
                rows = outbox.claim(conn, self._channel, lane, now, room, lease)
                letters += _readable(conn, rows, now)
                if len(rows) < room:
                    break
        return letters

    async def _is_nearly_spent(self) -> bool:
        if not self._monthly:
            return False
        month = self._house.local_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        sent = await available(self._house.db.read(lambda conn: outbox.sent_since(conn, self._channel, month)))
        return sent >= self._monthly * KEPT_FOR_REPLIES

    @asynccontextmanager
    async def turn_to_speak(self, letter: Letter) -> AsyncIterator[bool]:
        async with self._turns.holding(self._channel, letter.chat):
            overtaken = self._house.db.read(lambda conn: outbox.is_overtaken(conn, letter.outbox_id))
            yield not await available(overtaken)

    async def sent(self, letter: Letter) -> None:
        now = self._house.clock()
        await available(self._house.db.write(lambda conn: outbox.mark_sent(conn, letter.outbox_id, now)))

    async def failed(self, letter: Letter, code: str, retry_after: timedelta | None) -> None:
        now = self._house.clock()
        retry_at = now + retry_after if retry_after is not None else None
        await available(
            self._house.db.write(lambda conn: outbox.mark_failed(conn, letter.outbox_id, code, now, retry_at))
        )

    async def in_doubt(self, letter: Letter) -> None:
        now = self._house.clock()
        await available(
            self._house.db.write(lambda conn: outbox.mark_in_doubt(conn, letter.outbox_id, "no_answer", now))
        )

    async def unreachable(self, letter: Letter, code: str) -> None:
        await self.failed(letter, code, None)
        lost = Incoming(self._channel, f"lost:{letter.outbox_id}", letter.chat, Reached(can_be_reached=False))
        await self._turns.take(lost)

    async def window_shut(self, letter: Letter) -> None:
        def waiting(conn: Connection) -> None:
            notice_id = outbox.mark_window_shut(conn, letter.outbox_id, self._house.clock())
            if notice_id and notices.put_back(conn, notice_id):
                inbox.forget(conn, self._channel, delivery_of(notice_id))

        await available(self._house.db.write(waiting))


def _readable(conn: Connection, rows: Sequence[Claimed], now: datetime) -> Iterator[Letter]:
    """A row that this program cannot read is set aside, so that it holds up nobody behind it."""
    for row in rows:
        screen = read_screen(row.payload)
        if screen is None:
            log.error("outbox_row_unreadable", extra={"outbox": row.id})
            outbox.mark_failed(conn, row.id, outbox.UNREADABLE, now)
        else:
            yield Letter(row.id, row.lane, row.address, row.serial, screen, row.tries - 1)
