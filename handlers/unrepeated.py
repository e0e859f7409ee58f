"""A channel that repeats nothing: what cannot be stored is said to be lost, so that its writer sends it again."""

from typing import Protocol

from conversations import words
from conversations.incoming import Incoming
from conversations.screen import Screen
from handlers.port import Reply, Turns, Unavailable, Unwatched, Way


class Speaker(Protocol):
    """The channel's sender, which can also say a sentence that is no screen."""

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None: ...

    async def say(self, chat: str, text: str) -> None: ...


async def take_or_tell(turns: Turns, speaker: Speaker, incoming: Incoming) -> None:
    """Return once the turn is committed, or its writer knows that it is not."""

    async def deliver(reply: Reply) -> int:
        await speaker.send(reply.chat, reply.serial, reply.screen, Unwatched())
        return 0

    try:
        await turns.take(incoming, deliver)
    except Unavailable:
        await speaker.say(incoming.chat, words.BUSY.replace("**", ""))
