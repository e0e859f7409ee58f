"""What a door needs from the running program. `bot` provides it; no door knows storage or the turn's inside."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from conversations.incoming import ChannelName, Incoming
from conversations.screen import Paper, Screen

Menu = Literal["everybody", "leader", "officer"]
"""Leaders (secretaries, deputies) see their cell and remind; officers see the cells of a committee."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A committed screen to deliver. `serial` goes into every button of it.

    `menu`: whose commands fit the person who has this chat now.
    """

    outbox_id: int
    chat: str
    serial: int
    screen: Screen
    menu: Menu = "everybody"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document or picture."""

    filename: str
    content: bytes
    mime: str


Deliver = Callable[[Reply], Awaitable[int]]
"""Send the screen; the number of the message that first shows it, 0 when it was drawn over an earlier one.

Raise when it did not arrive for sure: the row stays in the outbox and the courier sends it.
"""


class Turns(Protocol):
    async def take(self, incoming: Incoming, deliver: Deliver | None = None) -> None:
        """Return once the turn is committed (or known to be a repeat): only then acknowledge the update.

        The reply goes out through `deliver` afterwards, still in this account's order; None = the door shows
        `present` by itself (the web page). Raises `Unavailable` when nothing could be stored.
        """
        ...

    async def present(self, channel: ChannelName, chat: str) -> Reply:
        """The present screen of an account, without changing anything."""
        ...

    async def wait_for_change(self, channel: ChannelName, chat: str, serial: int, seconds: float) -> bool:
        """Wait until the account's screen is another than `serial`; False when the time ran out."""
        ...


class Unavailable(Exception):
    """Nothing was stored: answer with `words.BUSY`; over a webhook, also with a 5xx so that it is repeated."""


class Papers(Protocol):
    async def make(self, paper: Paper, channel: ChannelName, chat: str) -> Made | None:
        """The paper, if this account's person may have it; None otherwise. The look is audited where it must be."""
        ...


class Sessions(Protocol):
    """Web sessions: `sid` is public (it is the web account's chat address), the token is in a cookie."""

    async def open(self) -> tuple[str, str]:
        """A new anonymous web account: (sid, token)."""
        ...

    async def open_linked(self, link: str) -> tuple[str, str] | None:
        """Spend a chat's one-time link on a new session of the chat's person, standing where the chat stands.

        None when there is no such link, or it was used, voided or is over; nothing is told apart.
        """
        ...

    async def holds(self, sid: str, token: str) -> bool:
        """Whether this token opens that session (constant time; revoked and unknown ones do not)."""
        ...


@dataclass(frozen=True, slots=True)
class Ending:
    """What a failed sending means. `surely_unsent`: the channel refused it, or it never left this machine.

    `retry_after` None = giving it up. `unreachable`: the person cannot be written to on this channel.
    `window_shut`: not before the person has written again.
    """

    code: str
    surely_unsent: bool
    retry_after: timedelta | None
    unreachable: bool = False
    window_shut: bool = False


MOST_FAULTS = 8
"""After so many tries a letter that the program itself cannot make is left to the operator."""
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=10)


def delay_after(tries: int) -> timedelta:
    """How long to wait after so many failed tries."""
    return min(FIRST_DELAY * (1 << min(tries, 10)), LONGEST_DELAY)


class Way(Protocol):
    """What a sender tells of a letter on its way."""

    def left(self) -> None:
        """A request with a part of it goes out now."""
        ...

    def arrived(self) -> None:
        """A part of it has arrived."""
        ...


class Unwatched:
    """Implements `Way` for a reply, which is sent again until it has arrived."""

    def left(self) -> None:
        """Nothing depends on it."""

    def arrived(self) -> None:
        """Nothing depends on it."""


class Sender(Protocol):
    """A channel as the courier uses it: paced, and with its own knowledge of what an error means."""

    def seconds_shut(self) -> float:
        """How long the channel has asked everybody to be silent."""
        ...

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:
        """Send a whole screen, each part in its turn. Raises what went wrong."""
        ...

    def judge(self, error: Exception, tries: int) -> Ending:
        """What an error raised by `send` means; `tries` before it make the next wait longer."""
        ...


class PaperLinks(Protocol):
    """Short-lived links to papers, for channels that carry no documents."""

    async def link(self, paper: Paper, channel: ChannelName, chat: str) -> str: ...

    async def open(self, token: str) -> Made | None:
        """None when the link is forged or over, or its person may not have the paper (any more)."""
        ...
