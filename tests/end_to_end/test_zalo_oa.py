"""What is the Official Account's own, with the real bot: follow and leave, windows, tokens, a busy database."""

import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from docx import Document
from sqlalchemy import select

from storage.tables import accounts, notices, outbox
from tests.end_to_end.committee import local
from tests.end_to_end.doors import connect, filled_house
from tests.end_to_end.house import START, House
from tests.end_to_end.phones import ZaloTexts, go_on
from tests.fakes.zalo_oa import FakeZaloOa, OaPhone
from tests.fakes.zalo_oa.account import ACCESS_LASTS

FACTS = "Gặp 14/16 hộ, xong 30/09."


@pytest.fixture
async def house(tmp_path: Path, launched: Path, migrated_file: Path) -> AsyncIterator[House]:
    async with filled_house(tmp_path, launched, migrated_file) as opened:
        yield opened


@pytest.fixture
async def oa(house: House) -> AsyncIterator[FakeZaloOa]:
    """Connected; the bot runs."""
    async with FakeZaloOa(house.clock) as api:
        connect(house, api)
        await house.bot.start()
        yield api
        if house.bot.pid:
            await house.bot.stop()
        for token in (*api.account.access, *api.account.refresh, api.account.secret, api.account.app_secret):
            assert token not in house.bot.log
        assert max(seconds for _, seconds in api.pushed) < 2, "Zalo waits two seconds"


async def at_question(house: House, oa: FakeZaloOa, until: str = "câu 1/") -> OaPhone:
    """Hoa's phone, taken so far by buttons and words."""
    phone = oa.phone()
    door = ZaloTexts(phone)
    await door.start(house.committee.invite("HOA")["HOA"])
    await go_on(door, until)
    return phone


async def test_a_follower_is_greeted_and_joins_by_the_code(house: House, oa: FakeZaloOa) -> None:
    phone = oa.phone()
    await phone.follow()
    assert "mã" in (await phone.answer()).lower()
    code = house.committee.invite("HOA")["HOA"]
    assert "Đồng chí là Nguyễn Thị Hoa" in await phone.asks(f"đk {code.lower()}")
    assert phone.buttons[0] == ("Đúng, là tôi", "1")
    assert "Trước khi bắt đầu" in await phone.press(1)


async def test_following_again_changes_nothing(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa, "câu 2/")
    before = house.committee.everything_answered()
    await hoa.unfollow()
    gone = select(accounts.c.id).where(accounts.c.unreachable_since.is_not(None))
    await house.until(lambda: house.committee.rows(gone))
    assert "Việc của đồng chí" in await hoa.asks("/menu"), "whoever writes can be written to, also without following"
    assert house.committee.rows(gone) == []
    await hoa.unfollow()
    await house.until(lambda: house.committee.rows(gone))
    await hoa.follow()
    await hoa.answer("Việc của đồng chí")
    assert house.committee.rows(gone) == []
    assert house.committee.everything_answered() == before


async def test_a_message_that_comes_twice_is_one(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    oa.repeats = 2
    assert "câu 2/" in await hoa.asks(FACTS)
    oa.repeats = 1
    assert "câu 3/" in await hoa.asks("Làm xong 46 hồ sơ.")
    assert house.committee.answers_of("HOA") == {"conduct": FACTS, "duties": "Làm xong 46 hồ sơ."}


async def test_what_is_not_text_is_answered_kindly(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    await hoa.send_kind("image")
    assert "Tôi chưa đọc được tin này (ảnh)" in await hoa.answer()
    assert await oa.put({"nonsense": [1, 2]}) == 200
    assert await oa.put({"event_name": "user_send_text"}, signed="mac=0") == 401
    assert house.committee.answers_of("HOA") == {}


async def test_a_paper_comes_as_a_link_that_is_over_after_an_hour(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa, "Mã biên nhận")
    number = next(int(payload) for label, payload in hoa.buttons if "bản in" in label.lower())
    link = re.findall(r"http\S+/p/\S+", await hoa.press(number))[0]
    async with aiohttp.ClientSession() as browser:
        async with browser.get(link) as answer:
            assert "Nguyễn Thị Hoa" in " ".join(p.text for p in Document(BytesIO(await answer.read())).paragraphs)
        house.clock.set(START.replace(hour=12))
        async with browser.get(link) as answer:
            assert answer.status == 410


@pytest.mark.parametrize("trouble", ["502", "cut"])
async def test_a_reply_without_an_answer_is_carried_again(house: House, oa: FakeZaloOa, trouble: str) -> None:
    hoa = await at_question(house, oa)
    oa.troubles.append(trouble)  # type: ignore[arg-type]
    await hoa.say(FACTS)
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1")
    assert house.committee.answers_of("HOA") == {"conduct": FACTS}


async def test_a_token_zalo_no_longer_takes_is_renewed_and_the_reply_follows(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    house.clock.set(START + timedelta(hours=2))
    oa.account.access.clear()
    await hoa.say(FACTS)
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1")
    assert len(oa.account.exchanges) == 2


async def test_over_days_the_pair_is_renewed_by_itself(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    for nth in (1, 2, 3):
        house.clock.set(START + nth * ACCESS_LASTS)
        assert "Việc của đồng chí" in await hoa.asks("/menu")
    assert len(oa.account.exchanges) == len(set(oa.account.exchanges)) == 4


async def test_killed_between_the_exchange_and_the_saving(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    house.clock.set(START + ACCESS_LASTS - timedelta(hours=1))
    oa.oauth_troubles.append("hang")
    await hoa.say(FACTS)
    await house.until(lambda: len(oa.account.exchanges) == 2)
    await house.bot.kill()
    house.clock.set(house.clock() + timedelta(minutes=3))
    await house.bot.start()
    await house.until(lambda: "zalo_oa_needs_a_grant: grant again with: tusoi zalo-oa connect" in house.bot.log)
    assert len(oa.account.exchanges) == 2, "the refresh token is not tried again"
    connect(house, oa)
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1")
    assert house.committee.answers_of("HOA") == {"conduct": FACTS}


@pytest.mark.parametrize(
    "heard",
    [
        ((1, 0, 1), (2, 0, 2), (3, 0, 2), (4, 0, 2)),
        ((1, 0, 1), (3, 1, 2), (4, 1, 2), (5, 1, 2)),
    ],
    ids=["the last but one came early, while it was free", "the bot was off that day, so it is paid for"],
)
async def test_reminders_while_it_is_free_then_one_paid_then_none(
    house: House, oa: FakeZaloOa, heard: tuple[tuple[int, int, int], ...]
) -> None:
    """Days after she wrote, messages paid for and reminders so far: due on the fourth day, free for two."""
    hoa = await at_question(house, oa)
    await house.bot.stop()
    house.committee.moves_dates(self_reviews_due=START.date() + timedelta(days=4))
    for days, paid, reminders in heard:
        day = START.date() + timedelta(days=days)
        at = local(day, "09:00")
        house.clock.set(at)
        renew(house, oa)
        for _ in range(2):
            await house.tick(at)
        assert (oa.account.paid, len(reminders_of(hoa))) == (paid, reminders), f"after {days} days"
    house.committee.moves_dates(self_reviews_due=START.date() + timedelta(days=10))
    at = local(START.date() + timedelta(days=9), "09:00")
    house.clock.set(at)
    renew(house, oa)
    calls = len(oa.calls)
    for _ in range(3):
        await house.tick(at)
    assert len(reminders_of(hoa)) == 2
    assert len(oa.calls) == calls, "the program knows by itself that the window is shut"


async def test_a_window_zalo_says_is_shut_waits_for_the_person(house: House, oa: FakeZaloOa) -> None:
    hoa = await at_question(house, oa)
    await house.bot.stop()
    hoa.last_interaction = None
    house.committee.moves_dates(self_reviews_due=START.date() + timedelta(days=4))
    at = local(START.date() + timedelta(days=1), "08:30")
    house.clock.set(at)
    renew(house, oa)
    for minute in range(4):
        await house.tick(at + timedelta(minutes=minute))
    assert reminders_of(hoa) == []
    kept = select(outbox.c.error).where(outbox.c.lane == "notice")
    assert [tuple(row) for row in house.committee.rows(kept)] == [("window_shut",)], "asked once, no loop"
    waiting = select(notices.c.state).where(notices.c.kind == "self_review_due")
    assert ("planned",) in [tuple(row) for row in house.committee.rows(waiting)]
    await house.bot.start()
    await hoa.asks(FACTS)
    await house.bot.stop()
    await house.tick(at + timedelta(minutes=45))
    assert len(reminders_of(hoa)) == 1, "in the answer to what he wrote, and not once more"


async def test_when_the_database_is_busy_zalo_is_answered_in_time(house: House, oa: FakeZaloOa, tmp_path: Path) -> None:
    hoa = await at_question(house, oa)
    holding = await holds_the_database(house, tmp_path)
    await hoa.say(FACTS)
    assert oa.pushed[-1][0] == 200
    assert 1.4 < oa.pushed[-1][1] < 2
    assert house.committee.answers_of("HOA") == {}
    holding.execute("ROLLBACK")
    holding.close()
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1"), "it was finished all the same"
    assert house.committee.answers_of("HOA") == {"conduct": FACTS}


async def test_a_database_that_is_away_too_long_is_said(house: House, oa: FakeZaloOa, tmp_path: Path) -> None:
    hoa = await at_question(house, oa)
    holding = await holds_the_database(house, tmp_path)
    await hoa.say(FACTS)
    assert "Máy chủ đang bận" in await hoa.answer()
    holding.execute("ROLLBACK")
    holding.close()
    assert "câu 2/" in await hoa.asks(FACTS)


async def holds_the_database(house: House, folder: Path) -> sqlite3.Connection:
    """Nobody else can write until it is given back; everything sent so far has been noted."""
    owed = select(outbox.c.id).where(outbox.c.state.in_(("queued", "sending")))
    await house.until(lambda: not house.committee.rows(owed))
    holding = sqlite3.connect(folder / "tusoi.db", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    return holding


def reminders_of(phone: OaPhone) -> list[str]:
    return [text for text in phone.received if "🔔" in text]


def renew(house: House, oa: FakeZaloOa) -> None:
    """The program was off; somebody has connected it again by this day."""
    connect(house, oa)
