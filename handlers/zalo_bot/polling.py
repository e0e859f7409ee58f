"""Long polling: one update a call, no offset. What was asked for is finished before the program ends."""

import asyncio

from aiohttp import ClientConnectorError

from handlers.patience import Patience
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_bot.door import ZaloDoor
from handlers.zalo_calls import CALL_SECONDS, ZaloRefused, ZaloSilent

POLL_SECONDS = 30
TROUBLES = (ZaloRefused, ZaloSilent, ClientConnectorError)


class Poller:
    """`run` until `stop`. Chats go side by side; the turns keep each chat's own order."""

    def __init__(self, bot: ZaloBot, door: ZaloDoor, patience: Patience | None = None) -> None:
        self._bot = bot
        self._door = door
        self._patience = patience or Patience()
        self._in_hand: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        self._patience.stopping.set()

    async def run(self) -> None:
        await insist(self._patience, self._bot, "deleteWebhook")
        while not self._patience.stopping.is_set():
            for raw in await self._fetch():
                task = asyncio.create_task(self._door.handle(raw))
                self._in_hand.add(task)
                task.add_done_callback(self._in_hand.discard)
        await asyncio.gather(*self._in_hand)

    async def _fetch(self) -> list[object]:
        """The next update; nothing as soon as `stop` is called.

        A message that was on its way into a broken-off poll is gone; its writer sees no "Đã lưu" and sends it again.
        """
        polling = asyncio.ensure_future(self._bot.updates(POLL_SECONDS))
        stopping = asyncio.ensure_future(self._patience.stopping.wait())
        await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not polling.done():
            polling.cancel()
            return []
        try:
            found = polling.result()
        except TROUBLES as error:
            await rest(self._patience, error)
            return []
        self._patience.recovered()
        return found


async def rest(patience: Patience, error: Exception) -> None:
    refused = isinstance(error, ZaloRefused) and error.code in (401, 404)
    await patience.rest(error, "zalo_token_refused: check ZALO_BOT_TOKEN" if refused else "zalo_out_of_reach")


async def insist(patience: Patience, bot: ZaloBot, method: str, **fields: str) -> None:
    """Until it is done, or stopped."""
    while not patience.stopping.is_set():
        try:
            await bot.call(method, CALL_SECONDS, **fields)
        except TROUBLES as error:
            await rest(patience, error)
        else:
            patience.recovered()
            return
