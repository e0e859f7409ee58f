"""When the running worker writes to each person, and what a reply that shows home has said already."""

import pytest
from sqlalchemy import select

from conversations.incoming import ChannelName, Incoming, Reached
from storage import notices
from storage.database import Database
from storage.notices import Planned
from storage.tables import accounts
from tests.bot.reminded import OA, Reminded, at
from tests.storage.ward import Ward


@pytest.fixture
async def reminded(db: Database, database_url: str) -> Reminded:
    ward = Ward(db, database_url)
    await ward.fill()
    return Reminded(ward, own_hours=True)


async def states(reminded: Reminded, code: str = "HOA") -> list[str]:
    return [state for _, state, _, _ in await reminded.told(code)]


async def test_the_running_worker_waits_for_the_own_hour(reminded: Reminded) -> None:
    await reminded.join("HOA", "telegram")
    await reminded.hears("HOA", "telegram", at(6, "09:20"), minute=9 * 60 + 20)
    for clock, state in (("08:00", "planned"), ("09:19", "planned"), ("09:20", "sent")):
        await reminded.tick(at(7, clock))
        assert await states(reminded) == [state], clock


@pytest.mark.parametrize("own_hours", [True, False])
async def test_without_a_habit_or_for_a_single_tick_it_is_eight(reminded: Reminded, own_hours: bool) -> None:
    reminded.own_hours = own_hours
    await reminded.join("HOA", "telegram")
    await reminded.hears("HOA", "telegram", at(6), minute=None if own_hours else 9 * 60 + 45)
    await reminded.tick(at(7, "08:00"))
    assert await states(reminded) == ["sent"]


async def test_nobody_waits_until_the_window_shuts(reminded: Reminded) -> None:
    await reminded.join("HOA")
    await reminded.hears("HOA", OA, at(5, "09:00"), minute=9 * 60 + 30)
    await reminded.tick(at(7, "08:00"))
    assert await reminded.told("HOA") == [("T-3", "sent", OA, "free")]


async def test_what_somebody_asked_for_does_not_wait(reminded: Reminded) -> None:
    await reminded.join("HOA", "telegram")
    await reminded.hears("HOA", "telegram", at(1), minute=9 * 60 + 45)
    asked = [Planned(reminded.ward.ids["HOA"], "asked_by_secretary", "x", at(5, "08:10"), cycle_id=1)]
    await reminded.ward.db.write(lambda conn: notices.plan_many(conn, asked, at(5)))
    await reminded.tick(at(5, "08:10"))
    assert [state for _, state, _, _ in await reminded.told("HOA", "asked_by_secretary")] == ["sent"]


async def test_the_habit_is_learnt_from_what_people_do(reminded: Reminded) -> None:
    async def known(code: str) -> tuple[object, object]:
        here = accounts.c.address == f"{code}-telegram"
        row = await reminded.ward.db.read(lambda conn: conn.execute(select(accounts).where(here)).one())
        return row.last_inbound_at, row.usual_minute

    await reminded.join("HOA", "telegram")
    for clock, minute in (("08:40", 8 * 60 + 40), ("09:40", 8 * 60 + 55), ("20:00", 9 * 60 + 8)):
        reminded.ward.now = at(2, clock)
        await reminded.asks("HOA", "menu", "telegram")
        assert await known("HOA") == (at(2, clock), minute)
    reminded.ward.now = at(3)
    lost = Incoming("telegram", "lost", "HOA-telegram", Reached(can_be_reached=False))
    await reminded.turns.take(lost)
    assert await known("HOA") == (at(2, "20:00"), 9 * 60 + 8), "that the bot is blocked is no sign of life"


@pytest.mark.parametrize(("channel", "said"), [(OA, "sent"), ("zalo_bot", "sent"), ("telegram", "planned")])
async def test_a_reply_that_shows_home_has_said_it(reminded: Reminded, channel: ChannelName, said: str) -> None:
    await reminded.join("HOA", channel)
    await reminded.hears("HOA", channel, at(6, "20:00"), minute=9 * 60 + 30)
    await reminded.tick(at(7, "08:00"))
    reminded.ward.now = at(7, "08:05")
    await reminded.asks("HOA", "dulieu", channel)
    assert await states(reminded) == ["planned"], "that screen says nothing of it"
    await reminded.asks("HOA", "menu", channel)
    assert await reminded.told("HOA") == [("T-3", said, channel if said == "sent" else None, "free")]
    await reminded.tick(at(7, "09:50"))
    assert await reminded.told("HOA") == [("T-3", "sent", channel, "free")]


async def test_what_is_not_needed_any_more_is_not_said_by_home(reminded: Reminded) -> None:
    await reminded.join("HOA")
    await reminded.hears("HOA", OA, at(6, "20:00"), minute=9 * 60 + 30)
    await reminded.tick(at(7, "08:00"))
    await reminded.submits("HOA")
    await reminded.asks("HOA", "menu")
    assert await states(reminded) == ["planned"]


async def test_a_stranger_on_a_sparing_channel_is_only_answered(reminded: Reminded) -> None:
    await reminded.asks("NOBODY", "menu")
    await reminded.ward.join("HOA", OA, "HOA-zalo_oa", consent=False)
    await reminded.tick(at(7, "08:00"))
    await reminded.asks("HOA", "menu")
    assert "sent" not in await states(reminded), "consent is asked for, not work"
