"""Trouble on the wire and at the stop: the screen comes at least once, an answer is stored exactly once."""

import asyncio
import time
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import select

from storage.tables import accounts, answer_history, notices
from tests.end_to_end.committee import DUE, local
from tests.end_to_end.house import House
from tests.end_to_end.process import SECRET
from tests.fakes.bot_api import Fault, Person

ANSWER = "Giữ gìn đoàn kết, họp đủ 12 buổi, xong 30/09."
OWN_WORDS = {
    "HOA": ANSWER,
    "NAM": "Dạy 38 tiết, chủ nhiệm lớp 7B, vắng một buổi học nghị quyết.",
    "BINH": "Mổ ruột thừa tháng 4 nên nghỉ ba tuần, đóng đảng phí đúng hạn.",
    "TAM": "Làm tổ trưởng vay vốn, thu nợ 24 hộ, hai hộ trả chậm.",
}
"""Nobody gets the hint that an answer is like another's."""
TROUBLES = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "502 of a proxy": {"status": 502, "plain": True},
    "cut before": {"cut": "before"},
    "cut after": {"cut": "after"},
}


async def at_first_question(house: House, code: str = "HOA") -> Person:
    phone = await house.joins(code)
    assert "câu 1/" in (await house.taps(phone, 1, of=phone.newest)).text
    phone.skip()
    return phone


def nothing_twice(house: House, code: str = "HOA") -> None:
    assert house.committee.answers_of(code) == {"conduct": OWN_WORDS[code]}
    assert house.committee.rows(select(answer_history)) == []


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_reply_meets_trouble(either_house: House, trouble: str) -> None:
    house = either_house
    await house.bot.start()
    hoa = await at_first_question(house)
    house.api.faults.add(Fault("sendMessage", chat=hoa.chat.id, times=2, **TROUBLES[trouble]))  # type: ignore[arg-type]
    await hoa.send(ANSWER)
    assert "câu 2/" in (await hoa.screen_with("Đã lưu")).text
    await house.quiet(hoa)
    nothing_twice(house)
    assert "câu 3/" in (await house.asks(hoa, ANSWER)).text


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_drawn_over_screen_meets_trouble(house: House, trouble: str) -> None:
    await house.bot.start()
    hoa = await house.joins("HOA")
    house.api.faults.add(Fault("editMessageText", chat=hoa.chat.id, **TROUBLES[trouble]))  # type: ignore[arg-type]
    await hoa.tap(1, of=hoa.newest)
    await hoa.screen_with("câu 1/")
    await house.quiet(hoa)
    await hoa.send(ANSWER)
    await hoa.screen_with("câu 2/")
    nothing_twice(house)


async def test_a_person_who_shuts_the_bot_out_is_told_to_the_secretary(either_house: House) -> None:
    house = either_house
    await house.bot.start()
    chi, hoa = await house.joins("CHI"), await at_first_question(house)
    house.api.faults.add(Fault("sendMessage", status=403, chat=hoa.chat.id, times=9))
    await hoa.send(ANSWER)
    gone = select(accounts.c.id).where(accounts.c.unreachable_since.is_not(None))
    await house.until(lambda: house.committee.rows(gone))
    nothing_twice(house)
    assert await house.bot.stop() == 0
    chi.skip()
    await house.tick(house.clock() + timedelta(minutes=11))
    assert "không nhắn được cho đồng chí Nguyễn Thị Hoa" in (await chi.screen()).text
    house.api.faults.clear()
    await house.bot.start()
    await hoa.unblock()
    await house.until(lambda: not house.committee.rows(gone))


async def test_a_reminder_to_who_has_blocked_the_bot(house: House) -> None:
    await house.bot.start()
    chi, hoa = await house.joins("CHI"), await house.joins("HOA")
    assert await house.bot.stop() == 0
    hoa.chat.blocked = True
    day = DUE - timedelta(days=3)
    await house.tick(local(day, "08:30"))
    states = {
        row.state for row in house.committee.rows(select(notices.c.state).where(notices.c.kind == "self_review_due"))
    }
    assert states == {"sent", "failed"}
    chi.skip()
    await house.tick(local(day + timedelta(days=1), "07:30"))
    assert "không nhắn được cho đồng chí Nguyễn Thị Hoa" in (await chi.screen()).text


async def test_a_webhook_request_needs_the_secret_and_may_come_twice(either_house: House) -> None:
    house = either_house
    if house.bot.env["TELEGRAM_MODE"] == "polling":
        house.bot.env["TELEGRAM_MODE"] = "webhook"
    await house.bot.start()
    hoa = await at_first_question(house)
    message = {"message_id": 9999, "date": 1, "chat": hoa.chat.about, "from": hoa.user, "text": ANSWER}
    body = {"update_id": house.api.updates.next_id + 1, "message": message}
    address, header = f"{house.web}/telegram/webhook", "X-Telegram-Bot-Api-Secret-Token"
    async with ClientSession() as session:
        for headers in ({}, {header: ""}, {header: "wrong"}, {header: SECRET + "x"}, {header: "é"}):
            async with session.post(address, json=body, headers=headers) as answer:
                assert answer.status == 401
        assert house.committee.answers_of("HOA") == {}
        for _ in range(3):
            async with session.post(address, json=body, headers={header: SECRET}) as answer:
                assert answer.status == 200
        for rubbish in (b"", b"{", b"[]", b"null", b'{"update_id": "x"}', b"\xff\xfe"):
            async with session.post(address, data=rubbish, headers={header: SECRET}) as answer:
                assert answer.status == 200
    await hoa.screen_with("câu 2/")
    nothing_twice(house)


async def test_another_program_polls_with_the_same_token(house: House) -> None:
    await house.bot.start()
    hoa = await at_first_question(house)
    house.api.faults.add(Fault("getUpdates", status=409, times=2))
    await hoa.send(ANSWER)
    await hoa.screen_with("câu 2/", seconds=30)
    await house.api.until(lambda: [call.status for call in house.api.called("getUpdates")].count(409) == 2, seconds=30)
    assert (await house.asks(hoa, "/menu")).text
    nothing_twice(house)
    assert "telegram_conflict" in house.bot.log


async def test_telegram_is_down_at_the_start(either_house: House) -> None:
    house = either_house
    house.api.faults.add(Fault(cut="before", times=3))
    await house.bot.start()
    async with ClientSession() as session, session.get(f"{house.web}/readyz") as answer:
        assert answer.status == 200
    hoa = house.api.person("HOA")
    await hoa.start(house.committee.invite("HOA")["HOA"])
    await hoa.screen_with("Đồng chí là", seconds=30)


async def test_a_stop_finishes_what_is_in_hand(either_house: House) -> None:
    house = either_house
    await house.bot.start()
    phones = {code: await at_first_question(house, code) for code in OWN_WORDS}
    ids = {code: await phone.send(OWN_WORDS[code]) for code, phone in phones.items()}
    await house.api.until(lambda: any(phone.shown[-1].text.startswith("Đã lưu") for phone in phones.values()))
    began = time.monotonic()
    assert await house.bot.stop() == 0, house.bot.log[-3000:]
    assert time.monotonic() - began < 10
    for code, update_id in ids.items():
        if update_id in house.api.updates.confirmed:
            assert house.committee.answers_of(code) == {"conduct": OWN_WORDS[code]}
    await house.bot.start()
    for code, phone in phones.items():
        await phone.screen_with("câu 2/")
        await house.quiet(phone)
        nothing_twice(house, code)


async def test_the_next_start_delivers_what_is_owed(either_house: House) -> None:
    house = either_house
    await house.bot.start()
    hoa = await at_first_question(house)
    house.api.faults.add(Fault("sendMessage", status=500, chat=hoa.chat.id, times=99))
    await hoa.send(ANSWER)
    await house.until(lambda: house.committee.answers_of("HOA"))
    assert await house.bot.stop() == 0
    assert house.owed(hoa)
    house.api.faults.clear()
    house.clock.set(house.clock() + timedelta(minutes=1))
    await house.bot.start()
    await hoa.screen_with("câu 2/")
    await house.quiet(hoa)
    nothing_twice(house)


async def test_a_stop_does_not_wait_out_a_silence(house: House) -> None:
    """Telegram asked for silence: what cannot be said now is owed, and the program ends all the same."""
    await house.bot.start()
    hoa = await at_first_question(house)
    house.api.faults.add(Fault("sendMessage", status=429, retry_after=300, chat=hoa.chat.id))
    await hoa.send(ANSWER)
    await house.until(lambda: house.committee.answers_of("HOA"))
    async with asyncio.timeout(15):
        assert await house.bot.stop() == 0
    await house.bot.start()
    await hoa.screen_with("câu 2/")
    nothing_twice(house)
