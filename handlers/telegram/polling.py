"""Long polling of our own: an update is confirmed only after its turn is committed (aiogram's confirms earlier)."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from typing import Any, Literal

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

from handlers.patience import FIRST_PAUSE, Patience
from handlers.port import Unavailable
from handlers.telegram.door import TelegramDoor
from handlers.telegram.menu import EVERYBODY, set_menu
from handlers.telegram.patience import insist, rest
from handlers.telegram.wire import TAKEN_UPDATES, chat_of

log = logging.getLogger(__name__)
POLL_SECONDS = 25
LINGER_SECONDS = 0.5
Fate = Literal["taken", "done", "refused"]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as plain dictionaries, so that one update this aiogram cannot read does not hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


class Poller:
    """`run` until `stop`; what is in hand is finished, what was not confirmed comes again after the next start.

    Chats go side by side, one chat's updates in order. A chat that takes long (a document on a slow network) holds
    back the confirmation but nobody else's turn: the next poll asks again from the first update still open.
    """

    def __init__(
        self, bot: Bot, door: TelegramDoor, first_pause: float = FIRST_PAUSE, menu: Mapping[str, str] = EVERYBODY
    ) -> None:
        self._bot = bot
        self._door = door
        self._menu = menu
        self._patience = Patience(first_pause)
        self._setting_up = Patience(first_pause)
        self._offset = 0
        self._known: dict[int, Fate] = {}
        self._queues: dict[int, deque[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        self._patience.stopping.set()
        self._setting_up.stopping.set()

    async def run(self) -> None:
        setting_up = asyncio.create_task(self._set_up())
        while not self._patience.stopping.is_set():
            await self._poll_once()
        await asyncio.gather(*self._workers, setting_up)
        await self._door.close()

    async def _set_up(self) -> None:
        """Beside the polling, which meets a 409 as long as a webhook is set: nobody waits for a menu."""
        await insist(self._setting_up, lambda: self._bot.delete_webhook(drop_pending_updates=False))
        await insist(self._setting_up, lambda: set_menu(self._bot, self._menu))

    async def _poll_once(self) -> None:
        try:
            batch = await self._fetch()
        except AiogramError as error:
            await rest(self._patience, error)
            return
        for raw in batch:
            self._begin(raw)
        if self._workers:
            await asyncio.wait(set(self._workers), timeout=LINGER_SECONDS)
        self._confirm()
        if "refused" in self._known.values():
            await rest(self._patience, Unavailable())
        else:
            self._patience.recovered()

    async def _fetch(self) -> list[dict[str, Any]]:
        """The next batch; nothing as soon as `stop` is called."""
        method = GetRawUpdates(offset=self._offset, timeout=POLL_SECONDS, allowed_updates=TAKEN_UPDATES)
        fetching = asyncio.ensure_future(self._bot(method, request_timeout=POLL_SECONDS + 15))
        stopping = asyncio.ensure_future(self._patience.stopping.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return await fetching if fetching.done() else []
        finally:
            for task in (fetching, stopping):
                task.cancel()

    def _begin(self, raw: dict[str, Any]) -> None:
        """Queue an update for its chat, unless it is in hand or done already."""
        update_id = raw["update_id"]
        if self._known.get(update_id, "refused") != "refused":
            return
        update = parse_update(raw, self._bot)
        self._known[update_id] = "taken" if update else "done"
        if update is None:
            return
        chat = chat_of(update)
        if chat in self._queues:
            self._queues[chat].append(update)
            return
        self._queues[chat] = deque([update])
        worker = asyncio.create_task(self._take_in_order(chat))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _take_in_order(self, chat: int) -> None:
        """Work off a chat's queue; what comes after an update that could not be stored is fetched again, too."""
        queue = self._queues[chat]
        try:
            while queue:
                await self._door.handle(queue[0])
                self._known[queue.popleft().update_id] = "done"
        except Unavailable:
            self._known |= {update.update_id: "refused" for update in queue}
        finally:
            del self._queues[chat]

    def _confirm(self) -> None:
        """Move the offset up to the first update that is still open."""
        still_open = [update_id for update_id, fate in self._known.items() if fate != "done"]
        self._offset = min(still_open) if still_open else max([self._offset - 1, *self._known]) + 1
        self._known = {update_id: fate for update_id, fate in self._known.items() if update_id >= self._offset}


def parse_update(raw: Any, bot: Bot) -> Update | None:
    """The update as aiogram reads it; one that it cannot read is logged by its id and skipped."""
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError:
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        log.warning("telegram_update_unreadable", extra={"update": update_id if isinstance(update_id, int) else "?"})
        return None
