"""The roster and the calendar of a small ward committee: two cells, a residence area, two officers."""

from pathlib import Path

from openpyxl import load_workbook

UNITS = [
    ("DB", "Đảng bộ phường Hưng Lam", "Đảng bộ", None),
    ("K3", "Chi bộ Khối 3", "Chi bộ", "DB"),
    ("TH", "Chi bộ Trường Tiểu học Hưng Lam", "Chi bộ", "DB"),
]
MEMBERS = [
    # code, name, born, unit, form, group, residence, status
    ("101", "Nguyễn Văn Cường", "19/05/1962", "K3", "2C", "member", None, "chính thức"),
    ("102", "Trần Thị Duyên", "02/09/1958", "K3", "2C", "member", None, "chính thức"),
    ("103", "Lê Đình Giáp", "01/02/1970", "K3", "2C", "member", None, "chính thức"),
    ("104", "Phạm Thị Hà", "11/11/1990", "K3", "2C", "member", None, "dự bị"),
    ("105", "Hồ Văn Khang", "01/02/1938", "K3", None, "member", None, "miễn sinh hoạt"),
    ("201", "Võ Thị Lam", "19/05/1975", "TH", "2B", "member", "K3", "chính thức"),
    ("202", "Đặng Văn Minh", "02/09/1980", "TH", "2A", "member", "K3", "chính thức"),
    ("203", "Bùi Thị Nga", "21/03/1985", "TH", "2A", "member", "K3", "chính thức"),
    ("204", "Cao Xuân Phúc", "14/07/1988", "TH", "2A", "member", None, "chính thức"),
]
ROLES = [
    ("101", None, "bí thư", "K3"),
    ("102", None, "phó bí thư", "K3"),
    ("201", None, "bí thư", "TH"),
    ("M1", "Phan Thị Quý", "đầu mối nơi cư trú", "K3"),
    ("C1", "Hoàng Ngọc Sơn", "cấp ủy cấp trên", "DB"),
    ("C2", "Mai Thị Thảo", "cấp ủy cấp trên", "DB"),
]
PROMISES = [("202", "Chậm nộp giáo án số", "Nộp giáo án trước thứ sáu hằng tuần", "31/05/2026")]
COLUMNS = ("Mã", "Họ và tên", "Ngày sinh", "Chi bộ", "Mẫu", "Nhóm tương đồng", "Nơi cư trú", "Trạng thái")
CALENDAR = """[dates]
open = {year}-11-20
residence_remarks_due = {year}-11-30
collective_review_due = {year}-12-05
self_reviews_due = {year}-12-10
cell_meeting_due = {year}-12-15
cell_report_due = {year}-12-20
committee_decision_due = {year}-12-31
remedy_plan_due = {next}-01-31
"""


def fill(workbook: Path) -> Path:
    book = load_workbook(workbook)
    for row in UNITS:
        book["Tổ chức"].append(row)
    sheet = book["Đảng viên"]
    titles = [str(cell.value) for cell in sheet[1]]
    for row in MEMBERS:
        given = dict(zip(COLUMNS, row, strict=True))
        sheet.append([given.get(title) for title in titles])
    for role in ROLES:
        book["Vai trò"].append(role)
    before = book.create_sheet("Kỳ trước") if "Kỳ trước" not in book.sheetnames else book["Kỳ trước"]
    if before.max_row == 1 and before["A1"].value is None:
        before.append(("Người", "Hạn chế", "Biện pháp", "Thời hạn"))
    for promise in PROMISES:
        before.append(promise)
    book.save(workbook)
    return workbook


def calendar(folder: Path, year: int) -> Path:
    file = folder / f"lich-{year}.toml"
    file.write_text(CALENDAR.format(year=year, next=year + 1), "utf-8")
    return file
