"""In browsers: a member asks for deletion, the officer answers, the member reads what went and what stays."""

import json

from sqlalchemy import select

from storage.tables import requests, responses
from tests.end_to_end.house import House
from tests.end_to_end.test_web import paper_on
from tests.end_to_end.visiting import Page, Visitor

WHY = "Xin xóa bản nháp, tôi viết trên giấy."


async def test_a_deletion_from_the_asking_to_the_reading(house: House) -> None:
    await house.bot.start()
    codes = house.committee.invite()
    async with Visitor(house.web) as hoa, Visitor(house.web) as can:
        page = await hoa.walk(await hoa.enter(codes["HOA"]), "câu 1/")
        page = await hoa.write(page, "Nháp sẽ xóa 7391.")
        page = await asks(hoa, await hoa.command(page, "dulieu"))
        assert "DL-0001 · Xóa dữ liệu" in page.text
        await answers(can, await can.walk(await can.enter(codes["CAN"]), "Việc của đồng chí"))
        read = await hoa.choose(await hoa.command(page, "dulieu"), "Yêu cầu về dữ liệu")
        read = await hoa.choose(read, "Đọc DL-0001")
        assert "Đã xóa xong." in read.text
        assert "Đã xóa: 1 bản nháp" in read.text
        copy = await hoa.choose(await hoa.command(read, "dulieu"), "Tải bản sao")
        files = [
            await hoa.fetch(path) for path in (paper_on(copy), paper_on(copy).replace("my_data_copy", "my_data_file"))
        ]
        assert files[0].startswith(b"PK")
    assert house.committee.answers_of("HOA") == {}
    assert len(house.committee.rows(select(responses))) == 1
    [row] = house.committee.rows(select(requests))
    assert (row.outcome, row.answer) == ("done", "Đã xóa xong.")
    assert house.committee.audit_holds()
    assert json.loads(row.result if isinstance(row.result, str) else json.dumps(row.result))["removed"]["drafts"] == 1


async def asks(hoa: Visitor, page: Page) -> Page:
    assert "không gửi cho bên thứ ba" in page.text
    page = await hoa.choose(page, "Yêu cầu về dữ liệu")
    page = await hoa.choose(await hoa.choose(page, "Gửi yêu cầu mới"), "Xóa dữ liệu")
    page = await hoa.write(page, WHY)
    assert WHY in page.text
    return await hoa.choose(page, "Gửi yêu cầu")


async def answers(can: Visitor, page: Page) -> None:
    page = await can.command(page, "tonghop")
    if "Yêu cầu về dữ liệu (1)" not in [label for label, _ in page.choices]:
        page = await can.choose(page, "Việc khác")
    page = await can.choose(await can.choose(page, "Yêu cầu về dữ liệu (1)"), "DL-0001")
    assert WHY in page.text
    page = await can.choose(await can.choose(page, "Nhận xử lý"), "Trả lời")
    assert "xóa ngay: 1 bản nháp" in page.text
    page = await can.write(await can.choose(page, "Đã làm xong"), "Đã xóa xong.")
    page = await can.choose(page, "Gửi trả lời")
    assert "Hiện không có yêu cầu về dữ liệu nào" in page.text
