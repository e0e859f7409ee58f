"""Whom a secretary has to meet in person: a list to take along, by place of residence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.letterhead import Letterhead
from documents.self_review import day
from documents.template import fill
from review.people import Person


@dataclass(frozen=True, slots=True)
class CallLine:
    """`lacking` and `why` in words, as they are printed."""

    person: Person
    lacking: str
    until: date | None
    why: str


def call_list_docx(head: Letterhead, on: date, lines: Sequence[CallLine], template: bytes) -> bytes:
    """Raises documents.template.TemplateFault when the template cannot be filled, as every paper does."""
    rows = [_row(nth, line) for nth, line in enumerate(lines, 1)]
    return fill(template, head.fields() | {"hom_nay": day(on), "so_nguoi": str(len(rows)), "nguoi": rows})


def _row(nth: int, line: CallLine) -> dict[str, str]:
    person = line.person
    return {
        "tt": str(nth),
        "ho_ten": person.name,
        "chi_bo": person.unit.name if person.unit else "",
        "noi_cu_tru": person.residence.name if person.residence else "",
        "con_thieu": line.lacking,
        "han": day(line.until),
        "ly_do": line.why,
    }
