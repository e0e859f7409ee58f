"""The list of those a secretary has to meet, as it is printed."""

from dataclasses import replace
from datetime import date

from documents.call_list import CallLine, call_list_docx
from documents.letterhead import Letterhead
from review.pack import template
from tests.documents.reading import text_of
from tests.documents.sample import HOA

HEAD = Letterhead("Đảng bộ phường Trường Vinh", 2026, "Chi bộ Trường THCS Lê Lợi")
TODAY, DUE = date(2026, 12, 10), date(2026, 12, 15)


def printed(*lines: CallLine) -> str:
    return text_of(call_list_docx(HEAD, TODAY, lines, template("hd43-2025", "call_list")))


def test_who_what_until_when_where_and_why() -> None:
    text = printed(
        CallLine(HOA, "Bản kiểm điểm đang viết dở", DUE, "Lâu chưa nhắn lại"),
        CallLine(replace(HOA, name="Tạ Văn Xa", residence=None, unit=None), "Chưa viết", None, "Đã chặn tin nhắn"),
    )
    assert "Ngày 10/12/2026 có 2 đồng chí" in text
    for said in ("Nguyễn Thị Hoa", "Chi bộ Khối 5", "đang viết dở", "15/12/2026", "Lâu chưa nhắn lại", "Tạ Văn Xa"):
        assert said in text


def test_nobody_to_be_met_is_said_so() -> None:
    assert "Không có." in printed()


def test_older_packs_have_the_list_too() -> None:
    assert template("hd21-2019", "call_list") == template("hd25-2023", "call_list")
