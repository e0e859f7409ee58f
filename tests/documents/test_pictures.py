"""The chart and the sheet of QR cards: sizes, bars that add up, links and codes that are really there."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
import segno
from docx import Document
from PIL import Image, ImageFont

from conversations.facts import CellCount
from documents.progress_chart import FONT, MARGIN, ROW, TOP, WIDTH, progress_chart_png
from documents.qr_sheet import InvitationCard, qr_sheet_docx
from review.people import Unit
from tests.documents.sample import CELL

HOA = InvitationCard(
    "Nguyễn Thị Hoa", "Chi bộ Khối 5", "7KQ4XM2P", "https://vd.vn/vao/7KQ4XM2P", "https://t.me/tusoi?start=7KQ4XM2P",
    zalo=True, expires_on=date(2026, 12, 23),
)  # fmt: skip


def chart(*counts: CellCount) -> Image.Image:
    return Image.open(BytesIO(progress_chart_png("Kiểm điểm 2026", "còn 3 ngày", counts))).convert("RGB")


def bar(image: Image.Image, nth: int = 0) -> list[tuple[int, int, int]]:
    """The colours along the lower edge of one bar, in their order."""
    y = TOP + nth * ROW + 42 + 46
    line = [image.getpixel((x, y)) for x in range(MARGIN, WIDTH - MARGIN)]
    return [pixel for pixel in dict.fromkeys(line) if pixel != (26, 26, 26)]  # type: ignore[misc]


def test_the_chart_is_as_wide_as_a_phone_and_shows_four_shades() -> None:
    image = chart(CellCount(CELL, 24, 17, 4, 2, 1))
    assert image.width == 720
    shades = [round(0.3 * r + 0.59 * g + 0.11 * b) for r, g, b in bar(image)]
    assert len(shades) == 4
    assert all(later - earlier > 30 for earlier, later in pairwise(shades)), "told apart in grey"


def test_the_parts_are_as_long_as_their_numbers() -> None:
    image = chart(CellCount(CELL, 4, 3, 0, 0, 1))
    y = TOP + 42 + 46
    dark = sum(image.getpixel((x, y)) == (0x8F, 0x1D, 0x1F) for x in range(WIDTH))
    assert dark / (WIDTH - 2 * MARGIN) == pytest.approx(0.75, abs=0.01)


def test_no_cells_nobody_due_and_a_whole_province() -> None:
    assert chart().height > 0
    assert bar(chart(CellCount(CELL))) == [(255, 255, 255)]
    many = [CellCount(Unit(n, str(n), f"Chi bộ {n} " + "dài " * 40, "cell"), 2, 1, 1) for n in range(200)]
    assert chart(*many).height == chart(*many[:30]).height
    assert chart(*many).height < 9000, "a picture Telegram still takes"


def test_the_font_has_every_vietnamese_letter() -> None:
    font = ImageFont.truetype(FONT, 30)
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    missing = bytes(font.getmask("\uffff"))
    assert not [c for c in letters + letters.upper() if bytes(font.getmask(c)) == missing]
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL.txt").read_text()


def card_texts(content: bytes) -> list[str]:
    tables = Document(BytesIO(content)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_a_card_has_all_that_one_person_needs() -> None:
    content = qr_sheet_docx([HOA])
    text = card_texts(content)[0]
    for words in ("Nguyễn Thị Hoa", "Chi bộ Khối 5", "7KQ4XM2P", "Zalo: nhắn DK 7KQ4XM2P · Hạn dùng 23/12/2026"):
        assert words in text
    pictures = {part.blob for part in Document(BytesIO(content)).part.package.image_parts}
    for link in (HOA.web, HOA.telegram):
        png = BytesIO()
        segno.make(link, error="m", micro=False).save(png, kind="png", scale=6, border=2)
        assert png.getvalue() in pictures


def test_a_card_names_only_the_channels_that_are_on() -> None:
    content = qr_sheet_docx([InvitationCard("Lê & <Sáu>\x00", "", "ABC", "https://vd.vn/vao/ABC")])
    assert "Lê & <Sáu>" in card_texts(content)[0]
    assert "Zalo" not in card_texts(content)[0]
    assert len(list(Document(BytesIO(content)).part.package.image_parts)) == 1


def test_cards_stand_two_in_a_row() -> None:
    assert len(card_texts(qr_sheet_docx([HOA] * 9))) == 10
    assert card_texts(qr_sheet_docx([])) == []
