"""The courier: what is sent unasked, and replies whose own sending failed, through the channel's paced sender.

A notice goes out at most once: when nobody knows whether it arrived, it is in doubt and never sent again. A reply
goes out at least once.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from conversations.screen import Screen
from handlers.faults import describe
from handlers.port import Sender, Unavailable

log = logging.getLogger(__name__)
Lane = Literal["notice", "reply"]
REPLIES_AT_ONCE = 25  # a second's worth: what is claimed does not wait long for its turn
NOTICES_AT_ONCE = 4  # what a crash leaves in doubt; still enough in the air to use the whole rate
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

    async def claim(self, lane: Lane, limit: int) -> Sequence[Letter]:
        """Due rows of its channel, the oldest first; each is marked "sending" before it is returned."""
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

    async def unreachable(self, letter: Letter) -> None:
        """The person cannot be written to on this channel: the row is settled, the account marked."""
        ...

    async def window_shut(self, letter: Letter) -> None:
        """The person cannot be written to before he has written again: the row is settled, a notice waits for that."""
        ...


class Courier:
    """Of one channel."""

    def __init__(self, sender: Sender, post: Post) -> None:
        self._sender = sender
        self._post = post

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`; the letters in hand are finished."""
        while not stopping.is_set():
            try:
                if await self.deliver_due():
                    continue
            except Unavailable:
                log.warning("courier_waits_for_storage")
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await stopping.wait()
            except TimeoutError:
                continue

    async def deliver_due(self) -> int:
        """One round over both lanes, replies first; how many letters were in it. Nothing while the channel is shut."""
        if self._sender.seconds_shut():
            return 0
        letters = [
            *await self._post.claim("reply", REPLIES_AT_ONCE),
            *await self._post.claim("notice", NOTICES_AT_ONCE),
        ]
        chats: dict[str, list[Letter]] = defaultdict(list)
        for letter in letters:
            chats[letter.chat].append(letter)
        results = await asyncio.gather(*map(self._carry_in_order, chats.values()), return_exceptions=True)
        for error in (result for result in results if isinstance(result, BaseException)):
            raise error
        return len(letters)

    async def _carry_in_order(self, letters: list[Letter]) -> None:
        for letter in letters:
            await self._carry(letter)

    async def _carry(self, letter: Letter) -> None:
        """Send one letter and settle its row. One that a later screen has overtaken is as good as sent."""
        async with self._post.turn_to_speak(letter) as is_last_word:
            failure = await self._attempt(letter) if is_last_word else None
            if failure is None:
                await self._post.sent(letter)
                return
        await self._settle_failure(letter, *failure)

    async def _attempt(self, letter: Letter) -> tuple[Exception, bool] | None:
        """None when it arrived; else what went wrong, and whether a part of it had arrived before."""
        begun = asyncio.Event()
        try:
            await self._sender.send(letter.chat, letter.serial, letter.screen, begun.set)
        except Exception as error:  # noqa: BLE001 - every way of failing is judged in one place
            return error, begun.is_set()
        return None

    async def _settle_failure(self, letter: Letter, error: Exception, begun: bool) -> None:
        ending = self._sender.judge(error, letter.tries)
        log.warning(
            "letter_failed", extra={"outbox": letter.outbox_id, "ending": ending.code, "error": describe(error)}
        )
        if ending.unreachable:
            await self._post.unreachable(letter)
        elif ending.window_shut and not begun:
            await self._post.window_shut(letter)
        elif letter.lane == "notice" and (begun or not ending.surely_unsent):
            await self._post.in_doubt(letter)
        else:
            await self._post.failed(letter, ending.code, ending.retry_after)
