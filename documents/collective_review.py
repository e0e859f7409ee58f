"""The collective review of a cell or committee as the official paper (form 01), filled or blank."""

from dataclasses import dataclass, field

from documents.filled_form import sections
from documents.self_review import place_and_day, receipt_line
from documents.template import fill
from review.calendar import Cycle
from review.forms import Form, Given
from review.pack import Pack
from review.people import Unit
from review.responses import Response


@dataclass(frozen=True, slots=True)
class CollectiveReview:
    """`committee`: the name of the body above the unit; `signer`: who hands it in for the collective. `response` None
    gives a blank form to fill in by hand. Moments are printed as they come: in the committee's time zone.
    """

    pack: Pack
    cycle: Cycle
    unit: Unit
    committee: str
    form: Form
    response: Response | None = None
    given: Given = field(default_factory=Given)
    signer: str = ""
    place: str = ""


def collective_review_docx(paper: CollectiveReview, template: bytes) -> bytes:
    """The paper as .docx. Raises documents.template.TemplateFault when the office's template cannot be filled."""
    response = paper.response
    signed = response.submitted_at.date() if response and response.submitted_at else None
    fields = {
        "dang_bo": paper.committee.upper(),
        "chi_bo": paper.unit.name.upper(),
        "ten_chi_bo": paper.unit.name,
        "noi_ngay": place_and_day(paper.place, signed, paper.cycle.year),
        "nam": str(paper.cycle.year),
        "ten_ky": paper.signer if signed else "",
        "theo_cap_do": bool(paper.pack.levels),
        "phan": sections(paper.pack, paper.form, response.answers if response else None, paper.given),
        "bien_nhan": receipt_line(response),
    }
    return fill(template, fields)
