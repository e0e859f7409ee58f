"""The papers around the vote, read back: every field of the field lists, empty lists, large cells, odd characters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from documents.cell_papers import MemberList, member_list_docx, proposals_workbook
from documents.grade_decision import GradeDecision, grade_decision_docx
from documents.minutes import Minutes, minutes_docx
from documents.remark_request import RemarkRequest, remark_request_docx
from documents.remedy_plan import RemedyPlan, remedy_plan_docx
from review.meetings import Votes
from review.pack import load, pack_names, template
from review.remedies import Remedy, RemedyCheck
from tests.documents.graded_sample import CELL_HEAD, HEAD, IN_FORCE, LONG, MEETING, PACK, ROWS, TOM, many
from tests.documents.reading import text_of
from tests.documents.sample import HOA, SCHOOL

NAMES = {9: "Lê Tư", 11: "Võ Ba"}


def page(name: str) -> bytes:
    return template(IN_FORCE, name)


def member_list(name: str, **changes: object) -> str:
    paper = replace(MemberList(CELL_HEAD, PACK, ROWS, "Phạm Thị Thanh Hà"), **changes)  # type: ignore[arg-type]
    return text_of(member_list_docx(paper, page(name)))


def test_the_request_names_who_lives_there_and_the_day() -> None:
    paper = RemarkRequest(HEAD, PACK, "Chi bộ Khối 5", [HOA], date(2026, 11, 30))
    text = text_of(remark_request_docx(paper, page("remark_request")))
    assert "PHIẾU XIN Ý KIẾN" in text
    assert "Kính gửi: Chi ủy Chi bộ Khối 5" in text
    assert "cho ý kiến về 1 đảng viên" in text
    assert "gửi lại trước ngày 30/11/2026." in text
    assert "1 | Nguyễn Thị Hoa | 01/05/1968 | Chi bộ Trường THCS Lê Lợi | Trường THCS Lê Lợi" in text
    assert "gửi lại trước" not in text_of(remark_request_docx(replace(paper, due=None), page("remark_request")))


def test_the_summary_of_proposals_has_a_column_for_every_body() -> None:
    text = member_list("proposals")
    assert "Đề xuất mức chất lượng đảng viên của các chủ thể năm 2026" in text
    assert (
        "1 | Nguyễn Thị Hoa | 001 | Chi ủy viên; Chi hội trưởng phụ nữ | Xuất sắc | Tốt | Xuất sắc | Tốt | Xuất sắc | "
        "Đang giải quyết khiếu nại"
    ) in text
    assert "4 | Lê \"Tư\" <a> & 'b' {{ x }} | 003 |  |  |  |  |  |  | " in text
    assert "T/M CHI BỘ\nBÍ THƯ" in text
    assert "Phạm Thị Thanh Hà" in text


def test_the_summary_of_proposals_as_a_workbook() -> None:
    sheet = openpyxl.load_workbook(BytesIO(proposals_workbook(MemberList(CELL_HEAD, PACK, ROWS))))["Đề xuất"]
    title, _, header, first, *_ = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert title[0] == (
        "Tổng hợp đề xuất mức chất lượng đảng viên của các chủ thể năm 2026 · Chi bộ Trường THCS Lê Lợi"
    )
    assert header[4:9] == [
        "(1) Đảng viên tự đánh giá", "(2) Xếp loại viên chức, người lao động", "(3) Chi ủy",
        "(4) Tập thể lãnh đạo đoàn thể", "(5) Chi bộ",
    ]  # fmt: skip
    assert first == [
        "1", "Nguyễn Thị Hoa", "001", "Chi ủy viên; Chi hội trưởng phụ nữ", "Xuất sắc", "Tốt", "Xuất sắc", "Tốt",
        "Xuất sắc", "Đang giải quyết khiếu nại",
    ]  # fmt: skip


def test_the_ballot_has_one_line_a_member_and_a_box_a_grade() -> None:
    text = member_list("ballot_grades")
    assert "TT | Họ và tên | Xuất sắc | Tốt | Hoàn thành | Không hoàn thành" in text
    assert "2 | Trần Văn Nam | ☐ | ☐ | ☐ | ☐" in text
    assert text.count("☐") == 4 * len(ROWS)
    assert "Tự nhận" not in text


def test_the_ballot_for_the_excellent_asks_yes_or_no() -> None:
    text = member_list("ballot_excellent", head=HEAD, rows=ROWS[:1])
    assert "PHIẾU BÌNH CHỌN\nđảng viên hoàn thành xuất sắc nhiệm vụ năm 2026" in text
    assert "TT | Họ và tên | Chi bộ | Đồng ý | Không đồng ý" in text
    assert "1 | Nguyễn Thị Hoa | Chi bộ Trường THCS Lê Lợi | ☐ | ☐" in text


def test_who_is_not_graded_and_why() -> None:
    text = member_list(
        "not_graded", rows=(ROWS[3], replace(ROWS[1], final_grade=None, cell_grade=None, reason="Chưa đủ 6 tháng"))
    )
    assert "1 | Lê \"Tư\" <a> & 'b' {{ x }} | 003 | Chi bộ Trường THCS Lê Lợi |  | ☒ | ☒ | Đi công tác" in text
    assert "2 | Trần Văn Nam | 002 | Chi bộ Trường THCS Lê Lợi | 03/02/2010 | ☐ | ☒ | Chưa đủ 6 tháng" in text
    assert "T/M CHI BỘ" in text
    assert "Không có." not in text
    empty = member_list("not_graded", rows=(), head=HEAD)
    assert "Không có." in empty
    assert "T/M ĐẢNG ỦY" in empty


def test_the_minutes_of_the_meeting() -> None:
    text = text_of(minutes_docx(Minutes(CELL_HEAD, PACK, ROWS, MEETING, NAMES), page("meeting_minutes")))
    assert "Ngày 15/12/2026, Chi bộ Trường THCS Lê Lợi họp" in text
    assert "được triệu tập: 20; có mặt: 17; vắng mặt: 3." in text
    assert "- Vắng: Lê Tư. Lý do: ốm.\n- Vắng: Võ Ba. Lý do: không rõ." in text
    assert "thảo luận và bỏ phiếu kín" in text
    assert "1 | Nguyễn Thị Hoa | Xuất sắc | Xuất sắc" in text
    assert "chưa kiểm điểm, xếp loại: 1 (có" in text
    assert "THƯ KÝ" in text
    shown = replace(MEETING, secret=False, absences=())
    text = text_of(minutes_docx(Minutes(CELL_HEAD, PACK, ROWS, shown), page("meeting_minutes")))
    assert "biểu quyết giơ tay" in text
    assert "- Vắng" not in text


def test_the_count_of_the_votes() -> None:
    text = text_of(minutes_docx(Minutes(CELL_HEAD, PACK, ROWS, MEETING, NAMES), page("vote_minutes")))
    assert "Số phiếu phát ra: 17; thu về: 17; hợp lệ: 16; không hợp lệ: 1." in text
    assert "1 | Nguyễn Thị Hoa | 12 | 4 | 0 | 0 | 1" in text
    assert "2 | Trần Văn Nam | 0 | 16 | 0 | 0 | 1" in text
    assert "| 003" not in text
    assert "từ 11 phiếu trở lên, tính trên 20 đảng viên" in text, "a majority of all 20 summoned, not of those present"


def test_counts_that_differ_from_person_to_person_are_left_to_the_counting_team() -> None:
    rows = (*ROWS, replace(ROWS[1], votes=Votes({"good": 15}, 2)))
    text = text_of(minutes_docx(Minutes(CELL_HEAD, PACK, rows, MEETING, NAMES), page("vote_minutes")))
    assert "Số phiếu phát ra: 17; thu về: ……; hợp lệ: ……; không hợp lệ: ……." in text


@pytest.mark.parametrize("name", ["meeting_minutes", "vote_minutes"])
def test_minutes_before_the_meeting_are_filled_in_by_hand(name: str) -> None:
    text = text_of(minutes_docx(Minutes(CELL_HEAD, PACK, [replace(row, votes=None) for row in ROWS]), page(name)))
    assert "Ngày …………, Chi bộ" in text
    assert "được triệu tập: ……; có mặt: ……; vắng mặt: ……." in text


def test_the_decision_and_its_list() -> None:
    text = text_of(grade_decision_docx(GradeDecision(HEAD, PACK, ROWS[:3]), page("decision")))
    assert "QUYẾT ĐỊNH\nCông nhận xếp loại chất lượng đảng viên năm 2026" in text
    assert "- Căn cứ Quy định của Bộ Chính trị về kiểm điểm và đánh giá, xếp loại chất lượng số 366-QĐ/TW" in text
    assert "ĐẢNG ỦY PHƯỜNG TRƯỜNG VINH QUYẾT ĐỊNH" in text
    assert "với 3 đảng viên theo danh sách: Hoàn thành xuất sắc nhiệm vụ: 0; Hoàn thành tốt nhiệm vụ: 2;" in text
    assert "1 | Nguyễn Thị Hoa | 001 | Chi bộ Trường THCS Lê Lợi | Hoàn thành tốt nhiệm vụ" in text
    assert f"3 | {LONG} | 004 |" in text
    assert "Nơi nhận:" in text


REMEDIES = (
    Remedy(1, "person", 7, "5:a", "Còn hai hộ <chưa> gặp & hẹn", "Gặp vào tối thứ bảy", 7, date(2027, 2, 28), "partly",
           (RemedyCheck(datetime(2027, 2, 1, tzinfo=UTC), 7, "partly", "Đã gặp một hộ"),)),
    Remedy(2, "person", 7, "5:b", "Chậm báo cáo", "", None, None),
)  # fmt: skip


def test_the_remedy_plan_of_a_member() -> None:
    paper = RemedyPlan(CELL_HEAD, HOA.name, REMEDIES, "Chi ủy viên", HOA.name, {7: HOA.name})
    text = text_of(remedy_plan_docx(paper, page("remedy_person")))
    assert "Họ và tên: Nguyễn Thị Hoa. Chức vụ: Chi ủy viên." in text
    assert (
        "1 | Còn hai hộ <chưa> gặp & hẹn | Gặp vào tối thứ bảy | Nguyễn Thị Hoa | 28/02/2027 | "
        "Đã làm một phần\n01/02/2027: Đã gặp một hộ"
    ) in text
    assert "2 | Chậm báo cáo |  |  |  | " in text
    assert "NGƯỜI LẬP KẾ HOẠCH" in text


def test_the_remedy_plan_of_a_cell_without_any() -> None:
    text = text_of(remedy_plan_docx(RemedyPlan(CELL_HEAD, SCHOOL.name, ()), page("remedy_cell")))
    assert "Khắc phục hạn chế, khuyết điểm của Chi bộ Trường THCS Lê Lợi sau kiểm điểm năm 2026" in text
    assert "Không có hạn chế, khuyết điểm phải khắc phục." in text


@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("name", ["proposals", "ballot_grades", "ballot_excellent", "not_graded"])
def test_every_list_takes_nobody_one_and_sixty(name: str, count: int) -> None:
    paper = MemberList(CELL_HEAD, PACK, many(count))
    [table] = Document(BytesIO(member_list_docx(paper, page(name)))).tables[1:2]
    assert len(table.rows) == 1 + count
    assert [row.cells[0].text for row in table.rows[1:]] == [str(n) for n in range(1, count + 1)]


def test_a_signature_stays_on_one_page_and_the_header_comes_again() -> None:
    document = Document(BytesIO(member_list_docx(MemberList(CELL_HEAD, PACK, many(60)), page("proposals"))))
    listed, signed = document.tables[1], document.tables[-1]
    assert listed.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in (listed.rows[5], signed.rows[0]))


def test_nothing_that_was_typed_is_taken_for_a_command() -> None:
    assert TOM.name in member_list("ballot_grades")


@pytest.mark.parametrize("pack", pack_names())
def test_every_pack_has_the_papers(pack: str) -> None:
    paper = MemberList(CELL_HEAD, load(pack), ROWS)
    for name in ("proposals", "ballot_grades", "ballot_excellent", "not_graded"):
        assert "Nguyễn Thị Hoa" in text_of(member_list_docx(paper, template(pack, name)))
    text = text_of(grade_decision_docx(GradeDecision(HEAD, load(pack), ROWS[:1]), template(pack, "decision")))
    assert "- Căn cứ " in text
