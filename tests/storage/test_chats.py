"""Whom a channel with a window lets us write to for free, as the secretary's list is told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from conversations.incoming import ChannelName
from storage.chats import UNLIMITED, FreeFor
from storage.facts import StoredFacts
from storage.tables import accounts
from tests.storage.ward import NOW, PACK, ZONE, Ward

WINDOW: FreeFor = {"zalo_oa": timedelta(hours=48)}


async def hears(ward: Ward, address: str, when: datetime | None) -> None:
    here = accounts.c.address == address
    await ward.db.write(lambda conn: conn.execute(update(accounts).where(here).values(last_inbound_at=when)))


async def silent(ward: Ward, free_for: FreeFor = WINDOW) -> set[str]:
    def look(conn: Connection) -> set[str]:
        account = ward.facts(conn, "zalo_oa", "CHI").account
        facts = StoredFacts(conn, account, ward.now.astimezone(UTC), ZONE, lambda _: PACK, free_for=free_for)
        cell = ward.person(conn, "HOA").unit
        assert cell
        return {row.person.code for row in facts.people_progress(cell.id) if row.window_shut}

    return await ward.db.write(look)


@pytest.mark.parametrize(
    ("heard_at", "is_silent"),
    [(NOW - timedelta(hours=48), False), (NOW - timedelta(hours=48, seconds=1), True), (None, True)],
)
async def test_a_window_shuts_after_its_time(ward: Ward, heard_at: datetime | None, is_silent: bool) -> None:
    await ward.join("HOA", "zalo_oa")
    await hears(ward, "HOA", heard_at)
    assert await silent(ward) == ({"HOA"} if is_silent else set())
    assert await silent(ward, UNLIMITED) == set()


@pytest.mark.parametrize("other", ["telegram", "web", "zalo_bot"])
async def test_another_chat_keeps_a_person_in_reach(ward: Ward, other: ChannelName) -> None:
    await ward.join("HOA", "zalo_oa")
    await ward.join("HOA", other, "other")
    assert await silent(ward) == set()


async def test_who_blocked_the_chat_or_never_came_is_listed_as_that(ward: Ward) -> None:
    await ward.join("HOA", "zalo_oa")
    blocked = update(accounts).values(unreachable_since=NOW)
    await ward.db.write(lambda conn: conn.execute(blocked))
    assert await silent(ward) == set()
