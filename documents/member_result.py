"""What a member is told of the own grade, as a paper to keep: the grade in words and nothing else."""

from dataclasses import dataclass

from documents.graded import label, posts
from documents.letterhead import Letterhead
from documents.pdf import pdf
from documents.self_review import DOTS, day
from review.pack import Pack
from review.people import Person
from review.responses import Grade

RIGHTS = (
    "Đồng chí có quyền giải trình, bổ sung minh chứng hoặc khiếu nại về kết quả này với cấp ủy đã quyết định. "
    "Kết quả chỉ ghi mức xếp loại; nội dung góp ý và biên bản được lưu theo quy định."
)


@dataclass(frozen=True, slots=True)
class MemberResult:
    """`grade` None: not graded, `reason` then says why."""

    head: Letterhead
    pack: Pack
    person: Person
    grade: Grade | None
    reason: str = ""


def member_result_pdf(paper: MemberResult) -> bytes:
    year, person = paper.head.year, paper.person
    if paper.grade:
        told = f"Cấp ủy đã công nhận mức xếp loại chất lượng đảng viên năm {year} của đồng chí:"
    else:
        told = f"Năm {year} đồng chí chưa được xếp loại chất lượng. Lý do: {paper.reason.rstrip('.') or DOTS}."
    own: dict[str, object] = {
        "tieu_de": f"Kết quả đánh giá, xếp loại chất lượng đảng viên năm {year}",
        "ho_ten": person.name,
        "ngay_sinh": day(person.birth_date),
        "ten_chi_bo": person.unit.name if person.unit else "",
        "chuc_vu": posts(person),
        "ket_qua": told,
        "xep_loai": label(paper.pack, paper.grade),
        "quyen": RIGHTS,
    }
    return pdf("result", paper.head.fields() | own)
