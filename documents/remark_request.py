"""The committee asks a residence cell for its remarks (213-QĐ/TW): on whom, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.graded import GradedMember, lines
from documents.letterhead import Letterhead
from documents.self_review import day
from documents.template import fill
from review.pack import Pack
from review.people import Person


@dataclass(frozen=True, slots=True)
class RemarkRequest:
    """`area`: the cell where these people live."""

    head: Letterhead
    pack: Pack
    area: str
    people: Sequence[Person]
    due: date | None = None


def remark_request_docx(paper: RemarkRequest, template: bytes) -> bytes:
    """Raises documents.template.TemplateFault when the template cannot be filled, as every paper does."""
    own = {
        "noi_cu_tru": paper.area,
        "so_nguoi": str(len(paper.people)),
        "han": day(paper.due),
        "nguoi": lines(paper.pack, map(GradedMember, paper.people)),
    }
    return fill(template, paper.head.fields() | own)
