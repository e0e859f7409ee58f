"""Drawing replies onto Telegram through aiogram: new messages, edits in place, papers."""

from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from conversations.screen import Paper
from handlers.port import Papers, Reply
from handlers.telegram.draw import Part, draw, to_html
from handlers.telegram.limiter import FloodGate
from handlers.telegram.pace import Pace

T = TypeVar("T")
TRIES = 3
ANSWER_SECONDS = 20
_MESSAGES = (SendMessage, SendDocument, SendPhoto)
_CANNOT_EDIT = ("message is not modified", "message to edit not found", "message can't be edited")
_QUERY_TOO_OLD = "query is too old"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A link in a screen is for its person: Telegram's servers have nothing to fetch there."""


def make_bot(token: str, api_base: str) -> Bot:
    """aiogram's Bot on this Bot API server; close it with `await bot.session.close()`."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_base.rstrip("/"))))


class Replies:
    """Every call waits at the flood gate. What Telegram refuses or loses is raised: the outbox row then stays.

    A message takes its place in the common pace and waits for none: somebody is looking at the phone.
    """

    def __init__(self, bot: Bot, papers: Papers, gate: FloodGate, pace: Pace) -> None:
        self._bot = bot
        self._papers = papers
        self._gate = gate
        self._pace = pace

    async def send(self, reply: Reply) -> int:
        """The screen as new messages; the number of the first."""
        return await self._send_parts(reply, draw(reply.screen, reply.serial))

    async def draw_over(self, reply: Reply, message_id: int) -> int:
        """The screen in place of an earlier message (then 0); as a new one where that one cannot be changed."""
        first, *others = draw(reply.screen, reply.serial)
        edit = EditMessageText(
            chat_id=reply.chat,
            message_id=message_id,
            text=first.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=_markup(first),
        )
        try:
            await self._call(edit)
        except TelegramBadRequest as error:
            if not any(reason in error.message for reason in _CANNOT_EDIT):
                raise
            return await self._send_parts(reply, (first, *others))
        await self._send_parts(reply, tuple(others))
        return 0

    async def say(self, chat: int | str, text: str) -> None:
        """A sentence that is no screen and belongs to no turn."""
        await self._call(SendMessage(chat_id=chat, text=to_html(text), parse_mode=ParseMode.HTML))

    async def answer(self, query_id: str, text: str = "") -> None:
        """Stop the spinner on a tapped button, with an alert if there is something to say."""
        try:
            await self._call(
                AnswerCallbackQuery(callback_query_id=query_id, text=text or None, show_alert=bool(text) or None)
            )
        except TelegramBadRequest as error:
            if _QUERY_TOO_OLD not in error.message:
                raise

    async def _send_parts(self, reply: Reply, parts: tuple[Part, ...]) -> int:
        numbers = []
        for part in parts:
            message = SendMessage(
                chat_id=reply.chat,
                text=part.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=_markup(part),
            )
            numbers.append((await self._call(message)).message_id)
        for paper in reply.screen.papers:
            await self._send_paper(reply.chat, paper)
        return numbers[0] if numbers else 0

    async def _send_paper(self, chat: str, paper: Paper) -> None:
        """A paper this person may not have is left out; the screen's words stand without it."""
        made = await self._papers.make(paper, "telegram", chat)
        if made is None:
            return
        file = BufferedInputFile(made.content, made.filename)
        if made.mime.startswith("image/"):
            await self._call(SendPhoto(chat_id=chat, photo=file, caption=paper.title))
        else:
            await self._call(SendDocument(chat_id=chat, document=file, caption=paper.title))

    async def _call(self, method: TelegramMethod[T]) -> T:
        for left in reversed(range(TRIES)):
            await self._gate.enter()
            if isinstance(method, _MESSAGES):
                self._pace.take()
            try:
                return await self._bot(method, request_timeout=ANSWER_SECONDS)
            except TelegramRetryAfter as error:
                self._gate.shut(error.retry_after)
                if not left:
                    raise
        raise AssertionError("unreachable")


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    if not part.rows:
        return None
    rows = [[InlineKeyboardButton(text=button.label, callback_data=button.data) for button in row] for row in part.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows)
