"""Tables for Excel: what people typed stays text, never a formula, a link or a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from documents.template import printable

Value = str | int | float | date | datetime | None
LONGEST = 32_000  # Excel keeps 32,767 characters in a cell
LINE, MOST_LINES = 16, 25  # points; Excel draws no row higher than 409
CUT = "… (còn nữa, xem tệp JSON)"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters."""

    title: str
    width: int = 14


class Tables:
    """A workbook of plain tables: bold frozen header, filter, printed on A4 landscape with the header on every page."""

    def __init__(self) -> None:
        self._out = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
        self._book: Any = xlsxwriter.Workbook(self._out, options)
        add = self._book.add_format
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self._head = add(
            {**base, "bold": True, "border": 1, "bg_color": "#E7E6E6", "text_wrap": True, "align": "center"}
        )
        self._title = add({**base, "bold": True, "font_size": 14})
        self._plain = add({**base, "border": 1, "text_wrap": True})
        self._day = add({**base, "border": 1, "num_format": "dd/mm/yyyy", "align": "left"})
        self._moment = add({**base, "border": 1, "num_format": "hh:mm dd/mm/yyyy", "align": "left"})

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, title: str = "", frozen: int = 0
    ) -> None:
        """One table. `frozen`: how many columns stay in sight when scrolling to the side."""
        sheet = self._book.add_worksheet(name)
        top = 2 if title else 0
        if title:
            sheet.write_string(0, 0, printable(title), self._title)
        sheet.set_row(top, _height([column.title for column in columns], columns))
        for nth, column in enumerate(columns):
            sheet.set_column(nth, nth, column.width)
            sheet.write_string(top, nth, column.title, self._head)
        last = top
        for last, row in enumerate(rows, top + 1):
            sheet.set_row(last, _height(row, columns))
            for nth, value in enumerate(row):
                self._write(sheet, last, nth, value)
        sheet.freeze_panes(top + 1, frozen)
        sheet.autofilter(top, 0, last, len(columns) - 1)
        _print_setup(sheet, top)

    def _write(self, sheet: Any, row: int, column: int, value: Value) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self._plain)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, str):
            text = printable(value)
            sheet.write_string(row, column, text if len(text) <= LONGEST else text[:LONGEST] + CUT, self._plain)
        else:
            sheet.write_number(row, column, value, self._plain)

    def content(self) -> bytes:
        """The finished .xlsx; nothing can be added after this."""
        self._book.close()
        return self._out.getvalue()


def _height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """Points for a row of wrapped texts: not every program finds the height by itself before it prints."""
    texts = ((str(value), column.width) for value, column in zip(values, columns, strict=True) if value is not None)
    lines = max((sum(1 + len(part) // width for part in text.split("\n")) for text, width in texts), default=1)
    return LINE * min(lines, MOST_LINES)


def _print_setup(sheet: Any, header_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)  # inches
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, header_row)
    sheet.set_footer("&CTrang &P/&N")
