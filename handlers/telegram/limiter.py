"""How fast the bot may write unasked, and the gate that everybody stops at when Telegram says 429."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from handlers.telegram.pace import Pace, Seconds

CHAT_SECONDS = 1.0
GROUP_SECONDS = 3.0  # 20 a minute
PATIENCE = 10.0
TOKEN_REFUSED = "telegram_token_refused: check TELEGRAM_TOKEN"  # noqa: S105 - what the operator reads
_REMEMBERED_CHATS = 5000

Leaves = Callable[[], None]
"""Told when a message has its place and leaves."""
Sleep = Callable[[float], Awaitable[None]]
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Flooded(Exception):
    """Nothing was sent: Telegram asked for silence for another `seconds`, longer than it makes sense to wait here."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"silence for {seconds:.0f} s")
        self.seconds = seconds


class FloodGate:
    """Shut by whoever gets a 429, for as long as it says; replies and the courier all stop at it."""

    def __init__(self, clock: Seconds = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._opens_at = 0.0

    def shut(self, seconds: float) -> None:
        self._opens_at = max(self._opens_at, self._clock() + seconds)

    def seconds_shut(self) -> float:
        return max(0.0, self._opens_at - self._clock())

    async def enter(self) -> None:
        """Wait until it is open; raises `Flooded` at once when that takes longer than `PATIENCE` seconds."""
        while (seconds := self.seconds_shut()) > 0:
            if seconds > PATIENCE:
                raise Flooded(seconds)
            await self._sleep(seconds)


class Limiter(BaseRateLimiter[Leaves]):
    """Messages in their places of the common pace, 1 a second to a chat, 20 a minute to a group.

    It never sends again by itself: whether a message may be repeated is the courier's knowledge.
    """

    def __init__(
        self, gate: FloodGate, pace: Pace, clock: Seconds = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._gate = gate
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._next_to_chat: dict[int, float] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002 - the library's signature
        data: dict[str, Any],
        rate_limit_args: Leaves | None,
    ) -> Answer:
        """Let one request through at its time; requests to no chat pass at once."""
        chat = int(data["chat_id"]) if "chat_id" in data else None
        if chat is not None:
            await self._wait_for_slot(chat)
        if rate_limit_args:
            rate_limit_args()
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._gate.shut(seconds_asked(error))
            raise
        finally:
            if chat is not None:
                self._rest(chat)

    async def _wait_for_slot(self, chat: int) -> None:
        """Take the slot only when it is there, so that a chat that must wait holds up no other."""
        while True:
            await self._gate.enter()
            now = self._clock()
            wait = max(self._pace.seconds_to_wait(), self._next_to_chat.get(chat, 0.0) - now)
            if wait <= 0:
                break
            await self._sleep(wait)
        self._pace.take()
        self._rest(chat)
        if len(self._next_to_chat) > _REMEMBERED_CHATS:
            self._next_to_chat = {known: at for known, at in self._next_to_chat.items() if at > now}

    def _rest(self, chat: int) -> None:
        """Counted from the answer too: a message that was long on its way must not meet the next one there."""
        self._next_to_chat[chat] = self._clock() + (GROUP_SECONDS if chat < 0 else CHAT_SECONDS)


def seconds_asked(error: RetryAfter) -> float:
    """`retry_after` in whichever of its two types the library gives it."""
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
