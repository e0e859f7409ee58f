"""Reminders on the wire: to whom, when, how often, and what they do not say. `tick` is what `tusoi tick --at` runs."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from conversations.words import GRADE
from storage.tables import notices
from tests.end_to_end.committee import DUE, PEOPLE, ROLES, local
from tests.end_to_end.house import House
from tests.end_to_end.walking import PEN
from tests.fakes.bot_api import Shown

SLOTS = (7, 3, 1, 0, -1)
NAMES = {row.name for row in (*PEOPLE, *ROLES) if row.name}


def on(ahead: int, clock: str = "08:30") -> tuple[date, str]:
    return DUE - timedelta(days=ahead), clock


@pytest.fixture
async def ready(house: House) -> House:
    """Hoa lacks her self-review, Nam has handed in, Chi leads the cell, Mặt answers for the area; no bot runs."""
    await house.bot.start()
    for code in ("HOA", "NAM", "CHI", "MAT"):
        await house.joins(code)
    house.committee.submits("NAM")
    assert await house.bot.stop() == 0
    return house


async def tick(house: House, day: date, clock: str) -> dict[str, list[Shown]]:
    """What arrives at each phone through one tick; phones that get nothing are left out."""
    before = {code: len(phone.shown) for code, phone in house.phones.items()}
    await house.tick(local(day, clock))
    arrived = {code: phone.shown[before[code] :] for code, phone in house.phones.items()}
    return {code: shown for code, shown in arrived.items() if shown}


async def test_each_slot_once_and_only_to_who_lacks_something(ready: House) -> None:
    said: list[str] = []
    for ahead in SLOTS:
        assert await tick(ready, *on(ahead, "07:30")) == {}
        arrived = await tick(ready, *on(ahead))
        assert {code: len(shown) for code, shown in arrived.items()} == {"HOA": 1, "CHI": 2}, f"T-{ahead}"
        said += [shown.text for shown in arrived["HOA"]]
        for clock in ("08:30", "08:31", "09:59", "10:30", "22:00"):
            assert await tick(ready, *on(ahead, clock)) == {}, f"T-{ahead} {clock}"
    assert len(set(said)) == len(said), "never the same text twice"


@pytest.mark.parametrize("ahead", [8, 6, 5, 4, 2, -2])
async def test_nothing_on_other_days(ready: House, ahead: int) -> None:
    assert await tick(ready, *on(ahead)) == {}


async def test_a_late_start_does_not_write_at_noon(ready: House) -> None:
    assert await tick(ready, *on(3, "12:00")) == {}
    assert await tick(ready, *on(2)) == {}


async def test_remarks_due_goes_to_the_contact(ready: House) -> None:
    arrived = await tick(ready, date(2026, 12, 17), "08:30")
    assert {code: len(shown) for code, shown in arrived.items()} == {"MAT": 1}
    assert "3 người" in arrived["MAT"][0].text


async def test_no_name_no_answer_no_grade_in_any_byte(ready: House) -> None:
    ready.bot.clock.set(local(DUE - timedelta(days=8), "15:00"))
    await ready.bot.start()
    hoa = ready.phones["HOA"]
    question = await ready.taps(hoa, 1, of=await ready.asks(hoa, "/menu"))
    assert PEN in question.text
    await ready.asks(hoa, "Một điều riêng của tôi, chưa ai được đọc.")
    assert await ready.bot.stop() == 0
    calls = len(ready.api.calls)
    for ahead in SLOTS:
        assert await tick(ready, *on(ahead))
    bodies = [str(call.fields) for call in ready.api.calls[calls:]]
    assert len(bodies) == 3 * len(SLOTS)
    for body in bodies:
        found = [word for word in (*NAMES, *GRADE.values(), "Một điều riêng") if word.lower() in body.lower()]
        assert not found, f"{found} in {body}"


async def test_beside_a_running_bot_each_goes_out_once(ready: House) -> None:
    for ahead in SLOTS:
        day, clock = on(ahead)
        seen = {code: len(phone.shown) for code, phone in ready.phones.items()}
        ready.bot.clock.set(local(day, clock))
        await ready.bot.fork()  # its first round runs beside these two
        await asyncio.gather(ready.tick(local(day, clock)), ready.tick(local(day, clock)))
        for code, most in (("HOA", 1), ("CHI", 2)):
            phone = ready.phones[code]
            await ready.api.until(lambda p=phone, n=seen[code] + most: len(p.shown) >= n)
            await ready.quiet(phone)
        await ready.bot.started()
        assert await ready.bot.stop() == 0, ready.bot.log[-3000:]
        arrived = {code: len(phone.shown) - seen[code] for code, phone in ready.phones.items()}
        assert arrived == {"HOA": 1, "CHI": 2, "NAM": 0, "MAT": 0}, f"T-{ahead}"
    states = Counter(row.state for row in ready.committee.rows(select(notices.c.state)))
    assert states.keys() <= {"sent", "skipped"}, states


async def test_who_is_writing_is_not_interrupted_and_who_hands_in_hears_nothing(ready: House) -> None:
    day, _ = on(3)
    ready.bot.clock.set(local(day, "07:55"))
    await ready.bot.start()
    await ready.asks(ready.phones["HOA"], "/menu")
    assert await ready.bot.stop() == 0
    assert "HOA" not in await tick(ready, day, "08:00")
    ready.committee.submits("HOA")
    assert await tick(ready, day, "08:30") == {}
    kinds = select(notices.c.state).where(notices.c.kind == "self_review_due", notices.c.state == "skipped")
    assert len(ready.committee.rows(kinds)) == 1


async def test_who_stops_writing_hears_it_later_the_same_morning(ready: House) -> None:
    day, _ = on(3)
    ready.bot.clock.set(local(day, "07:55"))
    await ready.bot.start()
    await ready.asks(ready.phones["HOA"], "/menu")
    assert await ready.bot.stop() == 0
    assert "HOA" not in await tick(ready, day, "08:00")
    assert "HOA" in await tick(ready, day, "08:30")


async def test_at_most_two_a_day(ready: House) -> None:
    day, clock = on(3)
    assert len((await tick(ready, day, clock))["CHI"]) == 2
    ready.bot.clock.set(local(day, "09:00"))
    await ready.bot.start()
    hoa = ready.phones["HOA"]
    help_screen = await ready.asks(hoa, "/trogiup")
    assert "đã báo bí thư" in (await ready.taps(hoa, "Tôi cần giúp", of=help_screen)).text
    assert await ready.bot.stop() == 0
    assert "CHI" not in await tick(ready, day, "09:05")
    assert "CHI" not in await tick(ready, day, "16:00")
    tomorrow = await tick(ready, day + timedelta(days=1), "08:30")
    assert "cần giúp" in tomorrow["CHI"][0].text


async def test_its_first_choice_leads_back_to_the_form(ready: House) -> None:
    hoa, chi = ready.phones["HOA"], ready.phones["CHI"]
    arrived = await tick(ready, *on(3))
    ready.bot.clock.set(local(on(3)[0], "08:45"))
    await ready.bot.start()
    question = await ready.taps(hoa, 1, of=arrived["HOA"][0])
    assert PEN in question.text
    assert "câu 1/" in question.text
    board = await ready.taps(chi, 1, of=next(s for s in arrived["CHI"] if "Đã nộp" in s.text))
    assert "Đã nộp 1/" in board.text


async def test_a_digest_counts_and_names_nobody(ready: House) -> None:
    digest = next(s for s in (await tick(ready, *on(1)))["CHI"] if "Đã nộp" in s.text)
    assert "Đã nộp 1/4" in digest.text
    assert "Chưa vào 1" in digest.text


async def test_reminding_at_night_waits_for_the_morning(ready: House) -> None:
    night = DUE - timedelta(days=5)
    ready.bot.clock.set(local(night, "21:30"))
    await ready.bot.start()
    chi = ready.phones["CHI"]
    asking = await ready.asks(chi, "/nhac")
    assert "Nhắc 1 người" in asking.text
    await ready.taps(chi, 1, of=asking)
    assert await ready.bot.stop() == 0
    for day, clock in ((night, "21:40"), (night, "23:59"), (night + timedelta(days=1), "06:59")):
        assert await tick(ready, day, clock) == {}
    arrived = await tick(ready, night + timedelta(days=1), "07:05")
    assert {code: len(shown) for code, shown in arrived.items()} == {"HOA": 1}
    assert "Bí thư chi bộ nhờ tôi nhắc" in arrived["HOA"][0].text
    assert await tick(ready, night + timedelta(days=1), "07:06") == {}
