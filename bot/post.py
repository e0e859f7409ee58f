"""The courier's view of the outbox."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.clock import system_clock
from bot.courier import Lane, Letter
from bot.house import House
from bot.turn import TurnRunner, available
from conversations.incoming import Incoming, Reached
from conversations.stored_screen import from_json
from storage import outbox

LEASE = timedelta(minutes=2)


class OutboxPost:
    """Implements `bot.courier.Post` for Telegram."""

    def __init__(self, house: House, turns: TurnRunner) -> None:
        self._house = house
        self._turns = turns

    async def claim(self, lane: Lane, limit: int) -> Sequence[Letter]:
        # A lease is real time even when the instant being worked on is a given one (`tick --at`).
        now = self._house.clock()
        lease = max(now, system_clock()) + LEASE - now
        rows = await available(
            self._house.db.write(lambda conn: outbox.claim(conn, "telegram", lane, now, limit, lease))
        )
        return [
            Letter(row.id, row.lane, row.address, row.serial, from_json(row.payload), row.tries - 1) for row in rows
        ]

    @asynccontextmanager
    async def turn_to_speak(self, letter: Letter) -> AsyncIterator[bool]:
        async with self._turns.holding("telegram", letter.chat):
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
        lost = Incoming("telegram", f"lost:{letter.outbox_id}", letter.chat, Reached(can_be_reached=False))
        await self._turns.take(lost)
