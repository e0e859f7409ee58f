"""What is the web pages' own: papers to look at, links that spend nothing. The walk is in test_walk."""

import re
from io import BytesIO

from openpyxl import load_workbook
from PIL import Image

from tests.end_to_end.house import House
from tests.end_to_end.visiting import Page, Visitor
from tests.end_to_end.walking import PEN


async def test_the_secretary_reads_and_takes_papers_along(house: House) -> None:
    await house.bot.start()
    codes = house.committee.invite()
    async with Visitor(house.web) as hoa:
        await hoa.walk(await hoa.enter(codes["HOA"]), "Mã biên nhận")
    async with Visitor(house.web) as chi:
        await secretary(chi, await chi.walk(await chi.enter(codes["CHI"]), "Việc của đồng chí"))


async def secretary(chi: Visitor, page: Page) -> None:
    board = await chi.command(page, "tonghop")
    assert "Đã nộp 1/4" in board.text
    person = await chi.choose(await chi.choose(board, "Xem từng người"), "Nguyễn Thị Hoa")
    response = await chi.choose(person, "Đọc bản kiểm điểm")
    assert "Nguyễn Thị Hoa" in response.text
    chart = await chi.choose(await chi.command(response, "tonghop"), "Biểu đồ")
    Image.open(BytesIO(await chi.fetch(paper_on(chart)))).verify()
    book = await chi.choose(await chi.command(chart, "tonghop"), "Tải bảng tổng hợp")
    assert load_workbook(BytesIO(await chi.fetch(paper_on(book)))).sheetnames


def paper_on(page: Page) -> str:
    return re.findall(r'(?:src|href)="(paper/[^"]+)"', page.main)[0]


async def test_one_person_two_channels_one_draft(house: House) -> None:
    await house.bot.start()
    hoa = await house.joins("HOA")
    question = await house.taps(hoa, 1, of=await house.asks(hoa, "/menu"))
    await house.asks(hoa, "Viết từ điện thoại, xong 30/09.")
    async with Visitor(house.web) as browser:
        page = await browser.enter(house.committee.invite("HOA")["HOA"])
        page = await browser.walk(page, "câu 2/")
        page = await browser.write(page, "Viết từ máy tính, xong 30/09.")
    stored = house.committee.answers_of("HOA")
    assert stored == {"conduct": "Viết từ điện thoại, xong 30/09.", "duties": "Viết từ máy tính, xong 30/09."}
    assert PEN in question.text


async def test_a_link_opened_by_a_preview_spends_nothing(house: House) -> None:
    await house.bot.start()
    code = house.committee.invite("HOA")["HOA"]
    for _ in range(3):
        async with Visitor(house.web) as stranger:
            assert "Nguyễn Thị Hoa" in (await stranger.enter(code)).text
    assert house.committee.joined() == 0
    async with Visitor(house.web) as hoa:
        await hoa.walk(await hoa.enter(code), "Cảm ơn đồng chí đã đồng ý")
    async with Visitor(house.web) as late:
        page = await late.enter(code)
        assert "đã dùng" in page.text
        assert "Hoa" not in page.text
