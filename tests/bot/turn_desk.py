"""The real turn on a SQLite file, one step at a time: what comes in, how its reply fares, and dying at any moment."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, create_engine, select

from bot.house import House
from bot.nursery import Nursery
from bot.turn import TurnRunner
from conversations.incoming import ChannelName, Incoming
from conversations.step import show
from handlers.port import Reply
from storage import accounts, audit, notices, outbox
from storage.database import Database
from storage.notices import Planned
from storage.schema import migrate
from storage.tables import answers, people, responses
from tests.storage.ward import PACK, QUIET, ZONE, Ward

T = TypeVar("T")
Fate = Literal["arrives", "fails", "dies"]
CHATS: dict[ChannelName, str] = {"telegram": "HOA", "web": "HOA-web"}


@cache
def filled_file() -> Path:
    """A ward in which Hoa (chats "HOA" and "HOA-web") and Nam have joined; made once, copied for every example."""
    file = Path(tempfile.mkdtemp(prefix="tusoi")) / "ward.db"
    url = f"sqlite+aiosqlite:///{file}"

    async def filling() -> None:
        await migrate(url)
        ward = Ward(Database(url), url)
        await ward.fill()
        await ward.join("HOA")
        await ward.join("HOA", "web", "HOA-web")
        await ward.join("NAM")
        await ward.join("CHI")
        await ward.db.close()

    asyncio.run(filling())
    return file


class Desk:
    """One program after the other on the same file. `dies` in a fate: the reply is on its way when the program ends."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="tusoi")
        file = Path(self.folder.name) / "ward.db"
        shutil.copy(filled_file(), file)
        self.url = f"sqlite+aiosqlite:///{file}"
        self.reading = create_engine(f"sqlite:///{file}")
        self.runner = asyncio.Runner()
        self.now = Ward(None, "").now  # type: ignore[arg-type]
        self.arrived: list[Reply] = []
        self.begins()

    def begins(self) -> None:
        self.nursery = Nursery()
        self.house = House(Database(self.url), lambda: self.now, ZONE, QUIET, lambda _: PACK)
        self.turns = TurnRunner(self.house, self.nursery)
        self.run(self.house.db.write(lambda conn: outbox.take_over_replies(conn, self.now)))

    def dies(self) -> None:
        async def dying() -> None:
            ours = asyncio.current_task()
            for task in asyncio.all_tasks() - {ours}:
                task.cancel()
            await self.house.db.close()

        self.run(dying())
        self.begins()

    def close(self) -> None:
        self.run(self.house.db.close())
        self.runner.close()
        self.reading.dispose()
        self.folder.cleanup()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def take(self, incoming: Incoming, fate: Fate = "arrives") -> bool:
        """One turn; whether a reply reached the phone."""
        before = len(self.arrived)

        async def deliver(reply: Reply) -> int:
            if fate == "fails":
                raise ConnectionError
            if fate == "dies":
                await asyncio.Event().wait()
            self.arrived.append(reply)
            return 0

        async def taking() -> None:
            await self.turns.take(incoming, None if incoming.channel == "web" else deliver)
            if fate != "dies":
                await self.nursery.finish()

        self.run(taking())
        if fate == "dies":
            self.dies()
        return len(self.arrived) > before

    def courier(self) -> None:
        """Everything owed on Telegram goes out."""

        async def carrying() -> None:
            for lane in ("reply", "notice"):
                rows = await self.house.db.write(
                    lambda conn, lane=lane: outbox.claim(conn, "telegram", lane, self.now, 50, timedelta(minutes=2))
                )
                for row in rows:
                    await self.house.db.write(lambda conn, row=row: outbox.mark_sent(conn, row.id, self.now))

        self.run(carrying())

    def nudge(self, slot: str) -> None:
        """A reminder falls due and becomes Hoa's present screen, if it is still needed."""

        def planned(conn: Any) -> int:
            hoa = conn.scalar(select(people.c.id).where(people.c.code == "HOA"))
            notices.plan_many(conn, [Planned(hoa, "asked_by_secretary", slot, self.now, cycle_id=1)], self.now)
            return int(conn.scalar(select(notices.notices.c.id).where(notices.notices.c.slot == slot)))

        notice_id = self.run(self.house.db.write(planned))
        self.run(self.turns.nudge("telegram", "HOA", notice_id))

    def look(self) -> "Seen":
        """Everything a check needs, in one picture of the data."""
        with self.reading.begin() as conn:
            return self._look(conn)

    def _look(self, conn: Connection) -> "Seen":
        stored: dict[str, dict[str, Any]] = {"HOA": {}, "NAM": {}}
        about = answers.join(responses).join(people, people.c.id == responses.c.subject_person_id)
        for row in conn.execute(select(people.c.code, answers.c.key, answers.c.value).select_from(about)):
            stored[row.code][row.key] = row.value
        hoa = select(people.c.id).where(people.c.code == "HOA").scalar_subquery()
        status = conn.scalar(select(responses.c.status).where(responses.c.subject_person_id == hoa)) or ""
        screens = {channel: self._screen(conn, channel, chat) for channel, chat in CHATS.items()}
        return Seen(stored, status, screens, audit.verify(conn) is None)

    def _screen(self, conn: Connection, channel: ChannelName, chat: str) -> Reply:
        row = accounts.find(conn, channel, chat)
        assert row
        return Reply(0, chat, row.state.serial, show(row.state, self.house.facts(conn, row.account)))


@dataclass(frozen=True)
class Seen:
    """`answers` by person, the state of Hoa's form, her present screen on each channel."""

    answers: dict[str, dict[str, Any]]
    status: str
    screens: dict[ChannelName, Reply]
    audit_holds: bool
