"""The same walk through every door: from the invitation to the end, by first choices and typing where ✍️ stands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.end_to_end.doors import DOORS, Door, open_door
from tests.end_to_end.phones import WebPhone, choose_named, go_on
from tests.end_to_end.visiting import Visitor
from tests.end_to_end.walking import PEN
from tests.fakes.bot_api.second_reader import read_again


@pytest.fixture
async def door(
    request: pytest.FixtureRequest, tmp_path: Path, launched: Path, migrated_file: Path
) -> AsyncIterator[Door]:
    async with open_door(request.param, tmp_path, launched, migrated_file) as opened:
        yield opened


@pytest.mark.parametrize("door", DOORS, indirect=True)
async def test_every_persona_comes_to_the_end(door: Door) -> None:
    hoa = await door.begins("HOA")
    screens = await go_on(hoa, "Mã biên nhận")
    assert "Nguyễn Thị Hoa" in screens[0]
    assert sum(PEN in text for text in screens) >= 5
    assert door.house.committee.answers_of("HOA")["self_grade"]
    screens = await go_on(await door.begins("MAT"), "Đã gửi nhận xét của 3 người")
    assert any("Nguyễn Thị Hoa" in text and "Chi bộ Trường THCS Lê Lợi" in text for text in screens)
    assert len(door.house.committee.answers_of("HOA", "residence_remark")) >= 4
    await hoa.type("/menu")
    await choose_named(hoa, "nhận xét")
    assert "Nhận xét nơi cư trú về đồng chí" in hoa.text
    chi = await door.begins("CHI")
    await go_on(chi, "Mã biên nhận")
    for command in ("/tonghop", "tong hop", "tổng hợp"):
        await chi.type(command)
        assert "Đã nộp 2/4" in chi.text
    can = await door.begins("CAN")
    await go_on(can, "Cả 2 chi bộ")
    assert "Đã nộp 2/4" in can.text
    assert "Đã nộp 0/1" in can.text
    await all_is_well(door)


async def all_is_well(door: Door) -> None:
    bot = door.house.bot
    assert door.house.committee.audit_holds()
    assert await bot.stop() == 0, bot.log[-3000:]
    assert "level=error" not in bot.log, bot.log[-3000:]
    assert not door.house.api.calls or read_again(door.house.api.calls) > 100
    assert not [secret for secret in door.secrets if secret in bot.log]


@pytest.mark.parametrize("door", [name for name in DOORS if name != "web"], indirect=True)
async def test_a_draft_begun_here_is_finished_on_the_web(door: Door) -> None:
    await go_on(await door.begins("HOA"), "câu 4/")
    async with Visitor(door.house.web) as browser:
        page = WebPhone(browser)
        await page.start(door.house.committee.invite("HOA")["HOA"])
        await go_on(page, "câu 4/")
        await go_on(page, "Mã biên nhận")
    assert door.house.committee.answers_of("HOA")["self_grade"]
