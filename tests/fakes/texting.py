"""A phone that only ever gets texts, one after the other: what the two Zalos have in common."""

from dataclasses import dataclass, field

from tests.fakes.bot_api.bell import Bell

SECONDS = 20


@dataclass
class TextPhone:
    """One person. `received` are the bot's messages, the newest last."""

    bell: Bell
    chat: str
    received: list[str] = field(default_factory=list)
    _read: int = 0

    async def say(self, text: str) -> None:
        """Write to the bot."""
        raise NotImplementedError

    async def answer(self, until: str = "") -> str:
        """The next message not read yet that contains this text."""
        while True:
            await self.bell.until(lambda: len(self.received) > self._read, SECONDS, lambda: f"{self.received[-3:]}")
            self._read += 1
            if until in self.received[self._read - 1]:
                return self.received[self._read - 1]

    async def asks(self, text: str) -> str:
        """Write, and read the answer."""
        self._read = len(self.received)
        await self.say(text)
        return await self.answer()
