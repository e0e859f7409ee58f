"""The report to the upper level: counts, shares, both denominators, the ceilings of the groups."""

from dataclasses import replace
from io import BytesIO

import openpyxl

from documents.grade_report import GradeReport, report_docx, report_workbook
from review.pack import template
from review.tallies import tallies, tally
from tests.documents.graded_sample import HEAD, IN_FORCE, PACK
from tests.documents.reading import text_of

GRADES = ["excellent"] * 3 + ["good"] * 10 + ["completed"] + [None]
GROUPS = tallies(
    [*(("leader", grade) for grade in GRADES), ("other", "good")],  # type: ignore[misc]
    {"leader": "Lãnh đạo", "other": "Không giữ chức vụ & <khác>"},
)
PAPER = GradeReport(HEAD, PACK, tally("Tổng cộng", [*GRADES, "good"]), GROUPS, GROUPS[:1])  # type: ignore[list-item]


def test_the_report_on_paper() -> None:
    text = text_of(report_docx(PAPER, template(IN_FORCE, "report")))
    assert "Tổng số đảng viên: 16; đã xếp loại: 15; chưa xếp loại: 1" in text
    assert "trong số xếp loại tốt: 27,27%; trong số xếp loại tốt trở lên: 21,43%." in text
    assert "Lãnh đạo | 15 | 3 (21,43%) | 10 (71,43%) | 1 (7,14%) | 0 | 1 | 30% | 23,08%" in text
    assert "Không giữ chức vụ & <khác> | 1 | 0 | 1 (100%) | 0 | 0 | 0 | 0% | 0%" in text
    assert "Tổng cộng | 16 | 3 (20%) | 11 (73,33%)" in text
    assert "- Lãnh đạo: 20% của 10 người xếp «tốt» là 2, làm tròn xuống: 2; đã xếp xuất sắc 3; vượt 1." in text


def test_a_pack_without_a_ceiling_and_nobody_graded_yet() -> None:
    none = tally("Tổng cộng", [None, None])
    paper = GradeReport(HEAD, replace(PACK, ceiling=None), none, (), ())
    text = text_of(report_docx(paper, template(IN_FORCE, "report")))
    assert "đã xếp loại: 0; chưa xếp loại: 2" in text
    assert "trong số xếp loại tốt: -;" in text
    assert "làm tròn" not in text


def test_groups_counted_apart_and_the_ceiling_of_a_whole_organisation() -> None:
    assert PACK.ceiling
    apart = replace(PAPER, pack=replace(PACK, ceiling=replace(PACK.ceiling, counted_apart=("leader",))))
    assert "- Lãnh đạo" not in text_of(report_docx(apart, template(IN_FORCE, "report")))
    whole = replace(PAPER, pack=replace(PACK, ceiling=replace(PACK.ceiling, within="base_organisation")))
    text = text_of(report_docx(whole, template(IN_FORCE, "report")))
    assert "- Tổng cộng: 20% của 11 người xếp «tốt» trong cả tổ chức cơ sở đảng là 2,2" in text


def test_the_report_as_a_workbook() -> None:
    book = openpyxl.load_workbook(BytesIO(report_workbook(PAPER)))
    assert book.sheetnames == ["Theo nhóm tương đồng", "Theo chi bộ"]
    rows = [[cell.value for cell in row] for row in book["Theo nhóm tương đồng"].iter_rows()]
    assert rows[2][:8] == [
        "Nhóm tương đồng", "Tổng số", "Đã xếp loại", "Chưa xếp loại", "Xuất sắc", "% xuất sắc", "Tốt", "% tốt",
    ]  # fmt: skip
    assert rows[3] == ["Lãnh đạo", 15, 14, 1, 3, 21.43, 10, 71.43, 1, 7.14, 0, 0, 30, 23.08]
    assert rows[5][:4] == ["Tổng cộng", 16, 15, 1]
    assert len(list(book["Theo chi bộ"].iter_rows())) == 4, "a single line needs no sum"
