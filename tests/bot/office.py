"""What an office brings: a filled roster workbook and a calendar."""

from pathlib import Path

from openpyxl import load_workbook

UNITS = [
    ("DB", "Đảng bộ phường Mẫu", "Đảng bộ", None),
    ("K1", "Chi bộ Khối 1", "Chi bộ", "DB"),
    ("TH", "Chi bộ Trường Tiểu học", "Chi bộ", "DB"),
]
MEMBERS = [
    # code, name, born, unit, form, residence, status
    ("001", "Nguyễn Thị Hoa", "19/05/1968", "K1", "2C", None, "chính thức"),
    ("002", "Trần Văn Nam", "02/09/1980", "TH", "2A", "K1", "chính thức"),
    ("003", "Lê Văn Tư", "01/02/1940", "K1", None, None, "miễn sinh hoạt"),
]
ROLES = [
    ("001", None, "bí thư", "K1"),
    ("MT1", "Phạm Thị Lan", "đầu mối nơi cư trú", "K1"),
]
CALENDAR = """[dates]
open = 2026-11-10
residence_remarks_due = 2026-11-30
self_reviews_due = 2026-12-10
cell_meeting_due = 2026-12-15
"""


def fill(workbook: Path, members: list[tuple[str | None, ...]] = MEMBERS) -> Path:
    """Write into the template, by its own headers."""
    book = load_workbook(workbook)
    for row in UNITS:
        book["Tổ chức"].append(row)
    sheet = book["Đảng viên"]
    titles = [cell.value for cell in sheet[1]]
    columns = ("Mã", "Họ và tên", "Ngày sinh", "Chi bộ", "Mẫu", "Nơi cư trú", "Trạng thái")
    for row in members:
        given = dict(zip(columns, row, strict=True))
        sheet.append([given.get(str(title)) for title in titles])
    for row in ROLES:
        book["Vai trò"].append(row)
    book.save(workbook)
    return workbook


def calendar(folder: Path, text: str = CALENDAR) -> Path:
    file = folder / "lich.toml"
    file.write_text(text, "utf-8")
    return file
