"""What is the Zalo Bot Platform's own, by polling and by webhook. The walk through every door is in test_walk."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from docx import Document

from bot.settings import Settings
from bot.zalo_side import bot_name
from tests.end_to_end.committee import DUE, local
from tests.end_to_end.doors import filled_house, start_zalo_bot
from tests.end_to_end.house import START, House
from tests.end_to_end.phones import ZaloTexts, go_on
from tests.fakes.zalo_bot import FakeZaloBot, ZaloPhone


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as api:
        yield api


@pytest.fixture(params=["polling", "webhook"])
async def house(
    request: pytest.FixtureRequest, tmp_path: Path, launched: Path, migrated_file: Path, zalo: FakeZaloBot
) -> AsyncIterator[House]:
    async with filled_house(tmp_path, launched, migrated_file) as opened:
        await start_zalo_bot(opened, zalo, request.param)
        yield opened


async def at_question(house: House, zalo: FakeZaloBot, until: str = "câu 1/") -> ZaloPhone:
    """Hoa's phone, taken so far by numbers and words."""
    phone = zalo.phone()
    door = ZaloTexts(phone)
    await door.start(house.committee.invite("HOA")["HOA"])
    await go_on(door, until)
    return phone


async def test_a_message_that_comes_twice_is_one(house: House, zalo: FakeZaloBot) -> None:
    hoa = await at_question(house, zalo)
    zalo.repeats = 2
    assert "câu 2/" in await hoa.asks("Gặp 14/16 hộ, xong 30/09.")
    zalo.repeats = 1
    assert "câu 3/" in await hoa.asks("Làm xong 46 hồ sơ.")
    assert house.committee.answers_of("HOA") == {"conduct": "Gặp 14/16 hộ, xong 30/09.", "duties": "Làm xong 46 hồ sơ."}


async def test_what_is_not_text_is_answered_kindly(house: House, zalo: FakeZaloBot) -> None:
    hoa = await at_question(house, zalo)
    await hoa.send_kind("image")
    assert "Tôi chưa đọc được tin này (ảnh)" in await hoa.answer()
    await zalo.put({"nonsense": [1, 2]})
    await zalo.deliver("message.text.received", hoa, kind="GROUP", text="chào")
    assert "nhắn riêng cho trợ lý" in await hoa.answer()
    assert house.committee.answers_of("HOA") == {}


async def test_a_paper_comes_as_a_link_that_is_over_after_an_hour(house: House, zalo: FakeZaloBot) -> None:
    hoa = await at_question(house, zalo, "Mã biên nhận")
    number = next(line.split(".")[0] for line in hoa.received[-1].splitlines() if "bản in" in line.lower())
    link = re.findall(r"http\S+/p/\S+", await hoa.asks(number))[0]
    async with aiohttp.ClientSession() as browser:
        async with browser.get(link) as answer:
            assert "Nguyễn Thị Hoa" in " ".join(p.text for p in Document(BytesIO(await answer.read())).paragraphs)
        async with browser.get(link[:-3] + "AAA") as answer:
            assert answer.status == 410
        house.clock.set(START.replace(hour=12))
        async with browser.get(link) as answer:
            assert answer.status == 410


async def test_a_refused_reply_is_carried_later_and_a_block_is_told_to_the_secretary(
    house: House, zalo: FakeZaloBot
) -> None:
    hoa = await at_question(house, zalo)
    zalo.refusals.append(502)
    await hoa.say("Gặp 14/16 hộ, xong 30/09.")
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1"), "by the courier"


async def test_a_reminder_arrives_once_and_is_answered_by_number(house: House, zalo: FakeZaloBot) -> None:
    hoa = await at_question(house, zalo)
    await house.bot.stop()
    day = DUE - timedelta(days=3)
    for clock in ("08:30", "08:40"):
        await house.tick(local(day, clock))
    reminders = [text for text in hoa.received if "🔔" in text]
    assert len(reminders) == 1
    assert "1. Bắt đầu" in reminders[0]


async def test_when_the_month_is_nearly_spent_only_replies_go_out(
    house: House, zalo: FakeZaloBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoa = await at_question(house, zalo)
    await house.bot.stop()
    monkeypatch.setattr("bot.tick_once.MONTHLY_MESSAGES", 2)
    await house.tick(local(DUE - timedelta(days=3), "08:30"))
    assert not [text for text in hoa.received if "🔔" in text]


async def test_doctor_asks_for_the_bots_name(house: House, zalo: FakeZaloBot) -> None:
    settings = settings_from(house.bot.env)
    assert await bot_name(settings) == ("bot.tusoi", "")
    zalo.token = "another"
    name, reason = await bot_name(settings)
    assert name is None
    assert "401" in reason
    nowhere = settings.model_copy(update={"zalo_bot_api_base": "http://127.0.0.1:1"})
    assert "does not answer" in (await bot_name(nowhere))[1]


def settings_from(env: dict[str, str]) -> Settings:
    return Settings(_env_file=None, **{name.lower(): value for name, value in env.items()})  # type: ignore[call-arg]


async def test_a_webhook_without_the_secret_is_refused(house: House, zalo: FakeZaloBot) -> None:
    if not zalo.webhook:
        return
    async with aiohttp.ClientSession() as stranger, stranger.post(zalo.webhook["url"], json={}) as answer:
        assert answer.status == 401
