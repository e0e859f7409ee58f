"""The roster workbook: the template of the contract, and whatever offices make of it."""

import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from documents.roster_template import COLUMNS
from documents.roster_workbook import read, write_template
from review.roster import check

MEMBER = {
    "Mã": "001", "Họ và tên": "Nguyễn Thị Hoa", "Ngày sinh": "01/05/1968", "Chi bộ": "CB", "Mẫu": "2A",
    "Trạng thái": "chính thức",
}  # fmt: skip


def fill(path: Path, **changes: object) -> Path:
    """The template with one committee, one cell and one member, whose cells may be changed."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    book["Tổ chức"].append(["P", "Đảng bộ phường", "Đảng bộ"])
    book["Tổ chức"].append(["CB", "Chi bộ Khối 5", "Chi bộ", "P"])
    titles = [column.title for column in COLUMNS["Đảng viên"]]
    row = MEMBER | {title.replace("_", " "): value for title, value in changes.items()}
    book["Đảng viên"].append([row.get(title) for title in titles])
    book["Vai trò"].append(["001", None, "bí thư", "CB"])
    book.save(path)
    return path


def test_template_has_the_headers_of_the_contract(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    assert book.sheetnames == ["Tổ chức", "Đảng viên", "Vai trò", "Kỳ trước", "Hướng dẫn"]
    headers = {name: [cell.value for cell in book[name][1]] for name in book.sheetnames[:4]}
    assert headers == {
        "Tổ chức": ["Mã", "Tên", "Loại", "Cấp trên"],
        "Đảng viên": [
            "Mã", "Họ và tên", "Ngày sinh", "Chi bộ", "Chức vụ Đảng", "Chức vụ chính quyền", "Chức vụ đoàn thể",
            "Đơn vị công tác", "Mẫu", "Nhóm tương đồng", "Nơi cư trú", "Ngày vào Đảng", "Ngày chính thức", "Trạng thái",
        ],
        "Vai trò": ["Người", "Họ và tên", "Vai trò", "Tổ chức"],
        "Kỳ trước": ["Người", "Hạn chế", "Biện pháp", "Thời hạn"],
    }  # fmt: skip
    assert all(book[name].freeze_panes == "C2" for name in headers)
    assert all(book[name].max_row == 1 for name in headers), "examples stand in notes, not as data"
    lists = {rule.formula1 for rule in book["Đảng viên"].data_validations.dataValidation}
    assert '"2A,2B,2C"' in lists
    assert '"chính thức,dự bị,miễn sinh hoạt,đình chỉ"' in lists
    assert book["Đảng viên"]["A1"].comment.text.startswith("Mã riêng")


def test_an_untouched_template_says_it_is_empty(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.xlsx")
    _, faults = read(tmp_path / "mau.xlsx")
    assert [str(fault) for fault in faults] == ["Bảng chưa có dòng nào."]


def test_a_filled_template_is_read_and_faultless(tmp_path: Path) -> None:
    roster, faults = read(fill(tmp_path / "a.xlsx", Ngày_vào_Đảng=date(1990, 3, 2), Chức_vụ_Đảng="Bí thư"))
    assert faults == []
    assert check(roster, today=date(2026, 11, 23)) == []
    (member,) = roster.members
    assert (member.row, member.code, member.party_post) == (2, "001", "Bí thư")
    assert (member.birth_date, member.joined_on, member.official_on) == (date(1968, 5, 1), date(1990, 3, 2), None)
    assert [row.code for row in roster.units] == ["P", "CB"]
    assert [row.person for row in roster.roles] == ["001"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (1, "1"),
        (1.0, "1"),
        (12345678901234, "12345678901234"),
        ("007", "007"),
        (" 5\u00a0A\u200b\n", "5 A"),
        (1.5, "1.5"),
    ],
)
def test_codes_stay_text(tmp_path: Path, written: object, code: str) -> None:
    roster, faults = read(fill(tmp_path / "a.xlsx", Mã=written))
    assert (roster.members[0].code, faults) == (code, [])


def test_a_number_shown_with_zeros_keeps_them(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx", Mã=7)
    book = openpyxl.load_workbook(path)
    book["Đảng viên"]["A2"].number_format = "000"
    book.save(path)
    assert read(path)[0].members[0].code == "007"


def test_text_becomes_nfc(tmp_path: Path) -> None:
    roster, _ = read(fill(tmp_path / "a.xlsx", Họ_và_tên=unicodedata.normalize("NFD", "Nguyễn Thị Hoà")))
    assert roster.members[0].name == "Nguyễn Thị Hoà"


@pytest.mark.parametrize("written", ["1/5/1968", "01-05-1968", "01.05.1968", date(1968, 5, 1)])
def test_dates(tmp_path: Path, written: object) -> None:
    roster, faults = read(fill(tmp_path / "a.xlsx", Ngày_sinh=written))
    assert (roster.members[0].birth_date, faults) == (date(1968, 5, 1), [])


@pytest.mark.parametrize("written", ["31/02/1968", "1968", 1968, "05/1968", "1968-05-01", "không rõ", "=1+1", "#N/A"])
def test_what_is_no_date(tmp_path: Path, written: object) -> None:
    _, faults = read(fill(tmp_path / "a.xlsx", Ngày_sinh=written))
    assert [(f.sheet, f.row, f.column) for f in faults] == [("Đảng viên", 2, "Ngày sinh")]


def test_a_code_that_excel_turned_into_a_date_is_named(tmp_path: Path) -> None:
    _, faults = read(fill(tmp_path / "a.xlsx", Chi_bộ=date(2026, 5, 1)))
    assert [(f.row, f.column) for f in faults] == [(2, "Chi bộ")]


def test_formula_results_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, columns in COLUMNS.items():
            book.add_worksheet(name).write_row(0, 0, [column.title for column in columns])
        units: Any = book.get_worksheet_by_name("Tổ chức")
        units.write_row(1, 0, ["P", "Đảng bộ phường", "Đảng bộ"])
        units.write_formula(2, 0, '="C"&"B"', value="CB")
        units.write_row(2, 1, ["Chi bộ Khối 5", "Chi bộ", "P"])
    roster, faults = read(path)
    assert ([row.code for row in roster.units], faults) == (["P", "CB"], [])


def test_blank_rows_are_skipped_and_row_numbers_kept(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Tổ chức"]["A7"], book["Tổ chức"]["B5"] = "K9", "   "
    book.save(path)
    assert [row.row for row in read(path)[0].units] == [2, 3, 7]


def change_header(path: Path, cell: str, title: str | None) -> list[str]:
    book = openpyxl.load_workbook(fill(path))
    book["Đảng viên"][cell] = title
    book.save(path)
    roster, faults = read(path)
    assert roster.members == ()
    return [str(fault) for fault in faults]


def test_headers_must_be_exact(tmp_path: Path) -> None:
    assert change_header(tmp_path / "a.xlsx", "B1", "Họ tên") == [
        "Đảng viên, dòng 1, cột «Họ và tên»: thiếu cột này ở dòng đầu. Có phải «Họ tên» gõ nhầm?",
        "Đảng viên, dòng 1, cột «Họ tên»: cột lạ; tên cột phải đúng như mẫu, không thêm cột.",
    ]
    assert len(change_header(tmp_path / "a.xlsx", "B1", None)) == 1
    assert len(change_header(tmp_path / "a.xlsx", "O1", "Ghi chú")) == 1
    assert len(change_header(tmp_path / "a.xlsx", "O1", "Mẫu")) == 1


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Vai trò"].title = "Vai tro"
    book.save(path)
    assert [str(fault) for fault in read(path)[1]] == ["Vai trò: thiếu trang «Vai trò». Có phải «Vai tro» gõ nhầm?"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "trống"),
        (b"Ma;Ten\n1;2", "không phải bảng tính"),
        (b"PK\x03\x04 cut off", "không phải bảng tính"),
        (bytes.fromhex("D0CF11E0A1B11AE1"), "đời cũ"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    ],
)
def test_other_files_are_refused_kindly(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    (fault,) = read(path)[1]
    assert says in fault.reason
    assert (fault.sheet, fault.row, fault.column) == ("", 0, "")


def test_other_zips_and_missing_files_are_refused_kindly(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a>")
    assert "không phải bảng tính" in read(tmp_path / "x.xlsx")[1][0].reason
    assert "Không mở được" in read(tmp_path / "none.xlsx")[1][0].reason
    assert "Không mở được" in read(tmp_path)[1][0].reason


def test_the_sheet_of_the_review_before_is_read(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Kỳ trước"].append(["001", "Chưa gặp hết các hộ.", "Gặp nốt 3 hộ", "28/02/2026"])
    book["Kỳ trước"].append(["CB", "Họp chậm.", None, "hôm qua"])
    book.save(path)
    roster, faults = read(path)
    assert [(fault.sheet, fault.row, fault.column) for fault in faults] == [("Kỳ trước", 3, "Thời hạn")]
    assert [(row.row, row.subject, row.measure, row.due) for row in roster.promises] == [
        (2, "001", "Gặp nốt 3 hộ", date(2026, 2, 28)),
        (3, "CB", "", None),
    ]


def test_a_workbook_without_that_sheet_is_read_as_before(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    del book["Kỳ trước"]
    book.save(path)
    roster, faults = read(path)
    assert (faults, roster.promises) == ([], ())
    assert check(roster, today=date(2026, 11, 23)) == []


def test_a_mistyped_name_of_that_sheet_is_named(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Kỳ trước"].title = "Kỳ truóc"
    book.save(path)
    _, faults = read(path)
    assert [str(fault) for fault in faults] == ["Kỳ trước: không thấy trang «Kỳ trước». Có phải «Kỳ truóc» gõ nhầm?"]
