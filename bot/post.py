"""The courier's view of the outbox."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Connection

from bot.clock import system_clock
from bot.courier import Lane, Letter
from bot.house import House
from bot.turn import TurnRunner, available, delivery_of
from conversations.incoming import ChannelName, Incoming, Reached
from conversations.stored_screen import from_json
from storage import inbox, notices, outbox

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

    async def claim(self, lane: Lane, limit: int) -> Sequence[Letter]:
        if lane == "notice" and await self._is_nearly_spent():
            return []
        # A lease is real time even when the instant being worked on is a given one (`tick --at`).
        now = self._house.clock()
        lease = max(now, system_clock()) + LEASE - now
        rows = await available(
            self._house.db.write(lambda conn: outbox.claim(conn, self._channel, lane, now, limit, lease))
        )
        return [
            Letter(row.id, row.lane, row.address, row.serial, from_json(row.payload), row.tries - 1) for row in rows
        ]

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

    async def unreachable(self, letter: Letter) -> None:
        await self.failed(letter, "403", None)
        lost = Incoming(self._channel, f"lost:{letter.outbox_id}", letter.chat, Reached(can_be_reached=False))
        await self._turns.take(lost)

    async def window_shut(self, letter: Letter) -> None:
        def waiting(conn: Connection) -> None:
            notice_id = outbox.mark_window_shut(conn, letter.outbox_id, self._house.clock())
            if notice_id and notices.put_back(conn, notice_id):
                inbox.forget(conn, self._channel, delivery_of(notice_id))

        await available(self._house.db.write(waiting))
