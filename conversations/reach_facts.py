"""Through what a person reaches the bot, and by which doors a further device comes in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conversations.incoming import ChannelName


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways into this house. `telegram` is the bot's name there, empty while that channel is off or silent."""

    web: str = ""
    telegram: str = ""
    zalo: bool = False

    def web_link(self, code: str) -> str:
        return f"{self.web}/j/{code}"

    def telegram_link(self, code: str) -> str:
        """Empty where there is no such door."""
        return f"https://t.me/{self.telegram}?start={code}" if self.telegram else ""


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of a person. `reminded`: the next reminder comes here."""

    id: int
    channel: ChannelName
    last_used: datetime | None = None
    reminded: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Linking:
    """An open code for one's own next device; `id` is that of its invitation."""

    id: int
    code: str
    until: datetime


class ReachFacts(Protocol):
    """Of the person whose chat this is; nothing of anybody else but whether he is in at all."""

    @property
    def doors(self) -> Doors: ...

    def chats(self) -> tuple[Chat, ...]:
        """The present one first, then those used last."""
        ...

    def linking(self) -> Linking | None:
        """The code that was made in this very chat, while it is good."""
        ...

    def has_chat(self, person_id: int) -> bool: ...
