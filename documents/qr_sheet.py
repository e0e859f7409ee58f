"""Invitations as a sheet of cards to cut out: eight to an A4 page, each with what one person needs to join."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import segno
from docx.document import Document as Doc
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.party_layout import CENTER, line, new_page, write
from documents.template import printable

ACROSS = 2
CARD_WIDTH, CARD_HEIGHT = 95, 67  # mm; four rows to a page
QR_WIDTH = 32  # mm
INSTRUCTION = "Quét mã bằng camera điện thoại. Mã dùng một lần, không đưa người khác."


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """`web` and `telegram` are links ("" = that channel is off); `zalo`: whether a Zalo bot answers to "DK CODE"."""

    name: str
    unit: str
    code: str
    web: str
    telegram: str = ""
    zalo: bool = False
    expires_on: date | None = None


def qr_sheet_docx(cards: Sequence[InvitationCard]) -> bytes:
    """All cards in the order given."""
    document = new_page(size=11)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(10)
    section.header_distance = section.footer_distance = Mm(5)
    if cards:
        _table(document, cards)
    line(document, " ", size=1)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Doc, cards: Sequence[InvitationCard]) -> None:
    table = document.add_table(rows=-(-len(cards) // ACROSS), cols=ACROSS)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _dashed(table)
    left = iter(cards)
    for row in table.rows:
        row.height, row.height_rule = Mm(CARD_HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, card in zip(row.cells, left, strict=False):
            cell.width = Mm(CARD_WIDTH)
            _card(cell, card)


def qr_picture(link: str) -> bytes:
    """A PNG to scan, from paper or from a screen."""
    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=6, border=2)
    return picture.getvalue()


def _card(cell: Any, card: InvitationCard) -> None:
    title = write(cell.paragraphs[0], printable(card.name), bold=True, size=13)
    title.alignment, title.paragraph_format.space_before = CENTER, Pt(4)
    line(cell, printable(card.unit), align=CENTER, size=10)
    links = [(link, label) for link, label in ((card.web, "Trang web"), (card.telegram, "Telegram")) if link]
    codes = cell.add_table(rows=1, cols=max(len(links), 1))
    codes.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, (link, label) in zip(codes.rows[0].cells, links, strict=False):
        place.paragraphs[0].alignment = CENTER
        place.paragraphs[0].add_run().add_picture(BytesIO(qr_picture(link)), width=Mm(QR_WIDTH))
        line(place, label, align=CENTER, size=9)
    write(cell.paragraphs[-1], card.code, bold=True, size=15).alignment = CENTER
    line(cell, _by_hand(card), align=CENTER, size=10)
    line(cell, INSTRUCTION, align=CENTER, size=9)


def _by_hand(card: InvitationCard) -> str:
    zalo = f"Zalo: nhắn DK {card.code}" if card.zalo else ""
    expiry = f"Hạn dùng {card.expires_on:%d/%m/%Y}" if card.expires_on else ""
    return " · ".join(part for part in (zalo, expiry) if part)


def _dashed(table: Any) -> None:
    """Lines to cut along."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("color", "808080")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)
