"""On the Zalo Bot Platform, by polling and by webhook: from the typed code to the end, by numbers alone."""

import re
import shutil
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
from tests.end_to_end.house import START, House, open_house
from tests.end_to_end.visiting import Visitor
from tests.end_to_end.walking import FAR, PEN, typed_for
from tests.fakes.zalo_bot import FakeZaloBot, ZaloPhone

SECRET = "zalo-webhook-secret"


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as api:
        yield api


@pytest.fixture(params=["polling", "webhook"])
async def house(
    request: pytest.FixtureRequest, tmp_path: Path, launched: Path, migrated_file: Path, zalo: FakeZaloBot
) -> AsyncIterator[House]:
    shutil.copy(migrated_file, tmp_path / "tusoi.db")
    async with open_house(tmp_path, launched, "polling", START) as opened:
        opened.committee.fill()
        env = opened.bot.env
        for name in [name for name in env if name.startswith("TELEGRAM_")]:
            del env[name]
        env |= {"ZALO_BOT_TOKEN": zalo.token, "ZALO_BOT_API_BASE": zalo.base_url, "ZALO_BOT_MODE": request.param}
        env |= {"ZALO_BOT_WEBHOOK_SECRET": SECRET}
        await opened.bot.start()
        method = "setWebhook" if request.param == "webhook" else "getUpdates"
        await zalo.until(lambda: any(name == method for name, _ in zalo.calls) or bool(zalo.webhook))
        yield opened


async def forward(phone: ZaloPhone, text: str, until: str) -> str:
    """The first choice by its number, or words where ✍️ stands."""
    for _ in range(FAR):
        if until in text:
            return text
        text = await phone.asks(typed_for(text) if PEN in text else "1")
    raise AssertionError(f"never came to «{until}»: {phone.received[-3:]}")


async def begins(house: House, zalo: FakeZaloBot, code: str) -> tuple[ZaloPhone, str]:
    phone = zalo.phone()
    return phone, await phone.asks(f"DK {house.committee.invite(code)[code]}")


async def test_every_persona_comes_to_the_end(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    assert "Đồng chí là Nguyễn Thị Hoa" in shown
    await forward(hoa, shown, "Mã biên nhận")
    assert house.committee.answers_of("HOA")["self_grade"]
    await forward(*await begins(house, zalo, "MAT"), "Đã gửi nhận xét của 3 người")
    chi, shown = await begins(house, zalo, "CHI")
    await forward(chi, shown, "Mã biên nhận")
    assert "Đã nộp 2/4" in await chi.asks("tong hop")
    assert await house.bot.stop() == 0
    assert "level=error" not in house.bot.log, house.bot.log[-3000:]
    assert zalo.token not in house.bot.log


async def test_a_draft_begun_on_zalo_is_finished_on_the_web(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 4/")
    async with Visitor(house.web) as browser:
        page = await browser.enter(house.committee.invite("HOA")["HOA"])
        page = await browser.walk(page, "câu 4/")
        await browser.walk(page, "Mã biên nhận")
    assert house.committee.answers_of("HOA")["self_grade"]


async def test_a_message_that_comes_twice_is_one(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 1/")
    zalo.repeats = 2
    assert "câu 2/" in await hoa.asks("Gặp 14/16 hộ, xong 30/09.")
    zalo.repeats = 1
    assert "câu 3/" in await hoa.asks("Làm xong 46 hồ sơ.")
    assert house.committee.answers_of("HOA") == {"conduct": "Gặp 14/16 hộ, xong 30/09.", "duties": "Làm xong 46 hồ sơ."}


async def test_what_is_not_text_is_answered_kindly(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 1/")
    await hoa.send_kind("image")
    assert "Tôi chưa đọc được tin này (ảnh)" in await hoa.answer()
    await zalo.put({"nonsense": [1, 2]})
    await zalo.deliver("message.text.received", hoa, kind="GROUP", text="chào")
    assert "nhắn riêng cho trợ lý" in await hoa.answer()
    assert house.committee.answers_of("HOA") == {}


async def test_a_paper_comes_as_a_link_that_is_over_after_an_hour(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    shown = await forward(hoa, shown, "Mã biên nhận")
    number = next(line.split(".")[0] for line in shown.splitlines() if "bản in" in line.lower())
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
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 1/")
    zalo.refusals.append(502)
    await hoa.say("Gặp 14/16 hộ, xong 30/09.")
    assert "câu 2/" in await hoa.answer("Đã lưu câu 1"), "by the courier"


async def test_a_reminder_arrives_once_and_is_answered_by_number(house: House, zalo: FakeZaloBot) -> None:
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 1/")
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
    hoa, shown = await begins(house, zalo, "HOA")
    await forward(hoa, shown, "câu 1/")
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
