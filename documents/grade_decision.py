"""The decision of the base committee, and what each member is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.graded import GradedMember, label, lines
from documents.letterhead import Letterhead
from documents.template import fill
from review.pack import Pack
from review.responses import GRADES


@dataclass(frozen=True, slots=True)
class GradeDecision:
    """`rows`: the members who were graded; those who were not are on their own list."""

    head: Letterhead
    pack: Pack
    rows: Sequence[GradedMember]


def grade_decision_docx(paper: GradeDecision, template: bytes) -> bytes:
    pack = paper.pack
    counts = ((grade, sum(row.final_grade == grade for row in paper.rows)) for grade in GRADES)
    own = {
        "nguoi": lines(pack, paper.rows),
        "so_nguoi": str(len(paper.rows)),
        "tom_tat": "; ".join(f"{label(pack, grade)}: {count}" for grade, count in counts),
        "can_cu": [f"{one.title} số {one.code}, ngày {one.issued}" for one in pack.documents],
        "dang_uy": paper.head.committee.upper().replace("ĐẢNG BỘ", "ĐẢNG ỦY", 1),
    }
    return fill(template, paper.head.fields() | own)
