"""The empty roster workbook: exact headers, drop-downs, and notes an office clerk can follow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from review.roster import FORMS, MEMBERS, ROLE_NAMES, ROLES, STATUSES, UNIT_KINDS, UNITS
from review.roster_promises import PROMISES

LAST_ROW = 20_000  # drop-downs reach this far; rows below are read all the same


@dataclass(frozen=True, slots=True)
class Column:
    """`words`: the only words allowed. `codes_of`: the sheet whose codes are offered. `width` in characters."""

    title: str
    note: str
    width: int = 16
    words: tuple[str, ...] = ()
    codes_of: str = ""
    is_date: bool = False


_DATE_NOTE = "Ngày kiểu Excel hoặc chữ ngày/tháng/năm. Ví dụ: 19/05/1968"

COLUMNS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("Mã", "Mã riêng của tổ chức, không trùng. Ví dụ: CB05", 12),
        Column("Tên", "Tên đầy đủ. Ví dụ: Chi bộ Khối 5", 42),
        Column("Loại", "Đảng bộ hoặc Chi bộ", 12, tuple(UNIT_KINDS)),
        Column("Cấp trên", "Mã của Đảng bộ cấp trên. Chỉ tổ chức cao nhất để trống", 14, codes_of=UNITS),
    ),
    MEMBERS: (
        Column("Mã", "Mã riêng của đảng viên, không trùng. Ví dụ: 001", 12),
        Column("Họ và tên", "Ví dụ: Nguyễn Thị Hoa", 28),
        Column("Ngày sinh", _DATE_NOTE, 13, is_date=True),
        Column("Chi bộ", "Mã chi bộ nơi sinh hoạt. Ví dụ: CB05", 12, codes_of=UNITS),
        Column("Chức vụ Đảng", "Ví dụ: Bí thư chi bộ. Không có thì để trống", 20),
        Column("Chức vụ chính quyền", "Ví dụ: Khối trưởng. Không có thì để trống", 22),
        Column("Chức vụ đoàn thể", "Ví dụ: Chi hội trưởng phụ nữ. Không có thì để trống", 22),
        Column("Đơn vị công tác", "Ví dụ: Trường THCS Lê Lợi", 26),
        Column(
            "Mẫu",
            "2A: không giữ chức vụ. 2B: lãnh đạo, quản lý. 2C: không làm việc trong hệ thống chính trị. "
            "Người miễn sinh hoạt hoặc bị đình chỉ thì để trống được",
            8,
            tuple(FORMS),
        ),
        Column("Nhóm tương đồng", "Nhóm để so khi xếp loại. Ví dụ: đảng viên không giữ chức vụ", 24),
        Column("Nơi cư trú", "Mã chi bộ nơi ở. Để trống: không xin nhận xét nơi cư trú", 13, codes_of=UNITS),
        Column("Ngày vào Đảng", _DATE_NOTE, 15, is_date=True),
        Column("Ngày chính thức", _DATE_NOTE, 16, is_date=True),
        Column("Trạng thái", "Chọn một trong bốn trạng thái", 16, tuple(STATUSES)),
    ),
    ROLES: (
        Column("Người", "Mã đảng viên, hoặc mã mới cho người ngoài trang Đảng viên", 14, codes_of=MEMBERS),
        Column("Họ và tên", "Chỉ cần ghi khi người này không có trong trang Đảng viên", 28),
        Column("Vai trò", "Chọn một trong năm vai trò", 22, tuple(ROLE_NAMES)),
        Column("Tổ chức", "Mã tổ chức nơi giữ vai trò. Đầu mối nơi cư trú: mã chi bộ nơi cư trú", 14, codes_of=UNITS),
    ),
}
OPTIONAL_COLUMNS: dict[str, tuple[Column, ...]] = {
    PROMISES: (
        Column("Người", "Mã đảng viên; hạn chế của tập thể thì ghi mã chi bộ", 14, codes_of=MEMBERS),
        Column("Hạn chế", "Một hạn chế, khuyết điểm đã nêu ở kỳ trước. Mỗi hạn chế một dòng", 48),
        Column("Biện pháp", "Việc đã hứa làm. Ví dụ: Gặp nốt 3 hộ chưa hiến đất. Không có thì để trống", 40),
        Column("Thời hạn", _DATE_NOTE, 13, is_date=True),
    ),
}
"""Sheets that a workbook may leave out."""

NOTES_SHEET = "Hướng dẫn"
_NOTES = (
    "Điền lần lượt ba trang: Tổ chức, Đảng viên, Vai trò. Mỗi dòng một tổ chức, một người, một vai trò.",
    "Trang Kỳ trước không bắt buộc: năm đầu dùng thì ghi hạn chế và lời hứa của kỳ trước; các năm sau máy tự nhớ.",
    "Không đổi tên trang và tên cột. Dòng trống được bỏ qua. Trang này không cần điền.",
    "Mã do đồng chí đặt, ngắn và không trùng. Số 0 ở đầu được giữ nguyên (001 khác 1).",
    "Một người có thể giữ nhiều vai trò: mỗi vai trò ghi một dòng ở trang Vai trò.",
    "Điền xong chạy: tusoi roster import TỆP.xlsx --dry-run để xem mọi lỗi. Còn lỗi thì chưa có gì được nhập.",
)


def write_template(path: Path) -> None:
    """Write the empty workbook of the contract: three sheets to fill in, one that may stay empty, one of notes."""
    with xlsxwriter.Workbook(path) as book:
        header = book.add_format(
            {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd/mm/yyyy"})
        for name, columns in (COLUMNS | OPTIONAL_COLUMNS).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            sheet.set_row(0, 30)
            for nth, column in enumerate(columns):
                sheet.set_column(nth, nth, column.width, day if column.is_date else text)
                sheet.write_string(0, nth, column.title, header)
                sheet.write_comment(0, nth, column.note, {"x_scale": 1.6})
                _validate(sheet, nth, column)
        _notes(book)


def _validate(sheet: Any, nth: int, column: Column) -> None:
    rule: dict[str, Any]
    if column.words:
        rule = {"validate": "list", "source": list(column.words), "error_title": column.title}
        rule["error_message"] = "Đồng chí chọn một trong các mục có sẵn của danh sách."
    elif column.codes_of:
        rule = {"validate": "list", "source": f"='{column.codes_of}'!$A$2:$A${LAST_ROW}", "show_error": False}
    else:
        return
    sheet.data_validation(1, nth, LAST_ROW - 1, nth, rule)


def _notes(book: Any) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14, wrap)
    sheet.set_column(1, 1, 24, wrap)
    sheet.set_column(2, 2, 90, wrap)
    sheet.write_string(0, 0, "Cách điền danh sách", bold)
    for row, line in enumerate(_NOTES, 1):
        sheet.merge_range(row, 0, row, 2, line, wrap)
        sheet.set_row(row, 32)
    row = len(_NOTES) + 2
    sheet.write_row(row, 0, ("Trang", "Cột", "Cách ghi"), bold)
    for name, columns in (COLUMNS | OPTIONAL_COLUMNS).items():
        for column in columns:
            row += 1
            words = f" ({' | '.join(column.words)})" if column.words else ""
            sheet.write_row(row, 0, (name, column.title, f"{column.note}{words}"), wrap)
