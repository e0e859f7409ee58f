"""Accounts, web sessions and the inbox."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from conversations.place import Place, State
from storage import accounts, inbox, sessions
from storage.database import Database
from storage.tables import accounts as accounts_table
from storage.tables import web_sessions

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


async def test_a_chat_is_one_account_however_many_come_at_once(db: Database) -> None:
    found = await asyncio.gather(
        *(db.write(lambda conn: accounts.find_or_create(conn, "telegram", "42", NOW)) for _ in range(8))
    )
    assert len({row.account.id for row in found}) == 1
    other = await db.write(lambda conn: accounts.find_or_create(conn, "web", "42", NOW))
    assert other.account.id != found[0].account.id
    assert await db.read(lambda conn: conn.scalar(select(func.count()).select_from(accounts_table))) == 2


async def test_a_new_account_stands_at_the_beginning(db: Database) -> None:
    row = await db.write(lambda conn: accounts.find_or_create(conn, "telegram", "42", NOW))
    assert (row.state, row.account.person_id, row.address, row.last_inbound_at) == (State(), None, "42", None)


async def test_the_state_comes_back_as_it_was(db: Database) -> None:
    state = State(Place.of("form", "self_review", 12, "scores.c03"), 41, "✅ Đã lưu «câu 7».")
    row = await db.write(lambda conn: accounts.find_or_create(conn, "telegram", "42", NOW))
    await db.write(lambda conn: accounts.save_state(conn, row.account.id, state, NOW))
    later = NOW + timedelta(hours=1)
    await db.write(lambda conn: accounts.save_state(conn, row.account.id, state, None))
    found = await db.read(lambda conn: accounts.find(conn, "telegram", "42"))
    assert found
    assert (found.state, found.last_inbound_at) == (state, NOW)
    assert await db.read(lambda conn: accounts.find(conn, "web", "42")) is None
    assert later > NOW


async def test_turns_of_one_account_follow_each_other(db: Database) -> None:
    """Eight at once each read the serial and write one more: none is lost."""

    def turn(conn: Connection) -> None:
        row = accounts.find_or_create(conn, "telegram", "42", NOW)
        accounts.save_state(conn, row.account.id, row.state.moved(Place("home")))

    async def fifty() -> None:
        for _ in range(50):
            await db.write(turn)

    await asyncio.gather(*(fifty() for _ in range(8)))
    row = await db.read(lambda conn: accounts.find(conn, "telegram", "42"))
    assert row
    assert row.state.serial == 400


async def test_the_same_delivery_is_news_once(db: Database) -> None:
    news = await asyncio.gather(*(db.write(lambda conn: inbox.remember(conn, "telegram", "7", NOW)) for _ in range(8)))
    assert news.count(True) == 1
    assert await db.write(lambda conn: inbox.remember(conn, "web", "7", NOW))
    assert await db.write(lambda conn: inbox.forget_before(conn, NOW)) == 0
    assert await db.write(lambda conn: inbox.forget_before(conn, NOW + timedelta(seconds=1))) == 2
    assert await db.write(lambda conn: inbox.remember(conn, "telegram", "7", NOW))


async def test_only_its_token_opens_a_session(db: Database) -> None:
    sid, token = await db.write(lambda conn: sessions.open_session(conn, NOW))
    other_sid, other_token = await db.write(lambda conn: sessions.open_session(conn, NOW))

    async def holds(sid: str, token: str) -> bool:
        return await db.read(lambda conn: sessions.holds(conn, sid, token))

    assert await holds(sid, token)
    assert await holds(other_sid, other_token)
    for wrong in (other_token, "", token[:-1], "đ", token.upper()):
        assert not await holds(sid, wrong)
    assert not await holds("nobody", token)
    assert not await holds("nobody", "")

    def revoke(conn: Connection) -> None:
        row = accounts.find(conn, "web", sid)
        assert row
        sessions.revoke(conn, [row.account.id], NOW)

    await db.write(revoke)
    assert not await holds(sid, token)
    assert await holds(other_sid, other_token)


async def test_a_session_is_an_account_and_its_token_is_not_kept(db: Database) -> None:
    sid, token = await db.write(lambda conn: sessions.open_session(conn, NOW))
    row = await db.read(lambda conn: accounts.find(conn, "web", sid))
    assert row
    assert row.account.channel == "web"
    kept = await db.read(lambda conn: conn.execute(select(web_sessions)).one())
    assert token not in str(kept)
