"""The residence remark (213-QĐ/TW) on paper: one slip a member, filled or blank, and one blank sheet for an area.

The exact criteria are still to be confirmed by the office; that is marked in the rule pack, not on the paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_uppercase
from typing import cast

from documents.filled_form import Line, sections
from documents.self_review import day, place_and_day, receipt_line
from documents.template import fill
from review.calendar import Cycle
from review.forms import Form, Given, Question
from review.pack import Pack
from review.people import Person, Unit
from review.responses import Response


@dataclass(frozen=True, slots=True)
class RemarkSlip:
    """`committee`: the body above the residence cell `area`. `response` None gives a blank slip."""

    pack: Pack
    cycle: Cycle
    person: Person
    area: Unit
    committee: str
    response: Response | None = None
    place: str = ""


def remark_slip_docx(slip: RemarkSlip, template: bytes) -> bytes:
    """The slip about one member. Raises documents.template.TemplateFault when the template cannot be filled."""
    person, response = slip.person, slip.response
    form = slip.pack.forms[response.form if response else "residence_remark"]
    parts = sections(slip.pack, form, response.answers if response else None, Given(), headings=True)
    signed = response.submitted_at.date() if response and response.submitted_at else None
    fields = {
        "dang_bo": slip.committee.upper(),
        "chi_bo": slip.area.name.upper(),
        "ten_chi_bo": slip.area.name,
        "noi_ngay": place_and_day(slip.place, signed, slip.cycle.year),
        "nam": str(slip.cycle.year),
        "ho_ten": person.name,
        "ngay_sinh": day(person.birth_date),
        "noi_sinh_hoat": person.unit.name if person.unit else "",
        "don_vi_cong_tac": person.workplace,
        "dong": _numbered(line for part in parts for line in cast("list[Line]", part["dong"])),
        "bien_nhan": receipt_line(response),
    }
    return fill(template, fields)


def _numbered(lines: Iterable[Line]) -> list[Line]:
    """The headings numbered through: 1., 2., 3."""
    counted = count(1)
    return [line | {"so": str(next(counted))} if line["kieu"] == "muc" else line for line in lines]


@dataclass(frozen=True, slots=True)
class AreaSheet:
    """A blank sheet with everybody living in one residence area."""

    pack: Pack
    cycle: Cycle
    area: Unit
    committee: str
    people: Sequence[Person]
    place: str = ""


def area_sheet_docx(sheet: AreaSheet, template: bytes) -> bytes:
    """One line a member, to be filled in at a meeting with a letter for every criterion."""
    fields = {
        "dang_bo": sheet.committee.upper(),
        "chi_bo": sheet.area.name.upper(),
        "noi_ngay": place_and_day(sheet.place, None, sheet.cycle.year),
        "nam": str(sheet.cycle.year),
        "tieu_chi": _criteria(sheet.pack.forms["residence_remark"]),
        "nguoi": [_line(nth, person) for nth, person in enumerate(sheet.people, 1)],
    }
    return fill(template, fields)


def _criteria(form: Form) -> list[object]:
    closed = [
        block for section in form.sections for block in section.blocks if isinstance(block, Question) and block.options
    ]
    return [
        {
            "so": str(nth),
            "ten": question.title,
            "muc": "; ".join(f"{x}. {o.label}" for x, o in zip(ascii_uppercase, question.options, strict=False)),
        }
        for nth, question in enumerate(closed, 1)
    ]


def _line(nth: int, person: Person) -> dict[str, str]:
    where = [person.unit.name if person.unit else "", person.workplace]
    return {"tt": str(nth), "ho_ten": person.name, "noi_sinh_hoat": ", ".join(part for part in where if part)}
