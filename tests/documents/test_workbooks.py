"""The workbooks a secretary downloads, read back with another library than the one that wrote them."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from documents.results_workbook import results_workbook
from documents.summary_workbook import SummaryRow, summary_workbook
from documents.workbook import CUT, LONGEST, Column, Tables
from review.pack import load
from review.people import Person
from tests.documents.sample import HOA, PACK

SENT = datetime(2026, 12, 2, 20, 31, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NAM = replace(HOA, id=8, code="002", name="Trần Văn Nam", peer_group="g1", party_post="", form="2B")
ROWS = (
    SummaryRow(HOA, "submitted", SENT, {"common": 29.5, "tasks": 62}, "excellent", remark_in=True),
    SummaryRow(NAM, "drafting", None, {"common": 10}, "good", remark_in=False),
    SummaryRow(replace(HOA, unit=None, name="Lê Sáu"), "not_joined"),
)
TITLE = "Kiểm điểm 2026 · Chi bộ Trường THCS Lê Lợi"


def cells(content: bytes, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows()]


def test_the_summary_lists_everybody() -> None:
    pack = replace(PACK, peer_groups={"g1": "Cấp trưởng"})
    title, _, header, *rows = cells(summary_workbook(TITLE, pack, ROWS), "Danh sách")
    assert title[0] == TITLE
    assert header[8:11] == [
        "Nhóm tiêu chí chung (tối đa 30)", "Nhóm tiêu chí kết quả thực hiện nhiệm vụ (tối đa 70)", "Tổng điểm",
    ]  # fmt: skip
    assert rows[0] == [
        1, "Nguyễn Thị Hoa", "Chi bộ Trường THCS Lê Lợi", "Chi ủy viên; Chi hội trưởng phụ nữ", "2A",
        "Không giữ chức vụ", "Đã nộp", datetime(2026, 12, 2, 20, 31), 29.5, 62, 91.5,  # noqa: DTZ001
        "Hoàn thành xuất sắc nhiệm vụ", "Đã có",
    ]  # fmt: skip
    assert rows[1][5:] == ["Cấp trưởng", "Đang viết", None, None, None, None, None, "Chưa có"]
    assert rows[2][2] == "Chưa rõ chi bộ"
    assert rows[2][-1] == "Không xin"


def test_a_pack_by_levels_has_no_columns_of_points() -> None:
    pack = replace(load("hd25-2023"), peer_groups={})
    _, _, header, *rows = cells(summary_workbook(TITLE, pack, [replace(ROWS[0], points=None)]), "Danh sách")
    assert header[7:] == ["Nộp lúc", "Tự nhận mức xếp loại", "Nhận xét nơi cư trú"]
    assert rows[0][4] == "02A"
    assert rows[0][8:] == ["Hoàn thành xuất sắc nhiệm vụ", "Đã có"]


def test_the_totals_by_cell_and_group_add_up() -> None:
    content = summary_workbook(TITLE, PACK, ROWS)
    by_cell = cells(content, "Theo chi bộ")[3:]
    assert by_cell == [
        ["Chi bộ Trường THCS Lê Lợi", 2, 1, 1, 0, 0, 1, 0, 0, 0, 1, 2],
        ["Chưa rõ chi bộ", 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        ["Tổng cộng", 3, 1, 1, 0, 1, 1, 0, 0, 0, 1, 2],
    ]
    assert [row[0] for row in cells(content, "Theo nhóm tương đồng")[3:]] == ["Không giữ chức vụ", "g1", "Tổng cộng"]


def test_a_sheet_can_be_scrolled_filtered_and_printed() -> None:
    sheet = openpyxl.load_workbook(BytesIO(summary_workbook(TITLE, PACK, ROWS)))["Danh sách"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:M6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"


def test_an_empty_summary_is_a_workbook_too() -> None:
    assert len(cells(summary_workbook(TITLE, PACK, ()), "Danh sách")) == 3


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.vn", "{=1}"])
def test_what_people_typed_is_never_a_formula_or_link(text: str) -> None:
    tables = Tables()
    tables.sheet("A", [Column(text)], [[text]], title=text)
    sheet = openpyxl.load_workbook(BytesIO(tables.content()))["A"]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in (sheet["A1"], sheet["A3"], sheet["A4"])] == [
        (text, "s", None)
    ] * 3


def test_odd_characters_and_very_long_texts_do_not_break_the_file() -> None:
    tables = Tables()
    tables.sheet("A", [Column("Chữ")], [["a\x00\x07\x1fb\r\nc"], ["x" * 40_000], ["👍"]])
    rows = cells(tables.content(), "A")
    assert rows[1:] == [["ab\nc"], ["x" * LONGEST + CUT], ["👍"]]


EXPORT = {
    "format": "tusoi-export/1", "year": 2026, "pack": "hd43-2025", "exported_at": "2026-12-20T08:00:00+07:00",
    "units": [{"code": "P", "name": "Đảng bộ phường", "kind": "committee", "parent": None}],
    "people": [{"code": "001", "name": "=Hoa", "unit": "TH", "form": "2A", "peer_group": "g", "residence": None,
                "status": "official"}],
    "responses": [{
        "kind": "self_review", "form": "2A", "subject": "001", "respondent": "001", "status": "submitted",
        "submitted_at": "2026-12-02T20:31:00+07:00",
        "answers": {"duties": "Xong 14/16 việc", "many": ["a", "b"],
                    "shortcomings": [{"text": "Còn 2 hộ", "cause": "Bận"}, {"text": "=Chậm"}]},
        "scores": {"c01": 19.5}, "self_grade": "good",
    }],
    "decisions": [{"subject": "001", "stage": "cell", "grade": "good", "votes": {"good": 20, "excellent": 2},
                   "decided_at": "2026-12-15", "by": "009"}],
    "remedies": [], "reminders": [],
}  # fmt: skip


def test_the_results_as_a_workbook() -> None:
    content = results_workbook(EXPORT)
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == [
        "Tổ chức", "Đảng viên", "Bài nộp", "Câu trả lời", "Điểm", "Quyết định", "Khắc phục", "Nhắc việc",
    ]  # fmt: skip
    assert cells(content, "Tổ chức")[3] == ["P", "Đảng bộ phường", "Đảng bộ", None]
    assert cells(content, "Đảng viên")[3] == ["001", "=Hoa", "TH", "2A", "g", None, "chính thức"]
    assert cells(content, "Bài nộp")[3][4:] == ["đã nộp", "2026-12-02T20:31:00+07:00", "Hoàn thành tốt nhiệm vụ"]
    assert [row[3:] for row in cells(content, "Câu trả lời")[3:]] == [
        ["duties", None, None, "Xong 14/16 việc"],
        ["many", None, None, "a; b"],
        ["shortcomings", 1, "text", "Còn 2 hộ"],
        ["shortcomings", 1, "cause", "Bận"],
        ["shortcomings", 2, "text", "=Chậm"],
    ]
    assert cells(content, "Điểm")[3] == ["001", "2A", "c01", 19.5]
    assert cells(content, "Quyết định")[3][3] == "Hoàn thành tốt nhiệm vụ: 20; Hoàn thành xuất sắc nhiệm vụ: 2"


def test_a_person_outside_every_group_has_a_line_of_his_own() -> None:
    content = summary_workbook(TITLE, PACK, [SummaryRow(Person(1, "X", "Lê Sáu"), "not_started")])
    assert cells(content, "Theo nhóm tương đồng")[3][:2] == ["Chưa xếp nhóm", 1]
