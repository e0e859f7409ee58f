"""The courier: what is sent unasked, and replies whose own sending failed, paced through python-telegram-bot.

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

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from conversations.screen import Paper, Screen
from handlers.faults import describe
from handlers.port import Papers, Unavailable
from handlers.telegram.draw import Part, draw
from handlers.telegram.limiter import Flooded, FloodGate, Limiter, seconds_asked

log = logging.getLogger(__name__)
Lane = Literal["notice", "reply"]
REPLIES_AT_ONCE = 25  # a second's worth: what is claimed does not wait long for its turn
NOTICES_AT_ONCE = 4  # what a crash leaves in doubt; still enough in the air to use the whole rate
LOOK_SECONDS = 1.0
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=10)


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
        """Due rows of the Telegram channel, the oldest first; each is marked "sending" before it is returned."""
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


def make_courier_bot(token: str, api_base: str, gate: FloodGate) -> ExtBot[None]:
    """No network is touched before the first letter. Close it with `await bot.request.shutdown()`."""
    request = HTTPXRequest(
        connection_pool_size=REPLIES_AT_ONCE * 2, connect_timeout=10, read_timeout=20, write_timeout=20
    )
    return ExtBot(token, base_url=f"{api_base.rstrip('/')}/bot", request=request, rate_limiter=Limiter(gate))


class Courier:
    def __init__(self, bot: "ExtBot[None]", post: Post, papers: Papers, gate: FloodGate) -> None:
        self._bot = bot
        self._post = post
        self._papers = papers
        self._gate = gate

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
        """One round over both lanes, replies first; how many letters were in it. Nothing while the gate is shut."""
        if self._gate.seconds_shut():
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
        begun = False
        try:
            for part in draw(letter.screen, letter.serial):
                await self._send_part(letter.chat, part)
                begun = True
            for paper in letter.screen.papers:
                await self._send_paper(letter.chat, paper)
        except Exception as error:  # noqa: BLE001 - every way of failing is judged in one place
            return error, begun
        return None

    async def _send_part(self, chat: str, part: Part) -> None:
        rows = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in part.rows]
        await self._bot.send_message(
            chat, part.html, parse_mode=ParseMode.HTML, reply_markup=InlineKeyboardMarkup(rows) if rows else None
        )

    async def _send_paper(self, chat: str, paper: Paper) -> None:
        """A paper this person may not have is left out; the screen's words stand without it."""
        made = await self._papers.make(paper, "telegram", chat)
        if made is None:
            return
        if made.mime.startswith("image/"):
            await self._bot.send_photo(chat, made.content, caption=paper.title, filename=made.filename)
        else:
            await self._bot.send_document(chat, made.content, caption=paper.title, filename=made.filename)

    async def _settle_failure(self, letter: Letter, error: Exception, begun: bool) -> None:
        ending = judge(error, letter.tries)
        log.warning(
            "letter_failed", extra={"outbox": letter.outbox_id, "ending": ending.code, "error": describe(error)}
        )
        if ending.unreachable:
            await self._post.unreachable(letter)
        elif letter.lane == "notice" and (begun or not ending.surely_unsent):
            await self._post.in_doubt(letter)
        else:
            await self._post.failed(letter, ending.code, ending.retry_after)


@dataclass(frozen=True, slots=True)
class Ending:
    """What an error means. `surely_unsent`: Telegram refused it, or it never left this machine."""

    code: str
    surely_unsent: bool
    retry_after: timedelta | None
    unreachable: bool = False


def judge(error: Exception, tries: int) -> Ending:
    """How a failed attempt ends; `tries` before it make the next wait longer."""
    later = min(FIRST_DELAY * 2 ** min(tries, 10), LONGEST_DELAY)
    match error:
        case Flooded():
            return Ending("429", surely_unsent=True, retry_after=timedelta(seconds=error.seconds))
        case RetryAfter():
            return Ending("429", surely_unsent=True, retry_after=timedelta(seconds=seconds_asked(error)))
        case Forbidden():
            return Ending("403", surely_unsent=True, retry_after=None, unreachable=True)
        case BadRequest():
            unknown = "chat not found" in error.message.lower()
            return Ending("400", surely_unsent=True, retry_after=None, unreachable=unknown)
        case InvalidToken() | Conflict():
            return Ending("token", surely_unsent=True, retry_after=later)
        case NetworkError() if isinstance(
            error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
        ):
            return Ending("no_connection", surely_unsent=True, retry_after=later)
        case NetworkError() if isinstance(error.__cause__, TelegramError | None):
            return Ending("5xx", surely_unsent=True, retry_after=later)
    return Ending("no_answer" if isinstance(error, TelegramError) else "fault", surely_unsent=False, retry_after=later)
