"""The courier: what is sent unasked, and replies whose own sending failed, through the channel's paced sender.

A notice goes out at most once: when nobody knows whether it arrived, it is in doubt and never sent again by itself.
A reply goes out at least once.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from conversations.screen import Screen
from handlers.faults import describe
from handlers.port import Sender, Unavailable

log = logging.getLogger(__name__)
Lane = Literal["notice", "reply"]
IN_HAND = 4
"""Letters claimed and waiting for their moment: enough that it never waits for the database."""
IN_THE_AIR = 30
"""Letters without an answer yet, those in hand included: what a crash can leave in doubt at the most."""
LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed outbox row. `tries` counts the earlier attempts."""

    outbox_id: int
    lane: Lane
    chat: str
    serial: int
    screen: Screen
    tries: int = 0


class Post(Protocol):
    """The outbox as the courier sees it. Every method may raise `Unavailable`."""

    async def claim(self, limit: int) -> Sequence[Letter]:
        """Due rows of its channel, replies first, then the oldest; each is marked "sending" before it is returned."""
        ...

    def turn_to_speak(self, letter: Letter) -> AbstractAsyncContextManager[bool]:
        """Hold the chat while the letter is sent; False when the chat has been answered since with a later screen."""
        ...

    async def sent(self, letter: Letter) -> None: ...

    async def failed(self, letter: Letter, code: str, retry_after: timedelta | None) -> None:
        """It did not go out: due again after this time, or given up (None)."""
        ...

    async def in_doubt(self, letter: Letter) -> None:
        """A notice that may or may not have arrived."""
        ...

    async def unreachable(self, letter: Letter, code: str) -> None:
        """The person cannot be written to on this channel: the row is settled, the account marked."""
        ...

    async def window_shut(self, letter: Letter) -> None:
        """The person cannot be written to before he has written again: the row is settled, a notice waits for that."""
        ...


class _Flight:
    """Implements `handlers.port.Way`. In hand until the first request with it has left."""

    def __init__(self, moved: Callable[[], None]) -> None:
        self.has_left = False
        self.has_arrived = False
        self._moved = moved

    def left(self) -> None:
        self.has_left = True
        self._moved()

    def arrived(self) -> None:
        self.has_arrived = True


class Courier:
    """Of one channel. The next letters are claimed while others are in the air; one chat's go one after the other."""

    def __init__(self, sender: Sender, post: Post) -> None:
        self._sender = sender
        self._post = post
        self._flights: dict[asyncio.Task[None], _Flight] = {}
        self._last_to: dict[str, asyncio.Task[None]] = {}
        self._moved = asyncio.Event()
        self._fault: BaseException | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`; the letters in hand are finished."""
        while not stopping.is_set():
            found = 0
            try:
                found = await self._send_more()
            except Unavailable:
                log.warning("courier_waits_for_storage")
            if not found:
                await _pause(stopping)
        await self._landed()

    async def deliver_due(self) -> int:
        """Everything that is due; how many letters it was. Nothing while the channel is shut."""
        total = 0
        try:
            while found := await self._send_more():
                total += found
        finally:
            await self._landed()
        self._complain()
        return total

    async def _send_more(self) -> int:
        """Wait until the hand is half empty, then claim what is due and let it go; how many letters."""
        while not self._has_room():
            self._moved.clear()
            await self._moved.wait()
        self._complain()
        if self._sender.seconds_shut():
            return 0
        letters = await self._post.claim(min(IN_HAND - self._in_hand(), IN_THE_AIR - len(self._flights)))
        for letter in letters:
            self._start(letter)
        return len(letters)

    def _has_room(self) -> bool:
        return self._in_hand() <= IN_HAND // 2 and len(self._flights) < IN_THE_AIR

    def _in_hand(self) -> int:
        return sum(not flight.has_left for flight in self._flights.values())

    def _start(self, letter: Letter) -> None:
        flight = _Flight(self._moved.set)
        task = asyncio.create_task(self._carry_after(self._last_to.get(letter.chat), letter, flight))
        self._flights[task] = flight
        self._last_to[letter.chat] = task

        def landed(done: "asyncio.Task[None]") -> None:
            del self._flights[done]
            if self._last_to[letter.chat] is done:
                del self._last_to[letter.chat]
            if not done.cancelled():
                self._fault = self._fault or done.exception()
            self._moved.set()

        task.add_done_callback(landed)

    async def _landed(self) -> None:
        while self._flights:
            await asyncio.wait(set(self._flights))

    def _complain(self) -> None:
        """Raise, once, what went wrong with letters that could not be settled."""
        fault, self._fault = self._fault, None
        if fault:
            raise fault

    async def _carry_after(self, before: "asyncio.Task[None] | None", letter: Letter, flight: _Flight) -> None:
        if before:
            await asyncio.wait({before})
        await self._carry(letter, flight)

    async def _carry(self, letter: Letter, flight: _Flight) -> None:
        """Send one letter and settle its row. One that a later screen has overtaken is as good as sent."""
        async with self._post.turn_to_speak(letter) as is_last_word:
            error = await self._attempt(letter, flight) if is_last_word else None
            if error is None:
                await self._post.sent(letter)
                return
        await self._settle_failure(letter, error, flight)

    async def _attempt(self, letter: Letter, flight: _Flight) -> Exception | None:
        try:
            await self._sender.send(letter.chat, letter.serial, letter.screen, flight)
        except Exception as error:  # noqa: BLE001 - every way of failing is judged in one place
            return error
        return None

    async def _settle_failure(self, letter: Letter, error: Exception, flight: _Flight) -> None:
        ending = self._sender.judge(error, letter.tries)
        log.warning(
            "letter_failed", extra={"outbox": letter.outbox_id, "ending": ending.code, "error": describe(error)}
        )
        surely_unsent = not flight.has_arrived and (ending.surely_unsent or not flight.has_left)
        if ending.unreachable:
            await self._post.unreachable(letter, ending.code)
        elif ending.window_shut and surely_unsent:
            await self._post.window_shut(letter)
        elif letter.lane == "notice" and not surely_unsent:
            await self._post.in_doubt(letter)
        else:
            await self._post.failed(letter, ending.code, ending.retry_after)


async def _pause(stopping: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            await stopping.wait()
    except TimeoutError:
        return
