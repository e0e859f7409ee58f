"""Reading a roster workbook an office filled in. What it says is judged by `review.roster.check`, not here."""

import difflib
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from openpyxl import load_workbook

from documents.roster_template import COLUMNS, OPTIONAL_COLUMNS, write_template
from review.roster import MEMBERS, ROLES, UNITS, MemberRow, RoleRow, Roster, UnitRow
from review.roster_promises import PROMISES, Fault, PromiseRow

__all__ = ["read", "write_template"]

_MOST_ROWS = 1_048_576  # what one sheet can hold
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # an old .xls, or any .xlsx locked with a password
_BROKEN = (BadZipFile, ZlibError, KeyError, ValueError, TypeError, AttributeError, SyntaxError, EOFError, OSError)
_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_SAVE_AS_XLSX = "Đồng chí mở bằng Excel rồi lưu lại dạng Excel Workbook (.xlsx)."

_Row = TypeVar("_Row", UnitRow, MemberRow, RoleRow, PromiseRow)


def read(path: Path) -> tuple[Roster, list[Fault]]:
    """The rows as written, and every cell that could not be read.

    A file, sheet or header at fault gives an empty roster, so that one slip is not reported once a row.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        return Roster(), [_file(f"Không mở được tệp {path.name}: {error.strerror or error}.")]
    if not content:
        return Roster(), [_file(f"Tệp {path.name} trống.")]
    if content.startswith(_OLE):
        return Roster(), [_file(_locked_or_old(path.name, content))]
    try:
        return _read(content)
    except _BROKEN:
        return Roster(), [_file(f"Tệp {path.name} không phải bảng tính .xlsx hoặc đã hỏng. {_SAVE_AS_XLSX}")]


def _file(reason: str) -> Fault:
    return Fault("", 0, "", reason)


def _locked_or_old(name: str, content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return f"Tệp {name} đặt mật khẩu. Đồng chí bỏ mật khẩu rồi lưu lại."
    return f"Tệp {name} là bảng tính đời cũ (.xls). {_SAVE_AS_XLSX}"


def _read(content: bytes) -> tuple[Roster, list[Fault]]:
    reading = _Reading()
    roster = reading.roster(content, results=False)
    if reading.formulas:  # only a second pass tells a formula's result
        reading = _Reading(reading.formulas)
        roster = reading.roster(content, results=True)
    if not reading.faults and roster == Roster():
        reading.faults.append(_file("Bảng chưa có dòng nào."))
    return roster, reading.faults


@dataclass(slots=True)
class _Reading:
    """One pass over the file. `formulas` are the cells (sheet, row, column title) that hold a formula."""

    formulas: set[tuple[str, int, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def roster(self, content: bytes, *, results: bool) -> Roster:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions it does not keep
            with closing(load_workbook(BytesIO(content), read_only=True, data_only=results)) as book:
                titles = {name: self._titles(name, book) for name in (*COLUMNS, *self._optional(book))}
                if self.faults:
                    return Roster()
                units = self._rows(book[UNITS], titles[UNITS], _unit)
                members = self._rows(book[MEMBERS], titles[MEMBERS], _member)
                roles = self._rows(book[ROLES], titles[ROLES], _role)
                there = PROMISES in titles
                promises = self._rows(book[PROMISES], titles[PROMISES], _promise) if there else ()
                return Roster(units, members, roles, promises)

    def _optional(self, book: Any) -> list[str]:
        """The sheets that may be left out, as far as they are there; one whose name is mistyped is at fault."""
        strange = [name for name in book.sheetnames if name not in COLUMNS]
        for name in OPTIONAL_COLUMNS:
            if name not in strange and (meant := _meant(name, strange)):
                self.faults.append(Fault(name, 0, "", f"không thấy trang «{name}».{meant}"))
        return [name for name in OPTIONAL_COLUMNS if name in strange]

    def _titles(self, name: str, book: Any) -> list[str]:
        if name not in book.sheetnames:
            self.faults.append(Fault(name, 0, "", f"thiếu trang «{name}».{_meant(name, book.sheetnames)}"))
            return []
        book[name].reset_dimensions()  # some programs write a wrong size
        first = next(book[name].iter_rows(max_row=1), ())
        titles = [_clean(cell.value) for cell in first]
        self.faults += _header_faults(name, titles)
        return titles

    def _rows(self, sheet: Any, titles: Sequence[str], make: "Callable[[_Line], _Row]") -> tuple[_Row, ...]:
        return tuple(make(line) for line in self._lines(sheet, titles))

    def _lines(self, sheet: Any, titles: Sequence[str]) -> "Iterator[_Line]":
        for row, cells in enumerate(sheet.iter_rows(min_row=2, max_row=_MOST_ROWS), 2):
            if any(cell.value is not None and _clean(cell.value) for cell in cells):
                yield _Line(self, sheet.title, row, dict(zip(titles, cells, strict=False)))


@dataclass(slots=True)
class _Line:
    reading: _Reading
    sheet: str
    row: int
    cells: dict[str, Any]

    def text(self, title: str) -> str:
        """The cell as text; a number stays as it looks in the sheet ("001", 1.0 -> "1")."""
        value = self._value(title)
        if isinstance(value, date | datetime):
            return self._fault(title, f"Excel đã đổi thành ngày {value:%d/%m/%Y}; đổi ô sang kiểu Text rồi gõ lại.")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            shown_as = self.cells[title].number_format
            return str(value).zfill(len(shown_as) if set(shown_as) == {"0"} else 1)
        return _clean(value)

    def day(self, title: str) -> date | None:
        """An Excel date, or text dd/mm/yyyy."""
        value = self._value(title)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        written = _clean(value)
        found = written and _written_day(written)
        if written and not found:
            self._fault(title, f"«{written}» không phải ngày; ghi ngày/tháng/năm, ví dụ 19/05/1968.")
        return found or None

    def _value(self, title: str) -> Any:
        cell = self.cells.get(title)
        if cell is None:
            return None
        place = (self.sheet, self.row, title)
        if cell.data_type == "f":
            self.reading.formulas.add(place)
            return None
        if cell.data_type == "e":
            self._fault(title, f"ô báo lỗi {cell.value}; sửa công thức hoặc gõ thẳng giá trị.")
            return None
        if cell.value is None and cell.data_type == "n" and place in self.reading.formulas:
            self._fault(title, "công thức chưa có kết quả; mở bằng Excel rồi lưu lại, hoặc gõ thẳng giá trị.")
        return cell.value

    def _fault(self, title: str, reason: str) -> str:
        self.reading.faults.append(Fault(self.sheet, self.row, title, reason))
        return ""


def _unit(line: _Line) -> UnitRow:
    return UnitRow(line.row, line.text("Mã"), line.text("Tên"), line.text("Loại"), line.text("Cấp trên"))


def _member(line: _Line) -> MemberRow:
    return MemberRow(
        row=line.row,
        code=line.text("Mã"),
        name=line.text("Họ và tên"),
        unit=line.text("Chi bộ"),
        form_word=line.text("Mẫu"),
        status_word=line.text("Trạng thái"),
        birth_date=line.day("Ngày sinh"),
        party_post=line.text("Chức vụ Đảng"),
        state_post=line.text("Chức vụ chính quyền"),
        union_post=line.text("Chức vụ đoàn thể"),
        workplace=line.text("Đơn vị công tác"),
        peer_group=line.text("Nhóm tương đồng"),
        residence=line.text("Nơi cư trú"),
        joined_on=line.day("Ngày vào Đảng"),
        official_on=line.day("Ngày chính thức"),
    )


def _role(line: _Line) -> RoleRow:
    return RoleRow(line.row, line.text("Người"), line.text("Họ và tên"), line.text("Vai trò"), line.text("Tổ chức"))


def _promise(line: _Line) -> PromiseRow:
    return PromiseRow(line.row, line.text("Người"), line.text("Hạn chế"), line.text("Biện pháp"), line.day("Thời hạn"))


def _written_day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _clean(value: object) -> str:
    """Text in NFC, without invisible characters, white space made single."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value))
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _header_faults(sheet: str, titles: Sequence[str]) -> Iterator[Fault]:
    wanted = [column.title for column in (COLUMNS | OPTIONAL_COLUMNS)[sheet]]
    given = [title for title in titles if title]
    strange = [title for title in given if title not in wanted]
    for title in wanted:
        if given.count(title) > 1:
            yield Fault(sheet, 1, title, "có hai cột cùng tên; bỏ bớt một.")
        elif title not in given:
            yield Fault(sheet, 1, title, f"thiếu cột này ở dòng đầu.{_meant(title, strange)}")
    for title in strange:
        yield Fault(sheet, 1, title, "cột lạ; tên cột phải đúng như mẫu, không thêm cột.")


def _meant(wanted: str, others: Sequence[str]) -> str:
    close = difflib.get_close_matches(wanted, others, 1, cutoff=0.6)
    return f" Có phải «{close[0]}» gõ nhầm?" if close else ""
