"""Sending screens on the Bot Platform, for the door and for the courier."""

from collections.abc import Callable
from datetime import timedelta

from aiohttp import ClientConnectorError

from conversations.screen import Screen
from handlers.numbered import texts
from handlers.pace import Gate, Pace
from handlers.port import Ending, PaperLinks, Way, delay_after
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_calls import TOO_MANY, ZaloRefused

SECONDS_APART = 0.1
"""No rate is published; ten a second is far below every limit reported for the platform."""
QUOTA_SILENCE = 60.0


class ZaloSender:
    """Implements `handlers.port.Sender`; whatever is sent through it is evenly spaced."""

    def __init__(self, bot: ZaloBot, links: PaperLinks) -> None:
        self._bot = bot
        self._links = links
        self._pace = Pace(SECONDS_APART)
        self._gate = Gate()

    def seconds_shut(self) -> float:
        return self._gate.seconds_shut()

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:  # noqa: ARG002
        links = [await self._links.link(paper, "zalo_bot", chat) for paper in screen.papers]
        for text in texts(screen, links):
            await self.say(chat, text, way.left)
            way.arrived()

    async def say(self, chat: str, text: str, left: Callable[[], None] = lambda: None) -> None:
        """One message, in its turn; `left` is called when that has come."""
        await self._pace.enter()
        left()
        try:
            await self._bot.say(chat, text)
        except ZaloRefused as refused:
            if refused.code == TOO_MANY:
                self._gate.shut(QUOTA_SILENCE)
            raise

    def judge(self, error: Exception, tries: int) -> Ending:
        later = delay_after(tries)
        match error:
            case ZaloRefused(code=429):
                return Ending("429", surely_unsent=True, retry_after=timedelta(seconds=QUOTA_SILENCE))
            case ZaloRefused(code=401):
                return Ending("token", surely_unsent=True, retry_after=later)
            case ZaloRefused(code=403 | 404):
                return Ending(str(error.code), surely_unsent=True, retry_after=None, unreachable=True)
            case ZaloRefused():
                return Ending(str(error.code), surely_unsent=True, retry_after=None)
            case ClientConnectorError():
                return Ending("no_connection", surely_unsent=True, retry_after=later)
        return Ending("no_answer", surely_unsent=False, retry_after=later)
