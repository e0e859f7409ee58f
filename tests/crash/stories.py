"""Short stories that together touch every way in and out: each is killed at every boundary it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from conversations.incoming import ChannelName
from review.people import Person
from storage import invitations
from storage.database import Database
from tests.crash.goals import RECEIPT, AtOnce, Goal, Step, Tick
from tests.crash.world import Phone, World
from tests.storage.ward import NOW, Ward

Reached = Callable[[World, Phone], bool]
MORNING = datetime.combine((NOW + timedelta(days=2)).date(), NOW.time().replace(hour=8, minute=30), NOW.tzinfo)
"""A week before the self-reviews are due."""
SEND = ("Nộp", "Xem lại và nộp", "Xem lại trước khi nộp")
TO_WORK = ("Bắt đầu", "Viết tiếp", "Sửa", "Về bản xem lại")


@dataclass(frozen=True)
class Story:
    """`joined`: whose chats are known already, on these channels; `invited`: who holds a code."""

    name: str
    steps: tuple[Step, ...]
    joined: tuple[tuple[str, ChannelName], ...] = ()
    invited: tuple[tuple[str, ChannelName], ...] = ()

    async def sets_up(self, db: Database) -> World:
        """The ward in a migrated, empty database, and the phones outside."""
        world, ward = World(), Ward(db, "")
        await ward.fill()
        for owner, channel in (*self.joined, *self.invited):
            world.add(owner, channel)
        for owner, channel in self.joined:
            await ward.join(owner, channel, f"{owner}-{channel}")
        for owner, _ in self.invited:
            [(_, world.codes[owner])] = await db.write(partial(_invites, person=ward.ids[owner], now=ward.now))
        await db.close()  # lets go; its engines can be used again
        return world


def _invites(conn: Connection, person: int, now: datetime) -> list[tuple[Person, str]]:
    return invitations.issue(conn, [person], now, 30)


def saved(count: int) -> Reached:
    """So many answers of this person were acknowledged in words, on whichever phone."""

    def reached(world: World, phone: Phone) -> bool:
        mine = {one.name for one in world.phones.values() if one.owner == phone.owner}
        return sum(attempt.phone in mine and attempt.outcome == "saved" for attempt in world.attempts) >= count

    return reached


def shows(*texts: str) -> Reached:
    def reached(world: World, phone: Phone) -> bool:
        said = phone.last.screen.text if phone.last else ""
        return any(text in said for text in texts)

    return reached


def can(*labels: str) -> Reached:
    """The last screen offers one of these, and no receipt stands on it."""

    def reached(world: World, phone: Phone) -> bool:
        choices = phone.last.screen.choices if phone.last else ()
        return any(c.label.startswith(labels) for c in choices) and not shows(RECEIPT)(world, phone)

    return reached


JOINING = Story(
    "joining",
    (
        Goal("joins", "NAM telegram", shows("Việc của đồng chí")),
        Goal("first answer", "NAM telegram", saved(1)),
    ),
    invited=(("NAM", "telegram"),),
)
WRITING = Story(
    "writing",
    (
        Goal("writes it all", "NAM telegram", shows("Xem lại trước khi nộp"), begins="menu"),
        Goal("submits", "NAM telegram", shows(RECEIPT), SEND),
        Goal("takes the paper", "NAM telegram", shows("📄"), ("Tải bản in", "Xem bản đã nộp")),
    ),
    joined=(("NAM", "telegram"),),
)
TWO_CHANNELS = Story(
    "two channels",
    (
        Goal("begins on Telegram", "HOA telegram", saved(1), TO_WORK, begins="menu"),
        Goal("goes on on the web", "HOA web", saved(3), TO_WORK, begins="menu"),
        Goal("comes back", "HOA telegram", shows("Xem lại trước khi nộp"), TO_WORK, begins="menu"),
        Goal(
            "changes an answer on the web", "HOA web", saved(8), ("✅ Câu 1", "Phần I:", "Sửa một câu", "Xem lại"),
            begins="menu",
        ),
        Goal("submits on the web", "HOA web", shows(RECEIPT), SEND),
        Goal("withdraws on Telegram", "HOA telegram", can(*SEND), ("Rút lại để sửa",), begins="menu"),
        Goal("submits again on Telegram", "HOA telegram", shows(RECEIPT), SEND),
    ),
    joined=(("HOA", "telegram"), ("HOA", "web")),
)  # fmt: skip
REMARKS = Story(
    "residence remarks",
    (
        Goal("says something about everybody", "MAT zalo_bot", can("Gửi nhận xét"), begins="menu"),
        Goal("sends it", "MAT zalo_bot", shows("✅ Đã gửi", "✅ Nhận xét đảng viên"), ("Gửi nhận xét",)),
        Tick("those it is about hear of it", NOW + timedelta(minutes=15)),
        Goal(
            "reads it",
            "HOA telegram",
            shows("Nhận xét nơi cư trú về đồng chí"),
            ("Xem nhận xét", "Nhận xét nơi cư trú về"),
        ),
    ),
    joined=(("MAT", "zalo_bot"), ("HOA", "telegram"), ("NAM", "zalo_bot")),
)
REMINDERS = Story(
    "reminders",
    (
        Goal(
            "the secretary reminds those who are late",
            "CHI telegram",
            shows("Đã gửi lời nhắc", "đã được nhắc", "đã nhắc"),
            ("Gửi lời nhắc",),
            begins="nhac",
        ),
        Tick("it is said", NOW + timedelta(minutes=15)),
        Tick("a week before the day", MORNING),
        Tick("soon after", MORNING + timedelta(minutes=10)),
        Goal("does what the reminder says", "BINH zalo_bot", saved(1)),
    ),
    joined=(("CHI", "telegram"), ("HOA", "telegram"), ("NAM", "zalo_bot"), ("BINH", "zalo_bot"), ("MAT", "web")),
)
AT_ONCE = Story(
    "three at once",
    (
        AtOnce(
            "three write at the same time",
            (
                Goal("on Telegram", "HOA telegram", saved(3), TO_WORK, begins="menu"),
                Goal("on the web", "NAM web", saved(3), TO_WORK, begins="menu"),
                Goal("on Zalo", "BINH zalo_bot", saved(3), TO_WORK, begins="menu"),
            ),
        ),
    ),
    joined=(("HOA", "telegram"), ("NAM", "web"), ("BINH", "zalo_bot")),
)
STORIES = (JOINING, WRITING, TWO_CHANNELS, REMARKS, REMINDERS, AT_ONCE)
