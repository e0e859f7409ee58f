"""The residence remark on paper: one slip, and the sheet for a whole area."""

from dataclasses import replace

from documents.remark_slip import AreaSheet, RemarkSlip, area_sheet_docx, remark_slip_docx
from review.pack import template
from review.people import Person
from tests.documents.reading import text_of
from tests.documents.sample import CELL, COMMITTEE, CYCLE, HOA, PACK, SUBMITTED

SLIP = RemarkSlip(PACK, CYCLE, HOA, CELL, COMMITTEE.name)


def test_a_blank_slip_has_every_level_to_tick_and_places_to_sign() -> None:
    text = text_of(remark_slip_docx(SLIP, template("hd43-2025", "residence_remark")))
    assert "PHIẾU NHẬN XÉT" in text
    assert "chi ủy Chi bộ Khối 5 đã họp cùng ban công tác mặt trận" in text
    assert "Họ và tên: Nguyễn Thị Hoa" in text
    assert "Sinh hoạt tại: Chi bộ Trường THCS Lê Lợi" in text
    assert "1. Tham gia họp và việc chung của khối\n☐\u00a0Thường\u00a0xuyên   ☐\u00a0Thỉnh\u00a0thoảng" in text
    assert "3. Nhận xét khác\n\t\n\t\n\t\n" in text
    assert "XÁC NHẬN CỦA ĐẢNG ỦY\nXÃ, PHƯỜNG, THỊ TRẤN" in text
    assert "T/M CHI BỘ" in text
    assert "xác nhận lại" not in text, "what is unconfirmed is marked in the pack, not on paper"


def test_a_filled_slip_ticks_what_was_chosen() -> None:
    answers = {"meetings": "often", "example": "unknown", "other": "Gương mẫu & <nhiệt tình>."}
    response = replace(SUBMITTED, form="residence_remark", kind="residence_remark", answers=answers)
    text = text_of(remark_slip_docx(replace(SLIP, response=response), template("hd43-2025", "residence_remark")))
    assert text.count("☒") == 2
    assert "☒\u00a0Thường\u00a0xuyên" in text
    assert "☒\u00a0Không\u00a0nắm\u00a0được" in text
    assert "3. Nhận xét khác\nGương mẫu & <nhiệt tình>." in text
    assert "Mã biên nhận K7-4F2QXM" in text


def test_the_area_sheet_lists_everybody_with_a_letter_to_write_for_each_criterion() -> None:
    people = [HOA, replace(HOA, id=8, code="002", name="Trần Văn Nam", workplace=""), Person(9, "X", "Lê Sáu")]
    text = text_of(
        area_sheet_docx(AreaSheet(PACK, CYCLE, CELL, COMMITTEE.name, people), template("hd43-2025", "residence_area"))
    )
    assert "1. Tham gia họp và việc chung của khối: A. Thường xuyên; B. Thỉnh thoảng; C. Chưa tham gia; D." in text
    assert "1 | Nguyễn Thị Hoa | Chi bộ Trường THCS Lê Lợi, Trường THCS Lê Lợi | 1:\u00a0……   2:\u00a0……" in text
    assert "2 | Trần Văn Nam | Chi bộ Trường THCS Lê Lợi | " in text
    assert "3 | Lê Sáu |  | " in text
