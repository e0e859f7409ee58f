"""How long a channel lets the bot write to a person after that person's last own message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from conversations.incoming import ChannelName

Opening = Literal["free", "paid", "shut"]


@dataclass(frozen=True, slots=True)
class Window:
    """Both count from the last message of the person; None = without limit."""

    free_for: timedelta | None = None
    paid_for: timedelta | None = None


UNLIMITED = Window()
WINDOWS: dict[ChannelName, Window] = {
    "web": UNLIMITED,
    "telegram": UNLIMITED,
    "zalo_bot": UNLIMITED,
    # The rules of the Official Account in force since 01/01/2026: 48 hours free, charged until the seventh day.
    "zalo_oa": Window(free_for=timedelta(hours=48), paid_for=timedelta(days=7)),
}


def opening(channel: ChannelName, last_inbound_at: datetime | None, now: datetime) -> Opening:
    """What writing to a person unasked is at this instant; to whom nothing was ever heard from, it is shut."""
    window = WINDOWS[channel]
    if window.free_for is None:
        return "free"
    if last_inbound_at is None:
        return "shut"
    quiet_for = now - last_inbound_at
    if quiet_for <= window.free_for:
        return "free"
    return "paid" if window.paid_for is None or quiet_for <= window.paid_for else "shut"
