"""The paper lane on the web: blank form, typing in, submitting, the print, the signature; the member looks later."""

from io import BytesIO

from docx import Document

from tests.end_to_end.house import House
from tests.end_to_end.test_web import paper_on
from tests.end_to_end.visiting import Page, Visitor


def said(content: bytes) -> str:
    """Everything written in a .docx, its foot included."""
    document = Document(BytesIO(content))
    text = "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    return "\n".join([text, *(one.text for one in document.sections[0].footer.paragraphs)])


async def to_member(chi: Visitor, page: Page, name: str) -> Page:
    page = await chi.choose(await chi.command(page, "tonghop"), "Xem từng người")
    return await chi.choose(page, next(label for label, _ in page.choices if name in label))


async def test_a_secretary_takes_a_member_without_a_phone_through_the_review(house: House) -> None:
    await house.bot.start()
    codes = house.committee.invite()
    async with Visitor(house.web) as chi:
        page = await chi.walk(await chi.enter(codes["CHI"]), "Mã biên nhận")
        page = await to_member(chi, page, "Lê Văn Bình")
        blank = said(await chi.fetch(paper_on(page := await chi.choose(page, "In bản trắng (.docx)"))))
        assert "Lê Văn Bình" in blank
        assert "Tôi đồng ý để bí thư" in blank
        page = await chi.choose(await chi.choose(page, "Quay lại"), "Nhập thay từ bản giấy")
        assert "Nhập thay cho Lê Văn Bình" in page.text
        page = await chi.walk(await chi.choose(page, "Có bản giấy, bắt đầu nhập"), "Mã biên nhận")
        assert "Nhập thay cho Lê Văn Bình" in page.text
        page = await chi.choose(page, "Tải bản in để ký (.docx)")
        assert "Bản này do đồng chí Phạm Thị Chi nhập thay" in said(await chi.fetch(paper_on(page)))
        page = await chi.choose(await chi.choose(page, "Về đồng chí này"), "Bản nhập thay: in, ký, rút lại")
        page = await chi.choose(await chi.choose(page, "Ghi đã ký bản in"), "Hôm nay")
        assert "Đã ký bản in ngày" in page.text
        page = await chi.command(page, "tonghop")
        assert "Nhập thay từ bản giấy: 1" in page.text
        assert "Đã nộp 2/4" in page.text
    stored = house.committee.answers_of("BINH")
    assert stored["self_grade"]
    assert set(house.committee.answers_of("CHI")) != set(stored), "each in the own form"
    async with Visitor(house.web) as binh:
        page = await binh.walk(await binh.enter(codes["BINH"]), "nhập thay từ bản giấy")
        page = await binh.choose(page, "Xem bản đã nộp")
        assert "Đồng chí Phạm Thị Chi nhập thay theo bản giấy của đồng chí." in page.text
    assert await house.bot.stop() == 0
    assert "level=error" not in house.bot.log, house.bot.log[-3000:]
