"""The door: an update becomes a turn, and the turn's screen goes back into the chat."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import CallbackQuery, Update

from conversations import words
from conversations.incoming import Incoming, Reached
from handlers.faults import describe
from handlers.port import Deliver, Papers, Reply, Turns, Unavailable
from handlers.telegram.limiter import FloodGate
from handlers.telegram.menu import ChatMenus
from handlers.telegram.pace import Pace
from handlers.telegram.replies import Replies
from handlers.telegram.wire import Elsewhere, keeps_message, read_update

log = logging.getLogger(__name__)
POINTING_SECONDS = 60.0


class TelegramDoor:
    """Shared by polling and webhook. `close` waits for what is still being sent."""

    def __init__(self, bot: Bot, turns: Turns, papers: Papers, gate: FloodGate, pace: Pace) -> None:
        self._bot = bot
        self._turns = turns
        self._menus = ChatMenus(bot)
        self._replies = Replies(bot, papers, gate, pace)
        self._under_way: set[asyncio.Task[None]] = set()
        self._told_busy: set[str] = set()
        self._pointed: dict[int, float] = {}

    async def handle(self, update: Update) -> None:
        """Return when the update may be acknowledged. Raises `Unavailable` when nothing could be stored."""
        found = read_update(update)
        if isinstance(found, Elsewhere):
            self._start(self._point_to_private_chat(found), update.update_id)
        elif found:
            await self._take(found, update)

    async def close(self) -> None:
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _take(self, incoming: Incoming, update: Update) -> None:
        tap = update.callback_query
        try:
            await self._turns.take(incoming, self._deliver(incoming, tap))
        except Unavailable:
            self._tell_busy(incoming, tap)
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous update must not hold up everybody behind it
            log.error("turn_failed", extra={"update": incoming.delivery_id, "error": describe(error)})
            self._told_busy.discard(incoming.chat)
            self._tell_busy(incoming, tap)
            return
        self._told_busy.discard(incoming.chat)
        if tap:
            self._start(self._replies.answer(tap.id), update.update_id)

    def _deliver(self, incoming: Incoming, tap: CallbackQuery | None) -> Deliver:
        over = tap.message.message_id if tap and tap.message and not keeps_message(tap.data) else None

        async def deliver(reply: Reply) -> int:
            try:
                if self._menus.is_due(reply.chat, reply.menu, incoming.event):
                    self._start(self._menus.set(reply.chat, reply.menu), int(incoming.delivery_id))
                if over is None:
                    return await self._replies.send(reply)
                return await self._replies.draw_over(reply, over)
            except (TelegramForbiddenError, TelegramBadRequest, TelegramMigrateToChat) as error:
                if is_unreachable(error):
                    self._start(self._lose(incoming), int(incoming.delivery_id))
                raise

        return deliver

    async def _lose(self, incoming: Incoming) -> None:
        """The person shut the bot out: said once per update, as an event of its own after the present turn."""
        lost = Incoming("telegram", f"{incoming.delivery_id}.lost", incoming.chat, Reached(can_be_reached=False))
        await self._turns.take(lost)

    def _tell_busy(self, incoming: Incoming, tap: CallbackQuery | None) -> None:
        """Once, however often the same update is tried again."""
        if incoming.chat in self._told_busy or isinstance(incoming.event, Reached):
            return
        self._told_busy.add(incoming.chat)
        self._start(self._replies.say(incoming.chat, words.BUSY), int(incoming.delivery_id))
        if tap:
            self._start(self._replies.answer(tap.id), int(incoming.delivery_id))

    async def _point_to_private_chat(self, elsewhere: Elsewhere) -> None:
        me = await self._bot.me()
        if not elsewhere.calls(me):
            return
        if elsewhere.query_id:
            await self._replies.answer(elsewhere.query_id, words.PRIVATE_ONLY)
        elif self._may_point(elsewhere.chat):
            await self._replies.say(elsewhere.chat, f"{words.PRIVATE_ONLY}\nhttps://t.me/{me.username}")

    def _may_point(self, group: int) -> bool:
        """Once a minute to a group, so that a noisy group cannot use up what Telegram lets the bot send."""
        now = time.monotonic()
        self._pointed = {chat: at for chat, at in self._pointed.items() if now - at < POINTING_SECONDS}
        return self._pointed.setdefault(group, now) == now

    def _start(self, work: Coroutine[Any, Any, None], update_id: int) -> None:
        """Do it beside the turn; a failure is logged and changes nothing that is stored."""
        task = asyncio.create_task(work)
        self._under_way.add(task)

        def done(finished: asyncio.Task[None]) -> None:
            self._under_way.discard(finished)
            if not finished.cancelled() and (error := finished.exception()):
                log.warning("side_message_failed", extra={"update": update_id, "error": type(error).__name__})

        task.add_done_callback(done)


def is_unreachable(error: Exception) -> bool:
    """403 (blocked, deactivated), a chat that became another one, or one that Telegram does not know (any more)."""
    gone = isinstance(error, TelegramForbiddenError | TelegramMigrateToChat)
    return gone or "chat not found" in str(error).lower()
