"""Ten days on a channel that closes: free, paid once, held, brought forward; on SQLite and on PostgreSQL."""

from datetime import datetime

import pytest

from bot import worker
from bot.purse import Purse
from storage import chats, notices
from storage.database import Database
from storage.notices import Planned
from tests.bot.reminded import OA, Reminded, at
from tests.storage.ward import Ward

DUE = 10


@pytest.fixture
async def reminded(db: Database, database_url: str) -> Reminded:
    ward = Ward(db, database_url)
    await ward.fill()
    return Reminded(ward)


async def ten_days(reminded: Reminded) -> None:
    for day in range(2, 13):
        for clock in ("07:30", "08:00", "09:50", "10:30", "20:00"):
            await reminded.tick(at(day, clock))


async def test_who_answers_every_evening_is_reminded_on_every_slot_for_free(reminded: Reminded) -> None:
    await reminded.join("HOA")
    for day in range(1, 12):
        await reminded.hears("HOA", OA, at(day, "20:00"))
        for clock in ("08:00", "10:30"):
            await reminded.tick(at(day + 1, clock))
    said = [(slot, "sent", OA, "free") for slot in ("T-7", "T-3", "T-1", "T", "T+1")]
    assert await reminded.told("HOA") == said


async def test_who_falls_silent_hears_the_next_one_early_and_pays_once(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "12:00"))
    await ten_days(reminded)
    assert await reminded.told("NAM") == [
        ("T-7", "sent", OA, "free"),  # a message of the future is still free
        ("T-3", "sent", OA, "early"),  # on the sixth, when the window shuts at noon
        ("T-1", "sent", OA, "paid"),
        ("T", "skipped", None, "free"),
        ("T+1", "skipped", None, "free"),
    ]


async def test_an_early_one_comes_on_the_last_free_morning(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "20:00"))
    for day, said in ((4, 0), (5, 0), (6, 1), (7, 1)):
        await reminded.tick(at(day))
        assert len(await reminded.told("NAM")) == said, day


async def test_who_is_silent_for_too_long_is_held_and_not_written_to(reminded: Reminded) -> None:
    await reminded.join("BINH", heard_at=at(0, "07:00"))
    await ten_days(reminded)
    assert {state for _, state, _, _ in await reminded.told("BINH")} == {"skipped"}
    assert len(await reminded.told("BINH")) == 5


async def test_a_message_reopens_the_window_for_what_is_held(reminded: Reminded) -> None:
    await reminded.join("BINH", heard_at=at(0, "07:00"))
    await reminded.tick(at(7))
    assert await reminded.told("BINH") == [("T-3", "planned", None, "free")]
    await reminded.asks("BINH", "dulieu")
    assert await reminded.told("BINH") == [("T-3", "planned", None, "free")], "no reply about what is missing"
    await reminded.tick(at(7, "08:20"))
    assert await reminded.told("BINH") == [("T-3", "sent", OA, "free")]


async def test_another_chat_that_is_open_is_used_at_no_cost(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "12:00"))
    await reminded.join("NAM", "telegram", at(1))
    await reminded.join("HOA", heard_at=at(4, "12:00"))
    await reminded.join("HOA", "web", at(1))
    await ten_days(reminded)
    for code, channel in (("NAM", "telegram"), ("HOA", "web")):
        told = await reminded.told(code)
        assert [(slot, state) for slot, state, _, _ in told] == [
            (slot, "sent") for slot in ("T-7", "T-3", "T-1", "T", "T+1")
        ]
        assert [used for _, _, used, _ in told] == [OA, *[channel] * 4], "each chat while it is the better one"
        assert all(how == "free" for *_, how in told)


@pytest.mark.parametrize("channel", ["telegram", "zalo_bot"])
async def test_channels_without_a_window_are_as_before(reminded: Reminded, channel: str) -> None:
    await reminded.join("NAM", channel, at(0))  # type: ignore[arg-type]
    await ten_days(reminded)
    assert await reminded.told("NAM") == [(slot, "sent", channel, "free") for slot in ("T-7", "T-3", "T-1", "T", "T+1")]


async def test_one_paid_message_for_a_person_and_a_date(reminded: Reminded) -> None:
    """The secretary lacks the own review and has a digest to get, both the day before the same date."""
    await reminded.join("TAM", heard_at=at(4, "20:00"))
    await reminded.tick(at(9))
    assert await reminded.told("TAM") == [("T-1", "sent", OA, "paid")]
    assert await reminded.told("TAM", "digest") == [("T-1", "planned", None, "free")]
    await reminded.tick(at(9, "09:00"))
    assert await reminded.told("TAM", "digest") == [("T-1", "planned", None, "free")]
    spent = await reminded.ward.db.read(lambda conn: notices.paid_since(conn, at(1, "00:00")))
    assert spent == [(reminded.ward.ids["TAM"], "2026-12-10")]


async def test_taking_a_second_paid_one_is_refused(reminded: Reminded) -> None:
    ids, slot = reminded.ward.ids, "2026-12-10 T-1"
    planned = [Planned(ids[code], kind, slot, at(9)) for code, kind in
               (("NAM", "digest"), ("NAM", "self_review_due"), ("HOA", "digest"))]  # fmt: skip
    await reminded.ward.db.write(lambda conn: notices.plan_many(conn, planned, at(9)))
    taken = [
        await reminded.ward.db.write(lambda conn, nth=nth: notices.take(conn, nth, paid=True)) for nth in (1, 2, 3)
    ]
    assert taken == [True, False, True]
    await reminded.ward.db.write(lambda conn: notices.settle(conn, 1, "skipped"))
    assert await reminded.ward.db.read(lambda conn: notices.paid_since(conn, at(1))) == [(ids["HOA"], "2026-12-10")]
    assert await reminded.ward.db.write(lambda conn: notices.take(conn, 2, paid=True)), "the first cost nothing"


async def test_what_is_needless_costs_nothing(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "20:00"))
    await reminded.tick(at(9, "07:00"))
    await reminded.submits("NAM")
    await reminded.tick(at(9))
    assert await reminded.told("NAM") == [("T-1", "skipped", None, "free")]


async def test_the_month_has_an_end(reminded: Reminded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "Purse", lambda spent: Purse(spent, monthly=1))
    for code in ("NAM", "HOA"):
        await reminded.join(code, heard_at=at(4, "20:00"))
    await reminded.tick(at(9))
    states = [await reminded.told(code) for code in ("HOA", "NAM")]
    assert sorted(how for [(_, _, _, how)] in states) == ["free", "paid"]


async def test_what_came_early_counts_among_the_two_of_a_day_and_is_not_lost(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "20:00"))
    asked = [
        Planned(reminded.ward.ids["NAM"], "asked_by_secretary", str(n), at(6, "07:10"), cycle_id=1) for n in (1, 2)
    ]
    await reminded.ward.db.write(lambda conn: notices.plan_many(conn, asked, at(6)))
    await reminded.tick(at(6, "07:10"))
    await reminded.tick(at(6))
    assert await reminded.told("NAM") == [("T-3", "planned", None, "early")]
    await reminded.tick(at(6, "20:00"))
    assert await reminded.told("NAM") == [("T-3", "planned", None, "early")], "not said at another time of the day"
    await reminded.hears("NAM", OA, at(6, "21:00"))
    await reminded.tick(at(7))
    assert await reminded.told("NAM") == [("T-3", "sent", OA, "free")]


async def test_nothing_comes_early_on_the_day_of_the_opening(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(-12, "20:00"))
    opened = at(-10)
    await reminded.tick(opened)
    assert await reminded.told("NAM") == []
    await reminded.hears("NAM", OA, at(-11, "20:00"))
    await reminded.tick(at(-9))
    assert await reminded.told("NAM") == [("T-7", "sent", OA, "early")]


async def test_who_has_two_chats_that_close_is_in_reach_as_long_as_the_later_one(reminded: Reminded) -> None:
    await reminded.join("NAM", heard_at=at(4, "20:00"))
    await reminded.ward.join("NAM", OA, "another")

    async def shutting(now: datetime, before: datetime) -> dict[int, datetime]:
        return await reminded.ward.db.read(lambda conn: chats.shutting(conn, {OA: at(3) - at(1)}, now, before))

    nam = reminded.ward.ids["NAM"]
    assert await shutting(at(6), at(7)) == {nam: at(6, "20:00")}, "nothing was ever heard from the other"
    await reminded.ward.does("another", channel=OA)
    assert await shutting(at(5), at(6)) == {}
