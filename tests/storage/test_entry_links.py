"""One-time links: spent once, over after a day, void when a chat changes hands; who joins by one brings the chat."""

import asyncio

from sqlalchemy import Connection, select, update

from conversations.effects import UseInvitation
from conversations.place import HOME, Place, State
from storage import accounts, audit, chats, entry_links, invitations, outbox
from storage.notices import Planned, plan_many
from storage.tables import entry_links as table
from storage.tables import notices
from storage.tables import outbox as outbox_table
from tests.storage.ward import Ward


async def chat_of(ward: Ward, address: str) -> int:
    return await ward.sees(address, lambda facts: facts.account.id)


async def issue(ward: Ward, chat: int) -> str:
    return await ward.db.write(lambda conn: entry_links.issue(conn, chat, ward.now))


async def spend(ward: Ward, token: str) -> int | None:
    return await ward.db.write(lambda conn: entry_links.spend(conn, token, ward.now))


async def test_spent_once_by_many_at_the_same_time_and_only_its_hash_is_kept(ward: Ward) -> None:
    chat = await chat_of(ward, "chat")
    token = await issue(ward, chat)
    assert len(token) == 48
    assert token.isalnum()
    kept = await ward.db.read(lambda conn: str(conn.execute(select(table)).all()))
    assert token not in kept
    came = await asyncio.gather(*(spend(ward, token) for _ in range(5)))
    assert sorted(came, key=str) == [chat, None, None, None, None]
    assert await spend(ward, "0" * 48) is None


async def test_over_after_a_day(ward: Ward) -> None:
    chat = await chat_of(ward, "chat")
    first = await issue(ward, chat)
    ward.passes(hours=23.9)
    late = await issue(ward, chat)
    ward.passes(hours=0.1)
    assert await spend(ward, first) is None
    assert await spend(ward, late) == chat


async def test_only_the_newest_few_of_a_chat_open(ward: Ward) -> None:
    chat, other = await chat_of(ward, "chat"), await chat_of(ward, "other")
    others = await issue(ward, other)
    tokens = [await issue(ward, chat) for _ in range(6)]
    assert [await spend(ward, token) for token in tokens] == [None] * 3 + [chat] * 3
    assert await spend(ward, others) == other
    assert await issue(ward, chat)
    used = select(table).where(table.c.account_id == chat, table.c.used_at.is_not(None))
    assert len(await ward.db.read(lambda conn: conn.execute(used).all())) == 3, "what was used stays known"


async def test_void_once_somebody_else_has_the_chat(ward: Ward) -> None:
    await ward.join("HOA", address="shared phone")
    token = await issue(ward, await chat_of(ward, "shared phone"))
    await ward.join("HOA", address="shared phone")
    kept = await issue(ward, await chat_of(ward, "shared phone"))
    await ward.join("NAM", address="shared phone")
    assert [await spend(ward, one) for one in (token, kept)] == [None, None]


class Pair:
    """A chat in which a code was given, and the web page that its link opened."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward

    async def open(self, code: str = "HOA", place: Place | None = None) -> "Pair":
        chat = await chat_of(self.ward, "chat")
        token = await issue(self.ward, chat)

        def opening(conn: Connection) -> None:
            [(_, secret)] = invitations.issue(conn, [self.ward.ids[code]], self.ward.now, 30)
            invitation = invitations.by_code(conn, secret, self.ward.now)
            assert invitation
            self.invitation = invitation.id
            accounts.save_state(conn, chat, State(place or Place.of("who", invitation.id), 4))
            assert entry_links.spend(conn, token, self.ward.now) == chat
            page = accounts.find_or_create(conn, "web", "page", self.ward.now).account
            entry_links.lead_to(conn, token, page.id)

        await self.ward.db.write(opening)
        return self

    async def confirms(self) -> None:
        await self.ward.does("page", UseInvitation(self.invitation), channel="web")

    async def people(self) -> list[str | None]:
        found = [
            await self.ward.sees("page", lambda facts: facts.me, channel="web"),
            await self.ward.sees("chat", lambda facts: facts.me),
        ]
        return [person.code if person else None for person in found]


async def test_who_joins_on_the_page_brings_the_chat(ward: Ward) -> None:
    pair = await Pair(ward).open()
    await pair.confirms()
    assert await pair.people() == ["HOA", "HOA"]
    row = await ward.db.read(lambda conn: accounts.find(conn, "telegram", "chat"))
    assert row
    assert row.state == State(HOME, 4)
    assert await ward.db.read(lambda conn: chats.is_reachable(conn, ward.ids["HOA"]))
    assert await ward.db.read(audit.verify) is None


async def test_a_link_sent_on_does_not_catch_who_opens_it(ward: Ward) -> None:
    """The chat must have been given this very code: whoever can do that could have joined there anyway."""
    pair = await Pair(ward).open(place=Place("welcome"))
    await pair.confirms()
    assert await pair.people() == ["HOA", None]


async def test_a_chat_changes_hands_by_the_code_given_in_it(ward: Ward) -> None:
    await ward.join("NAM", address="chat")
    pair = await Pair(ward).open()
    unused = await issue(ward, await chat_of(ward, "chat"))
    await ward.db.write(
        lambda conn: outbox.put(conn, _id(conn, "chat"), "notice", 1, {"text": "Việc của Nam"}, ward.now)
    )
    await pair.confirms()
    assert await pair.people() == ["HOA", "HOA"]
    assert await spend(ward, unused) is None
    assert await ward.db.read(lambda conn: conn.scalar(select(outbox_table.c.payload))) is None


async def test_what_was_written_openly_is_withheld_and_its_notice_said_anew(ward: Ward) -> None:
    await ward.join("HOA", address="chat")
    await ward.join("NAM", "web", "page")

    def fill(conn: Connection) -> None:
        plan_many(conn, [Planned(ward.ids["HOA"], "snoozed", str(n), ward.now, cycle_id=1) for n in range(3)], ward.now)
        conn.execute(update(notices).values(state="sending"))
        chat, web = _id(conn, "chat"), _id(conn, "page", "web")
        outbox.put(conn, chat, "notice", 1, {"text": "open"}, ward.now, notice_id=1)
        outbox.put(conn, chat, "notice", 2, {"text": "link", "veiled": True}, ward.now, notice_id=2)
        outbox.put(conn, chat, "notice", 3, {"text": "under way"}, ward.now, notice_id=3, lease=entry_links.VALID)
        outbox.put(conn, chat, "reply", 4, {"text": "open"}, ward.now)
        outbox.put(conn, chat, "reply", 5, {"text": "open", "veiled": False}, ward.now, lease=entry_links.VALID)
        outbox.put(conn, web, "reply", 6, {"text": "a page"}, ward.now)

    await ward.db.write(fill)
    assert await ward.db.write(outbox.withhold_content) == 1
    assert await ward.db.write(outbox.withhold_content) == 0
    states = select(outbox_table.c.serial, outbox_table.c.state).order_by(outbox_table.c.serial)
    assert [tuple(row) for row in await ward.db.read(lambda conn: conn.execute(states).all())] == [
        (1, "failed"),
        (2, "queued"),
        (3, "sending"),
        (4, "failed"),
        (5, "failed"),
        (6, "queued"),
    ]
    said = select(notices.c.state).order_by(notices.c.id)
    assert await ward.db.read(lambda conn: list(conn.scalars(said))) == ["planned", "sending", "sending"]


def _id(conn: Connection, address: str, channel: str = "telegram") -> int:
    row = accounts.find(conn, channel, address)  # type: ignore[arg-type]
    assert row
    return row.account.id
