"""What every turn and every worker of this process shares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.choosing import FREE_FOR
from bot.clock import Clock
from bot.doors import OpenDoors
from conversations.facts import Account
from conversations.incoming import ChannelName
from review.calendar import QuietHours
from review.pack import Pack
from storage.database import Database
from storage.facts import StoredFacts


@dataclass(frozen=True, slots=True)
class House:
    """The database, the one clock, the committee's time zone and customs, the ways in.

    `links_to`: with CHAT_CONTENT=links the public address that chats lead to; empty while they carry everything.
    """

    db: Database
    clock: Clock
    zone: ZoneInfo
    quiet: QuietHours
    pack_of: Callable[[str], Pack]
    doors: OpenDoors = field(default_factory=OpenDoors)
    links_to: str = ""

    def veils(self, channel: ChannelName) -> bool:
        """Whether this channel carries only notices without content."""
        return bool(self.links_to) and channel != "web"

    def local_now(self) -> datetime:
        return self.clock().astimezone(self.zone)

    def facts(self, conn: Connection, account: Account) -> StoredFacts:
        """Facts as of this transaction; ask again after effects were applied."""
        return StoredFacts(conn, account, self.clock(), self.zone, self.pack_of, self.doors.now, FREE_FOR)
