"""What the courier sends on Telegram, paced through python-telegram-bot with the house's own limiter."""

import logging
from datetime import timedelta

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from conversations.screen import Paper, Screen
from handlers.port import MOST_FAULTS, Ending, Papers, Way, delay_after
from handlers.telegram.draw import Part, draw
from handlers.telegram.limiter import TOKEN_REFUSED, Flooded, FloodGate, Leaves, Limiter, seconds_asked
from handlers.telegram.pace import Pace

log = logging.getLogger(__name__)
CONNECTIONS = 50
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REFUSED_SILENCE = 30.0
"""Seconds without a try after Telegram has refused the token: every other letter would meet the same."""


def make_courier_bot(token: str, api_base: str, gate: FloodGate, pace: Pace) -> ExtBot[Leaves]:
    """No network is touched before the first letter. Close it with `await bot.request.shutdown()`."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, connect_timeout=10, read_timeout=20, write_timeout=20)
    return ExtBot(token, base_url=f"{api_base.rstrip('/')}/bot", request=request, rate_limiter=Limiter(gate, pace))


class TelegramSender:
    """Implements `handlers.port.Sender`."""

    def __init__(self, bot: "ExtBot[Leaves]", papers: Papers, gate: FloodGate) -> None:
        self._bot = bot
        self._papers = papers
        self._gate = gate

    def seconds_shut(self) -> float:
        return self._gate.seconds_shut()

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:
        try:
            for part in draw(screen, serial):
                await self._send_part(chat, part, way)
                way.arrived()
            for paper in screen.papers:
                await self._send_paper(chat, paper)
        except InvalidToken:
            if not self._gate.seconds_shut():
                log.error(TOKEN_REFUSED)
            self._gate.shut(REFUSED_SILENCE)
            raise

    def judge(self, error: Exception, tries: int) -> Ending:
        return judge(error, tries)

    async def _send_part(self, chat: str, part: Part, way: Way) -> None:
        rows = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in part.rows]
        await self._bot.send_message(
            chat,
            part.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            rate_limit_args=way.left,
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


def judge(error: Exception, tries: int) -> Ending:
    """See `handlers.port.Sender.judge`."""
    later = delay_after(tries)
    match error:
        case Flooded():
            return Ending("429", surely_unsent=True, retry_after=timedelta(seconds=error.seconds))
        case RetryAfter():
            return Ending("429", surely_unsent=True, retry_after=timedelta(seconds=seconds_asked(error)))
        case InvalidToken() | Conflict():
            return Ending("token", surely_unsent=True, retry_after=later)
        case Forbidden() | ChatMigrated() | BadRequest():
            return _refused(error)
        case NetworkError():
            return _lost(error, later)
        case TelegramError():
            return Ending("no_answer", surely_unsent=False, retry_after=later)
    return Ending("fault", surely_unsent=False, retry_after=later if tries < MOST_FAULTS else None)


def _refused(error: TelegramError) -> Ending:
    """For good. Whoever shut the bot out or has no such chat any more cannot be written to."""
    code = "403" if isinstance(error, Forbidden) else "migrated" if isinstance(error, ChatMigrated) else "400"
    unreachable = code != "400" or "chat not found" in error.message.lower()
    return Ending(code, surely_unsent=True, retry_after=None, unreachable=unreachable)


def _lost(error: NetworkError, later: timedelta) -> Ending:
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Ending("no_connection", surely_unsent=True, retry_after=later)
    if isinstance(cause, TelegramError | None):
        return Ending("5xx", surely_unsent=True, retry_after=later)
    return Ending("no_answer", surely_unsent=False, retry_after=later)
