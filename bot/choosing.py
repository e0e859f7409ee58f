"""Through which chat a notice goes out at this instant, and whether that costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from conversations.incoming import ChannelName
from handlers.windows import WINDOWS, opening
from storage.chats import Chat

FREE_FOR: Mapping[ChannelName, timedelta] = {
    channel: window.free_for for channel, window in WINDOWS.items() if window.free_for is not None
}
"""The channels whose window closes, as storage asks for them."""


@dataclass(frozen=True, slots=True)
class Way:
    chat: Chat
    paid: bool = False


def choose(chats: Iterable[Chat], now: datetime, *, may_pay: bool) -> Way | None:
    """The first chat that is free, in the order given; else, where it may cost, the first that can be paid for.

    None: the notice is held.
    """
    openings = [(chat, opening(chat.channel, chat.last_inbound_at, now)) for chat in chats]
    free = (Way(chat) for chat, how in openings if how == "free")
    paid = (Way(chat, paid=True) for chat, how in openings if how == "paid" and may_pay)
    return next(free, None) or next(paid, None)
