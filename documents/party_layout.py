"""The Party's page layout (36-HD/VPTW, 3/4/2018): A4, Times New Roman, the two-column heading.

Margins could not be read in the guidance itself: 20/20/30/15 mm is the common practice. They live in the templates,
where the office may change them in Word.
"""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20, 20, 30, 15  # mm
INDENT = 10  # mm, first line
LEFT, CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def new_page(*, landscape: bool = False, size: float = 14) -> Doc:
    """An empty A4 page with the Party's margins and type. `size` in points."""
    document = Document()
    section = document.sections[0]
    width, height = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(MARGIN_TOP), Mm(MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(MARGIN_LEFT), Mm(MARGIN_RIGHT)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        normal.element.rPr.rFonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.1
    return document


def text_width(document: Doc) -> int:
    """The width between the margins, in mm."""
    width = document.sections[0].page_width
    assert width is not None
    return round(width / Mm(1)) - MARGIN_LEFT - MARGIN_RIGHT


def write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: float | None = None,
) -> Paragraph:
    """Add a run of text."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    if size:
        run.font.size = Pt(size)
    return paragraph


def line(where: Any, text: str = "", *, align: WD_ALIGN_PARAGRAPH = LEFT, before: float = 0, **style: Any) -> Paragraph:
    """A paragraph of its own. `before` is the space above it in points."""
    paragraph: Paragraph = where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    return write(paragraph, text, **style) if text else paragraph


def tag(where: Any, command: str) -> None:
    """A paragraph-level template command; it disappears when the template is filled."""
    where.add_paragraph("{%p " + command + " %}")


def body(where: Any, text: str = "", **style: Any) -> Paragraph:
    """Running text: justified, first line indented."""
    paragraph = line(where, text, align=JUSTIFY, before=3, **style)
    paragraph.paragraph_format.first_line_indent = Mm(INDENT)
    return paragraph


def dotted(where: Any, label: str, width: int, *, keep: bool = False, **style: Any) -> Paragraph:
    """A label and dots up to `width` mm, to be written on by hand. `keep`: on one page with what follows."""
    paragraph = line(where, label, before=5, **style)
    paragraph.paragraph_format.first_line_indent = Mm(INDENT)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run("\t")
    return paragraph


def columns(document: Doc, widths: list[int], *, grid: bool = False) -> Any:
    """A one-row table with fixed column widths in mm; with `grid`, all lines are drawn."""
    table = document.add_table(rows=1, cols=len(widths))
    table.style = document.styles["Table Grid"] if grid else table.style
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    return table


def repeat_header(table: Any) -> None:
    """The first row comes again on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_row(table: Any) -> Any:
    """A further row with the widths of the first one, not broken across pages."""
    row = table.add_row()
    for cell, first in zip(row.cells, table.rows[0].cells, strict=True):
        cell.width = first.width
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


@dataclass(frozen=True, slots=True)
class Listed:
    """One column of a list: its width in mm, its title, the template field in every row."""

    width: int
    title: str
    field: str = ""
    centred: bool = False


def listing(document: Doc, loop: str, listed: list[Listed], *, size: float = 12) -> Any:
    """A table with one row for everything in `loop` ("n in nguoi"); the header comes again on every page."""
    table = columns(document, [column.width for column in listed], grid=True)
    for cell, column in zip(table.rows[0].cells, listed, strict=True):
        write(cell.paragraphs[0], column.title, bold=True, size=size).alignment = CENTER
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    repeat_header(table)
    add_row(table).cells[0].paragraphs[0].add_run("{%tr for " + loop + " %}")
    for cell, column in zip(add_row(table).cells, listed, strict=True):
        paragraph = write(cell.paragraphs[0], column.field, size=size)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        paragraph.alignment = CENTER if column.centred else LEFT
    add_row(table).cells[0].paragraphs[0].add_run("{%tr endfor %}")
    return table


def heading(document: Doc, upper: str, lower: str, place_and_day: str) -> None:
    """The two columns on top: the bodies on the left, the Party's name, place and day on the right."""
    width = text_width(document) + 12  # the two columns reach a little into the margins
    left, right = columns(document, [width * 48 // 100, width * 52 // 100]).rows[0].cells
    write(left.paragraphs[0], upper).alignment = CENTER
    line(left, lower, align=CENTER, bold=True)
    line(left, "*", align=CENTER)
    write(right.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, underline=True, size=15).alignment = CENTER
    line(right, place_and_day, align=CENTER, before=10, italic=True)


def footer(document: Doc, text: str) -> None:
    """Small type at the foot of every page, so that loose sheets can be matched."""
    write(document.sections[0].footer.paragraphs[0], text, italic=True, size=10)


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: the body, what is asked in brackets, the printed name, the day above it."""

    title: str
    asked: str = "(Ký, ghi rõ họ tên)"
    name: str = ""
    day: str = ""


def signatures(document: Doc, *places: Signature | None) -> Any:
    """Places to sign side by side (None = left empty), all on one page. Returns their table."""
    width = text_width(document) // len(places)
    table = columns(document, [width] * len(places))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, place in zip(table.rows[0].cells, places, strict=True):
        if place:
            _sign(cell, place)
    return table


def _sign(cell: Any, place: Signature) -> None:
    write(cell.paragraphs[0], place.day, italic=True).alignment = CENTER
    cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    line(cell, place.title, align=CENTER, bold=True)
    line(cell, place.asked, align=CENTER, italic=True, size=12)
    for _ in range(3):
        line(cell)
    line(cell, place.name, align=CENTER, bold=True)
