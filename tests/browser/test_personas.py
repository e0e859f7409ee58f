"""The program as anybody starts it: four people who take first choices and type where ✍️ stands get to their ends."""

import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.demo import CONTACT, MEMBER, OFFICER, SECRETARY, Demo
from tests.browser.persona import Persona
from tests.end_to_end.process import free_port

SCHOOL = "Chi bộ Trường THCS Lam Bình"
SECOND_START = 4.0  # seconds, promised on an idle machine; the tests of this suite share two cores
SHARED_MACHINE = 3


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first start leaves behind."""
    first = Demo(tmp_path_factory.mktemp("demo"), free_port())
    await first.start()
    await first.kill()
    return first.folder


@pytest_asyncio.fixture(loop_scope="session")
async def demo(filled: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    """Started for the second time."""
    started = Demo(shutil.copytree(filled, tmp_path, dirs_exist_ok=True), free_port())
    assert await started.start() < SECOND_START * SHARED_MACHINE
    yield started
    await started.kill()


async def test_four_personas_reach_their_ends_in_four_tabs(new_phone: NewPhone, demo: Demo) -> None:
    """All in one browser; the steps of the four are interleaved, so that any mix-up of sessions would show."""
    phone = await new_phone(accept_downloads=True)
    member, contact, secretary, officer = [
        await enter(phone, demo, label) for label in (MEMBER, CONTACT, SECRETARY, OFFICER)
    ]
    for one, name in zip(
        (member, contact, secretary, officer),
        ("Lê Thị Phương", "Nguyễn Thị Liễu", "Nguyễn Hữu Thắng", "Nguyễn Thị Lan Hương"),
        strict=True,
    ):
        assert name in await one.text()
    await officer.walk("Chi bộ Khối 8")
    await contact.walk("Cảm ơn đồng chí")
    assert "12/12 người" in await contact.text()
    await officer.ask("tonghop")
    before = await cells_seen(officer)
    await member.walk("Mã biên nhận")
    await officer.ask("tonghop")
    assert await cells_seen(officer) == {**before, SCHOOL: before[SCHOOL] + 1}
    await reviews_the_cell_and_himself(secretary)
    await oversees_the_cell(secretary)
    await decides_within_the_ceiling(officer)
    await answers_the_remark(member)


async def enter(phone: BrowserContext, demo: Demo, label: str) -> Persona:
    page = await phone.new_page()
    await page.goto(demo.links[label])
    return Persona(page)


async def cells_seen(officer: Persona) -> dict[str, int]:
    """How many have submitted in each cell."""
    found = re.findall(r"(Chi bộ .+)\s+Đã nộp (\d+)/\d+", await officer.text())
    counts = {cell: int(submitted) for cell, submitted in found}
    assert counts.keys() == {"Chi bộ Khối 3", "Chi bộ Khối 5", "Chi bộ Khối 8", "Chi bộ Cơ quan phường", SCHOOL}
    return counts


async def reviews_the_cell_and_himself(secretary: Persona) -> None:
    """The report of the cell comes first; both end with a receipt."""
    await secretary.walk("Người chịu trách nhiệm")
    await secretary.walk("Mã biên nhận")
    assert "chuyển tới người có trách nhiệm" in await secretary.text()
    await secretary.walk("Việc của đồng chí")
    await secretary.walk("Xem lại trước khi nộp")
    await secretary.walk("Mã biên nhận")


async def decides_within_the_ceiling(officer: Persona) -> None:
    """The peer group of the cell that has met is above its ceiling; one grade lowered, the rest is first choices."""
    await officer.tap("Duyệt xếp loại")
    assert "vượt 1" in await officer.text()
    await officer.tap("Đảng viên không làm việc")
    assert "20% của 5 người xếp «tốt» là 1" in await officer.text()
    await officer.tap("Lưu Thị Thanh")
    await officer.tap("Quyết mức khác: Tốt")
    await officer.walk("Đã xác nhận 7 đồng chí")


async def oversees_the_cell(secretary: Persona) -> None:
    """The dashboard; a response three taps from it; the chart; the workbook."""
    await secretary.ask("tonghop")
    assert re.search(r"Đã nộp \d+/13", await secretary.text())
    for label in ("Xem từng người", "· đã nộp", "Đọc bản kiểm điểm"):
        await secretary.tap(label)
    assert "Phần II. Hạn chế, khuyết điểm" in await secretary.text()
    await secretary.ask("tonghop")
    await secretary.tap("Biểu đồ")
    await secretary.page.wait_for_function("() => document.querySelector('.picture').naturalWidth > 300")
    await secretary.ask("tonghop")
    await secretary.tap("Tải bảng tổng hợp")
    async with secretary.page.expect_download() as started:
        await secretary.page.locator("a.paper").click()
    download = await started.value
    assert download.suggested_filename.endswith(".xlsx")
    assert (await download.path()).read_bytes().startswith(b"PK")


async def answers_the_remark(member: Persona) -> None:
    await member.ask("menu")
    await member.tap("Nhận xét nơi cư trú về tôi")
    assert "Chi bộ Khối 5" in await member.text()
    await member.tap("Thêm ý kiến của tôi")
    await member.write("Năm tới tôi sẽ dự họp khối đủ bốn quý.")
    assert "Năm tới tôi sẽ dự họp khối đủ bốn quý." in await member.text()


async def test_a_power_cut_in_the_middle_of_a_form(new_phone: NewPhone, demo: Demo) -> None:
    """The same tab goes on at the same question; words typed while nothing answered are sent when it is back."""
    page = (await enter(await new_phone(), demo, MEMBER)).page
    member = Persona(page)
    await member.walk("câu 5/")
    await demo.kill()
    await page.locator("#text").fill("Tôi ngại đi buổi tối nên để dồn lại.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("chữ của đồng chí còn giữ ở máy này")
    await demo.start()
    await expect(page.locator("#note")).to_have_text("Đã lưu câu 5.", timeout=40_000)
    assert "câu 6/" in await member.text()
    await member.tap("Quay lại câu 5")
    assert "Tôi ngại đi buổi tối nên để dồn lại." in await member.text()
    await page.reload()
    await member.walk("Mã biên nhận")


async def test_a_second_tab_follows_without_reload(new_phone: NewPhone, demo: Demo) -> None:
    phone = await new_phone()
    first = await enter(phone, demo, MEMBER)
    await first.walk("Việc của đồng chí")
    second: Page = await phone.new_page()
    await second.goto(first.page.url)
    await first.forward()
    await expect(second.locator(".above")).to_contain_text("câu 1/")
    await expect(second.locator("#live")).to_have_text("Màn hình vừa đổi từ máy khác.")


async def test_the_next_port_when_the_wished_one_is_taken(demo: Demo, new_phone: NewPhone) -> None:
    await demo.kill()
    with socket.create_server(("127.0.0.1", demo.port)):
        await demo.start()
        assert any(f"Cổng {demo.port} đang bận" in line for line in demo.said)
        assert "Lê Thị Phương" in await (await enter(await new_phone(), demo, MEMBER)).text()
