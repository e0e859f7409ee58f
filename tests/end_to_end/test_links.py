"""CHAT_CONTENT=links with the real bot on Telegram and Zalo: all happens behind links, and nothing of it leaks."""

import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select

from conversations import curtain
from conversations.words import GRADE
from review.forms import walk
from storage.tables import accounts, answers, entry_links, outbox, people
from tests.end_to_end.committee import DUE, PACK, PEOPLE, ROLES, UNITS, local
from tests.end_to_end.house import START, House, open_house
from tests.end_to_end.visiting import Page, Visitor
from tests.end_to_end.walking import PEN, WORDS
from tests.fakes.bot_api import Person
from tests.fakes.zalo_bot import FakeZaloBot, ZaloPhone

LINK = re.compile(r"^http://127\.0\.0\.1:\d+/l/[0-9a-f]{48}$", re.MULTILINE)
ROLE_WORDS = ("bí thư", "cấp ủy", "đầu mối", "chi bộ", "nhắc người", "tổng hợp", "nhận xét", "xếp loại")


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as api:
        yield api


@pytest.fixture
async def house(tmp_path: Path, launched: Path, migrated_file: Path, zalo: FakeZaloBot) -> AsyncIterator[House]:
    shutil.copy(migrated_file, tmp_path / "tusoi.db")
    async with open_house(tmp_path, launched, "polling", START) as opened:
        opened.committee.fill()
        opened.bot.env |= {"ZALO_BOT_TOKEN": zalo.token, "ZALO_BOT_API_BASE": zalo.base_url, "CHAT_CONTENT": "links"}
        await opened.bot.start()
        yield opened


def link_in(text: str) -> str:
    [link] = LINK.findall(text)
    return str(link)


async def on_telegram(house: House, code: str) -> tuple[Person, str]:
    """The invitation's start link is opened; the phone and what it then shows."""
    phone = house.phones[code] = house.api.person("Người dùng")
    return phone, (await house.asks(phone, f"/start {house.committee.invite(code)[code]}")).text


async def on_zalo(house: House, zalo: FakeZaloBot, code: str) -> tuple[ZaloPhone, str]:
    phone = zalo.phone()
    return phone, await phone.asks(f"DK {house.committee.invite(code)[code]}")


async def behind(house: House, text: str, until: str) -> Page:
    """Through the link in `text`, forward on the page until it says `until`."""
    async with Visitor(house.web) as browser:
        return await browser.walk(await browser.opens(link_in(text)), until)


def owner_of(house: House, address: str) -> str | None:
    found = select(people.c.code).select_from(accounts.join(people)).where(accounts.c.address == address)
    return next((row.code for row in house.committee.rows(found)), None)


async def test_a_whole_review_behind_links_and_not_a_word_of_it_in_any_byte(house: House, zalo: FakeZaloBot) -> None:
    hoa, text = await on_telegram(house, "HOA")
    async with Visitor(house.web) as browser:
        page = await browser.opens(link_in(text))
        assert "Đồng chí là Nguyễn Thị Hoa" in page.text
        await browser.walk(page, "Mã biên nhận")
    assert owner_of(house, str(hoa.chat.id)) == "HOA"
    nam, text = await on_zalo(house, zalo, "NAM")
    await behind(house, text, "Mã biên nhận")
    assert owner_of(house, nam.chat) == "NAM"
    mat, text = await on_zalo(house, zalo, "MAT")
    await behind(house, text, "Đã gửi nhận xét của 3 người")
    chi, text = await on_telegram(house, "CHI")
    async with Visitor(house.web) as browser:
        page = await browser.walk(await browser.opens(link_in(text)), "Mã biên nhận")
        assert "Đã nộp 3/4" in (await browser.command(page, "tonghop")).text
    await chatter(house, hoa, chi)
    await chatter_on_zalo(mat)
    binh, text = await on_telegram(house, "BINH")
    await behind(house, text, "câu 1/")
    tam, text = await on_zalo(house, zalo, "TAM")
    await behind(house, text, "câu 1/")
    await reminders(house, binh, tam)
    assert await house.bot.stop() == 0
    assert "level=error" not in house.bot.log, house.bot.log[-3000:]
    assert "/l/" not in house.bot.log
    check_silence(house, zalo)
    assert all(row.payload is None for row in house.committee.rows(select(outbox.c.payload)))


async def chatter(house: House, *phones: Person) -> None:
    """What people send into a chat all the same."""
    for phone in phones:
        for said in ("/menu", "/tonghop", "tổng hợp", "/nhac", "/dulieu", "/trogiup", "/start", "9", "/khong"):
            assert link_in((await house.asks(phone, said)).text)
        answer = await house.asks(phone, WORDS)
        assert curtain.NOT_HERE.replace("**", "") in answer.text
        first = link_in(answer.text)
        again = await house.taps(phone, "Gửi liên kết mới", of=answer)
        assert again.edited
        assert link_in(again.text) != first
        await phone.send_kind("photo")
        await phone.screen_with("không lưu")
        await phone.tap_data("3.>form.s.1.conduct")
        await phone.screen_with("không lưu")


async def chatter_on_zalo(phone: ZaloPhone) -> None:
    for said in ("menu", "tổng hợp", "/trogiup", "1", WORDS):
        assert link_in(await phone.asks(said))
    assert "1. Gửi liên kết mới" in phone.received[-1]


async def reminders(house: House, binh: Person, tam: ZaloPhone) -> None:
    """Three days before: each once, with a link that leads to what is to be done."""
    before = {code: len(phone.shown) for code, phone in house.phones.items()}
    await house.tick(local(DUE - timedelta(days=3), "08:30"))
    await house.quiet(binh)
    house.clock.set(local(DUE - timedelta(days=3), "08:35"))
    arrived = {code: phone.shown[before[code] :] for code, phone in house.phones.items()}
    assert {code: len(shown) for code, shown in arrived.items()} == {"HOA": 1, "CHI": 1, "BINH": 1}, "one a day"
    assert sum("🔔" in text for text in tam.received) == 1
    for text in (arrived["BINH"][0].text, await tam.answer("🔔")):
        assert text.startswith(curtain.REMINDER)
        page = await behind(house, text, "câu 2/")
        assert page.box is not None


def check_silence(house: House, zalo: FakeZaloBot) -> None:
    """Every byte that Telegram and Zalo were sent."""
    bodies = [f"{call.method} {call.fields}" for call in house.api.calls]
    bodies += [f"{name} {fields}" for name, fields in zalo.calls]
    assert len(bodies) > 50
    assert sum(body.startswith("setMyCommands") for body in bodies) == 1
    secrets = secrets_of(house)
    assert {"nguyễn thị hoa", "hoàn thành tốt nhiệm vụ", WORDS.lower(), "bí thư"} <= secrets
    assert len(secrets) > 100
    for body in bodies:
        found = [secret for secret in secrets if secret in body.lower()]
        assert not found, f"{found} in {body}"
    sent = [call for call in house.api.calls if call.method in ("sendMessage", "editMessageText")]
    assert all(call.fields["link_preview_options"] == {"is_disabled": True} for call in sent)
    assert {call.method for call in house.api.calls} <= {
        "getUpdates", "deleteWebhook", "setMyCommands", "deleteMyCommands", "getMe", "sendMessage", "editMessageText",
        "answerCallbackQuery",
    }  # fmt: skip


def secrets_of(house: House) -> set[str]:
    """Names, units, everything answered, grades, questions and headings, and words that tell a role."""
    names = {row.name for row in (*PEOPLE, *ROLES, *UNITS) if row.name}
    answered = {row.value for row in house.committee.rows(select(answers.c.value)) if isinstance(row.value, str)}
    asked = [one.question for form in PACK.forms.values() for one in walk(form, {})]
    headings = {text for question in asked for text in (question.title, question.ask, question.short)}
    titles = {section.title for form in PACK.forms.values() for section in form.sections}
    words = {text for text in (*answered, *headings, *titles) if len(text) > 4}
    return {text.lower() for text in (*names, *words, *GRADE.values(), *ROLE_WORDS)}


async def test_a_link_opens_once_and_a_stranger_learns_nothing(house: House) -> None:
    hoa, text = await on_telegram(house, "HOA")
    link = link_in(text)
    async with aiohttp.ClientSession() as preview:
        for _ in range(3):
            async with preview.get(link) as answer:
                assert (answer.status, "Hoa" in await answer.text()) == (200, False)
    await behind(house, text, "Cảm ơn đồng chí đã đồng ý")
    async with aiohttp.ClientSession() as stranger, stranger.post(link) as answer:
        assert answer.status == 410
        assert "đã dùng hoặc đã hết hạn" in await answer.text()
    fresh = link_in((await house.asks(hoa, "chào")).text)
    house.clock.set(START + timedelta(hours=25))
    async with aiohttp.ClientSession() as late, late.post(fresh) as answer:
        assert answer.status == 410
    text = (await house.asks(hoa, "/menu")).text
    assert "Việc của đồng chí" in (await behind(house, text, "Việc của đồng chí")).text
    assert house.committee.audit_holds()


async def test_wrong_codes_are_refused_in_the_chat_and_give_no_link(house: House, zalo: FakeZaloBot) -> None:
    phone = zalo.phone()
    assert PEN in await phone.asks("chào")
    for _ in range(4):
        said = await phone.asks("DK SAISAISAI1")
        assert "Tôi không thấy mã này" in said
        assert not LINK.findall(said)
    await phone.asks("DK SAISAISAI2")
    assert "tạm dừng nhận mã" in await phone.asks(f"DK {house.committee.invite('HOA')['HOA']}")
    assert house.committee.rows(select(entry_links)) == []


async def test_two_taps_on_the_button_are_one_way_in(house: House) -> None:
    _, text = await on_telegram(house, "HOA")
    async with Visitor(house.web) as browser:
        page = await browser.walk(await browser.opens(link_in(text)), "câu 1/")
        page = await browser.write(page, WORDS)
        async with browser.session.get(link_in(text)) as answer:
            assert str(answer.url) == browser.address, "the same browser comes back to its chat"
            assert "câu 2/" in Page(await answer.text()).text
    assert house.committee.answers_of("HOA") == {"conduct": WORDS}
    used = select(entry_links.c.used_by).where(entry_links.c.used_at.is_not(None))
    assert len(house.committee.rows(used)) == 1
