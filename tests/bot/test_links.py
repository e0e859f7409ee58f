"""Chats that carry only links, through the real turn on SQLite and PostgreSQL: from the code to a reminder."""

import re
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.house import House
from bot.nursery import Nursery
from bot.sessions import StoredSessions
from bot.turn import TurnRunner
from conversations import curtain
from conversations.facts import Account
from conversations.incoming import Chose, Event, Incoming, Typed
from conversations.place import Place, State
from handlers.port import Reply
from storage import accounts, audit, invitations, notices
from storage.database import Database
from storage.facts import StoredFacts
from storage.notices import Planned
from storage.tables import audit as audit_table
from storage.tables import outbox
from tests.bot.conftest import Tusoi
from tests.storage.ward import PACK, QUIET, ZONE, Ward

LINK = re.compile(r"^https://tusoi\.example/l/([0-9a-f]{48})$", re.MULTILINE)


@pytest.fixture
async def ward(db: Database, database_url: str) -> Ward:
    filled = Ward(db, database_url)
    await filled.fill()
    return filled


class Desk:
    """The turns and sessions of one program; `said` are the replies that reached the chat."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.house = House(ward.db, lambda: ward.now, ZONE, QUIET, lambda _: PACK, links_to="https://tusoi.example")
        self.nursery = Nursery()
        self.turns = TurnRunner(self.house, self.nursery)
        self.sessions = StoredSessions(self.house)
        self.sent = 0

    async def says(self, event: Event, chat: str = "chat") -> str:
        said: list[Reply] = []

        async def deliver(reply: Reply) -> int:
            said.append(reply)
            return 0

        self.sent += 1
        await self.turns.take(Incoming("telegram", str(self.sent), chat, event), deliver)
        await self.nursery.finish()
        [reply] = said
        assert reply.menu == "everybody"
        return reply.screen.text

    async def invite(self, code: str) -> str:
        issued = await self.ward.db.write(
            lambda conn: invitations.issue(conn, [self.ward.ids[code]], self.ward.now, 30)
        )
        return issued[0][1]

    async def open(self, shown: str) -> Reply:
        """The page behind the link of this screen."""
        opened = await self.sessions.open_linked(token_in(shown))
        assert opened
        sid, token = opened
        assert await self.sessions.holds(sid, token)
        return await self.turns.present("web", sid)

    async def on_page(self, page: Reply, label: str) -> Reply:
        choice = next(choice for choice in page.screen.choices if label in choice.label)
        self.sent += 1
        await self.turns.take(Incoming("web", str(self.sent), page.chat, Chose(page.serial, choice.action)))
        return await self.turns.present("web", page.chat)


def token_in(shown: str) -> str:
    [token] = LINK.findall(shown)
    return str(token)


@pytest.fixture
def desk(ward: Ward) -> Desk:
    return Desk(ward)


async def test_from_the_code_to_a_reminder(desk: Desk, ward: Ward) -> None:
    shown = await desk.says(Typed(f"/start {await desk.invite('HOA')}"))
    page = await desk.open(shown)
    assert "Nguyễn Thị Hoa" in page.screen.text
    page = await desk.on_page(await desk.on_page(page, "Đúng, là tôi"), "Tôi đồng ý")
    assert "Việc của đồng chí" in page.screen.text
    assert await ward.sees("chat", lambda facts: facts.me and facts.me.code) == "HOA"

    def plan(conn: Connection) -> int:
        notices.plan_many(conn, [Planned(ward.ids["HOA"], "self_review_due", "1", ward.now, cycle_id=1)], ward.now)
        return int(conn.scalar(select(notices.notices.c.id)) or 0)

    await desk.turns.nudge("telegram", "chat", await ward.db.write(plan))
    payload = await ward.db.read(lambda conn: conn.scalar(select(outbox.c.payload).where(outbox.c.lane == "notice")))
    assert payload["text"].startswith(curtain.REMINDER)
    assert payload["veiled"]
    page = await desk.open(payload["text"])
    assert page.screen.text.startswith("🔔")
    assert await ward.db.read(audit.verify) is None
    opened = select(audit_table.c.actor).where(audit_table.c.action == "open_link")
    assert await ward.db.read(lambda conn: list(conn.scalars(opened))) == [f"person:{ward.ids['HOA']}"]


async def test_a_link_opens_once_and_not_after_a_day(desk: Desk, ward: Ward) -> None:
    await ward.join("HOA", address="chat")
    shown = await desk.says(Typed("chào"))
    assert "Việc của đồng chí" in (await desk.open(shown)).screen.text
    assert await desk.sessions.open_linked(token_in(shown)) is None
    shown = await desk.says(Typed("chào"))
    ward.passes(hours=24)
    assert await desk.sessions.open_linked(token_in(shown)) is None


async def test_what_stood_in_the_chat_before_the_switch_is_behind_the_link(desk: Desk, ward: Ward) -> None:
    await ward.join("HOA", address="chat")

    def answering(conn: Connection) -> None:
        row = accounts.find(conn, "telegram", "chat")
        assert row
        place = Place.of("form", "s", ward.ids["HOA"], "conduct")
        accounts.save_state(conn, row.account.id, State(place, 8, "Đã lưu câu 7: điều riêng"))

    await ward.db.write(answering)
    shown = await desk.says(Chose(8, "!next"))
    assert shown.startswith(curtain.NOT_HERE)
    assert "riêng của" in shown
    assert "điều riêng" not in shown
    page = await desk.open(shown)
    assert page.screen.waits_for == "text"


async def test_a_fault_is_said_without_content(desk: Desk, ward: Ward) -> None:
    class FaultyOnce(House):
        def facts(self, conn: Connection, account: Account) -> StoredFacts:
            if not faults:
                faults.append("Nguyễn Thị Hoa")
                raise RuntimeError(faults[0])
            return super().facts(conn, account)

    faults: list[str] = []
    desk.turns = TurnRunner(FaultyOnce(ward.db, *_rest(desk.house)), desk.nursery)
    await ward.join("HOA", address="chat")
    shown = await desk.says(Typed("/menu"))
    assert faults
    assert shown.startswith(f"{curtain.FAULT}\n\n{curtain.PAGE}")


def _rest(house: House) -> tuple[Any, ...]:
    return house.clock, house.zone, house.quiet, house.pack_of, house.doors, house.links_to


async def test_a_notice_no_longer_needed_is_skipped(desk: Desk, ward: Ward) -> None:
    await ward.join("HOA", address="chat")

    def plan(conn: Connection) -> None:
        notices.plan_many(conn, [Planned(ward.ids["HOA"], "digest", "1", ward.now, cycle_id=1)], ward.now)

    await ward.db.write(plan)
    await desk.turns.nudge("telegram", "chat", 1)
    assert await ward.db.read(lambda conn: list(conn.scalars(select(notices.notices.c.state)))) == ["skipped"]
    assert await ward.db.read(lambda conn: conn.execute(select(outbox)).all()) == []


@pytest.mark.parametrize(
    ("address", "cure"),
    [
        ("http://tusoi.example", "must be the https address"),
        ("https://127.0.0.1:8443", "no phone can open 127.0.0.1"),
        ("https://localhost", "no phone can open localhost"),
        ("https://[::1]", "no phone can open ::1"),
        ("", "must be the https address"),
    ],
)
def test_the_doctor_on_the_address(tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch, address: str, cure: str) -> None:
    monkeypatch.setenv("CHAT_CONTENT", "links")
    monkeypatch.setenv("PUBLIC_URL", address)
    ran = tusoi("doctor")
    assert ran.status == 1
    assert ran.err.startswith("chat content: PUBLIC_URL: ")
    assert cure in ran.err


def test_the_doctor_is_content(tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok  chat content: full" in tusoi("doctor").out
    monkeypatch.setenv("CHAT_CONTENT", "links")
    monkeypatch.setenv("PUBLIC_URL", "https://tusoi.example")
    assert "ok  chat content: links to https://tusoi.example; " in tusoi("doctor").out
