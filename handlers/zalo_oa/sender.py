"""Sending screens through the Official Account, for the door and for the courier."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from conversations.screen import Screen
from handlers.pace import Gate, Pace
from handlers.port import Ending, PaperLinks, Way
from handlers.zalo_calls import ZaloRefused
from handlers.zalo_oa.api import Tokens, ZaloOa
from handlers.zalo_oa.draw import Message, draw
from handlers.zalo_oa.outcomes import OUTCOMES, ending, meaning_of

log = logging.getLogger(__name__)
AT_ONCE = 0.2
"""The share of a minute's messages that goes out without waiting, so that people who write together are answered."""
MINUTE = 60.0
EXPIRED = -216


def pace(
    per_minute: int,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Pace:
    """Never more than so many within any minute."""
    at_once = max(1, int(per_minute * AT_ONCE))
    return Pace(MINUTE / max(1, per_minute - at_once), at_once, clock, sleep)


class OaSender:
    """Implements `handlers.port.Sender`."""

    def __init__(self, oa: ZaloOa, tokens: Tokens, links: PaperLinks, pace: Pace) -> None:
        self._oa = oa
        self._tokens = tokens
        self._links = links
        self._pace = pace
        self._gate = Gate()

    def seconds_shut(self) -> float:
        return self._gate.seconds_shut()

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:  # noqa: ARG002
        links = [await self._links.link(paper, "zalo_oa", chat) for paper in screen.papers]
        for message in draw(screen, links):
            await self._send(chat, message, way.left)
            way.arrived()

    async def say(self, chat: str, text: str) -> None:
        """A sentence that is no screen."""
        await self._send(chat, Message(text))

    def judge(self, error: Exception, tries: int) -> Ending:
        return ending(error, tries)

    async def _send(self, chat: str, message: Message, left: Callable[[], None] = lambda: None) -> None:
        """With its buttons; if just their form is refused, without them: the numbers stand in the text."""
        try:
            await self._attempt(chat, message, left)
        except ZaloRefused as refused:
            if refused.code in OUTCOMES or not message.buttons:
                raise
            log.warning("zalo_oa_buttons_refused", extra={"code": refused.code})
            await self._attempt(chat, Message(message.text), left)

    async def _attempt(self, chat: str, message: Message, left: Callable[[], None]) -> None:
        await self._pace.enter()
        token = await self._tokens.current()
        left()
        try:
            await self._oa.send(token, chat, message.content)
        except ZaloRefused as refused:
            await self._heed(refused.code, token)
            raise

    async def _heed(self, code: int, token: str) -> None:
        """What a refusal means for everybody, not for this message alone."""
        meaning = meaning_of(code)
        if code == EXPIRED:
            await self._tokens.refused(token)
        if meaning.silence:
            if meaning.operator and not self._gate.seconds_shut():
                log.error(meaning.operator)
            self._gate.shut(meaning.silence.total_seconds())
