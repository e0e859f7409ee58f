"""What can come in from a person (or, for a notice, from the clock), free of any channel's wire format."""

from dataclasses import dataclass, field
from typing import Literal

ChannelName = Literal["web", "telegram", "zalo_bot", "zalo_oa"]


@dataclass(frozen=True, slots=True)
class Typed:
    """Words. `serial` names the screen they answer where the channel knows it (the web does)."""

    text: str
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Chose:
    """A button. `action` is the packed choice; `serial` the screen it belongs to."""

    serial: int
    action: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A command such as /start CODE. `name` has no slash."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is not text: a picture, a voice message, a file, a sticker, an edited message."""

    kind: str


@dataclass(frozen=True, slots=True)
class Nudged:
    """The clock's own event: a planned notice has fallen due for this account's person. `paid`: saying it costs."""

    notice_id: int
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """The person blocked the bot (`can_be_reached` False) or let it in again (True)."""

    can_be_reached: bool


Event = Typed | Chose | Asked | Unreadable | Nudged | Reached


@dataclass(frozen=True, slots=True)
class Incoming:
    """`delivery_id` is unique within the channel: the same delivery twice is the same event.

    `number` counts the messages of both sides where the channel numbers them, `order`
    its events; 0 = it does not.
    """

    channel: ChannelName
    delivery_id: str
    chat: str
    event: Event
    number: int = field(default=0, compare=False)
    order: int = field(default=0, compare=False)
