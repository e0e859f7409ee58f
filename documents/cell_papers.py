"""Lists and ballots of a cell or a committee: the summary of proposals, the two ballots, who is not graded."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.graded import GradedMember, grade_titles, lines
from documents.letterhead import Letterhead
from documents.template import fill
from documents.workbook import Column, Tables
from review.pack import Pack

_PROPOSALS = (
    ("TT", "tt", 6), ("Họ và tên", "ho_ten", 26), ("Mã số", "ma", 12),
    ("Chức vụ Đảng, chính quyền, đoàn thể", "chuc_vu", 32), ("(1) Đảng viên tự đánh giá", "tu_nhan", 16),
    ("(2) Xếp loại viên chức, người lao động", "vien_chuc", 18), ("(3) Chi ủy", "chi_uy", 14),
    ("(4) Tập thể lãnh đạo đoàn thể", "doan_the", 18), ("(5) Chi bộ", "chi_bo_xep", 14), ("Ghi chú", "ghi_chu", 24),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberList:
    """`secretary`: the name printed under the signature, empty for a blank one."""

    head: Letterhead
    pack: Pack
    rows: Sequence[GradedMember]
    secretary: str = ""


def member_list_docx(paper: MemberList, template: bytes) -> bytes:
    """The template decides which list it is: "proposals", "ballot_grades", "ballot_excellent" or "not_graded"."""
    own = {
        "nguoi": lines(paper.pack, paper.rows),
        "muc": grade_titles(paper.pack),
        "bi_thu": paper.secretary,
        "ky_thay": "T/M CHI BỘ" if paper.head.cell else "T/M ĐẢNG ỦY",
    }
    return fill(template, paper.head.fields() | own)


def proposals_workbook(paper: MemberList) -> bytes:
    """The summary of proposals as .xlsx, to go on working with."""
    tables = Tables()
    title = f"Tổng hợp đề xuất mức chất lượng đảng viên của các chủ thể năm {paper.head.year} · {paper.head.cell}"
    rows = ([line[field] for _, field, _ in _PROPOSALS] for line in lines(paper.pack, paper.rows))
    tables.sheet("Đề xuất", [Column(name, width) for name, _, width in _PROPOSALS], rows, title=title, frozen=2)
    return tables.content()
