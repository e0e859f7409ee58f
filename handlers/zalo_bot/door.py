"""The door: an update becomes a turn, and the turn's screen goes back into the chat."""

import logging
import time

from conversations import words
from conversations.incoming import Incoming
from handlers.faults import describe
from handlers.port import Reply, Turns, Unavailable, Unwatched
from handlers.zalo_bot.sender import ZaloSender
from handlers.zalo_bot.wire import Elsewhere, read_update

log = logging.getLogger(__name__)
POINTING_SECONDS = 60.0


class ZaloDoor:
    """Shared by polling and webhook. The platform repeats nothing, so what cannot be stored is said to be lost."""

    def __init__(self, turns: Turns, sender: ZaloSender) -> None:
        self._turns = turns
        self._sender = sender
        self._pointed: dict[str, float] = {}

    async def handle(self, raw: object) -> None:
        """Return when the update has been dealt with; nothing it may hold raises."""
        found = read_update(raw)
        try:
            if isinstance(found, Elsewhere):
                await self._point_to_private_chat(found.chat)
            elif found:
                await self._take(found)
        except Exception as error:  # noqa: BLE001 - one poisonous update must not stop the others
            log.error("zalo_update_failed", extra={"error": describe(error)})

    async def _take(self, incoming: Incoming) -> None:
        async def deliver(reply: Reply) -> int:
            await self._sender.send(reply.chat, reply.serial, reply.screen, Unwatched())
            return 0

        try:
            await self._turns.take(incoming, deliver)
        except Unavailable:
            await self._sender.say(incoming.chat, words.BUSY.replace("**", ""))

    async def _point_to_private_chat(self, group: str) -> None:
        """Once a minute to a group, so that a noisy group cannot use up the month's messages."""
        now = time.monotonic()
        self._pointed = {chat: at for chat, at in self._pointed.items() if now - at < POINTING_SECONDS}
        if self._pointed.setdefault(group, now) == now:
            await self._sender.say(group, words.PRIVATE_ONLY)
