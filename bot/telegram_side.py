"""Everything that speaks to Telegram, wired: the courier and the door, with one pace and one gate that a 429 shuts."""

import asyncio
from contextlib import AsyncExitStack

from aiohttp import web

from bot.courier import Courier
from bot.parts import Parts, keep
from bot.post import OutboxPost
from bot.telegram_name import learn_name
from handlers.patience import Patience
from handlers.telegram import webhook
from handlers.telegram.door import TelegramDoor
from handlers.telegram.limiter import FloodGate
from handlers.telegram.menu import EVERYBODY, WITHOUT_CONTENT
from handlers.telegram.pace import BESIDE_REPLIES, WITH_REPLIES, Pace
from handlers.telegram.polling import Poller
from handlers.telegram.replies import make_bot
from handlers.telegram.sender import TelegramSender, make_courier_bot


class TelegramSide:
    """Only where TELEGRAM_TOKEN is set."""

    def __init__(self, parts: Parts, *, alone: bool) -> None:
        """`alone`: this process is the only one that writes to people."""
        self._parts = parts
        self._gate = FloodGate()
        self._asked = False
        self._pace = Pace(WITH_REPLIES if alone else BESIDE_REPLIES)

    async def start_courier(self, stack: AsyncExitStack) -> None:
        """Sends what is written unasked, and the replies that a door could not deliver."""
        parts, settings = self._parts, self._parts.settings
        self._ask_name(stack)
        bot = make_courier_bot(settings.telegram_token, settings.telegram_api_base, self._gate, self._pace)
        stack.push_async_callback(bot.request.shutdown)
        sender = TelegramSender(bot, parts.papers, self._gate)
        courier = Courier(sender, OutboxPost(parts.house, parts.turns, "telegram"))
        keep(stack, parts, asyncio.create_task(courier.run(parts.stopping)))

    async def open_door(self, stack: AsyncExitStack, app: web.Application) -> None:
        """Takes what comes in, by polling or by webhook."""
        parts, settings = self._parts, self._parts.settings
        self._ask_name(stack)
        bot = make_bot(settings.telegram_token, settings.telegram_api_base)
        stack.push_async_callback(bot.session.close)
        door = TelegramDoor(bot, parts.turns, parts.papers, self._gate, self._pace)
        stack.push_async_callback(door.close)
        stack.push_async_callback(parts.nursery.finish)
        menu = WITHOUT_CONTENT if parts.house.links_to else EVERYBODY
        if settings.telegram_mode == "webhook":
            webhook.mount(app, door, bot, settings.telegram_webhook_secret)
            patience = Patience()
            registering = webhook.register(bot, settings.public_url, settings.telegram_webhook_secret, patience, menu)
            keep(stack, parts, asyncio.create_task(registering))
            stack.callback(patience.stopping.set)
        else:
            poller = Poller(bot, door, menu=menu)
            keep(stack, parts, asyncio.create_task(poller.run()))
            stack.callback(poller.stop)

    def _ask_name(self, stack: AsyncExitStack) -> None:
        """Once for both: papers and screens name the bot. Until Telegram tells it, they do without."""
        if not self._asked:
            self._asked = True
            patience, told = Patience(), self._parts.house.doors.telegram_is
            asking = learn_name(self._parts.settings, patience, told)
            keep(stack, self._parts, asyncio.create_task(asking))
            stack.callback(patience.stopping.set)
