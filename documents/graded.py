"""A member with everything said about the own grade: the row that most papers around the vote are made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.self_review import day
from review.meetings import Votes
from review.pack import Pack
from review.people import Person
from review.responses import GRADES, Grade

GRADE_FIELDS: dict[Grade, str] = {
    "excellent": "xuat_sac",
    "good": "tot",
    "completed": "hoan_thanh",
    "not_completed": "khong_hoan_thanh",
}
BOX, TICKED = "☐", "☒"


@dataclass(frozen=True, slots=True)
class GradedMember:
    """Each stage's grade, None where it said nothing: the member, the office that employs him, the cell's own
    committee, the body of a mass organisation he leads, the cell, the deciding committee. `reason`: why not graded.
    """

    person: Person
    self_grade: Grade | None = None
    official_grade: Grade | None = None
    leaders_grade: Grade | None = None
    union_grade: Grade | None = None
    cell_grade: Grade | None = None
    final_grade: Grade | None = None
    votes: Votes | None = None
    reviewed: bool = True
    reason: str = ""
    note: str = ""


def label(pack: Pack, grade: Grade | None) -> str:
    return pack.grades[grade].label if grade else ""


def short(pack: Pack, grade: Grade | None) -> str:
    return pack.grades[grade].short if grade else ""


def grade_titles(pack: Pack) -> dict[str, str]:
    """The titles of the grade columns, and the full name of the highest grade as it stands inside a sentence."""
    titles = {GRADE_FIELDS[grade]: pack.grades[grade].short for grade in GRADES}
    full = pack.grades["excellent"].label
    return titles | {"xuat_sac_day_du": full[:1].lower() + full[1:]}


def lines(pack: Pack, rows: Iterable[GradedMember]) -> list[dict[str, str]]:
    """One line a member with all that a list may show; a template takes what it needs."""
    return [{"tt": str(nth), **_line(pack, row)} for nth, row in enumerate(rows, 1)]


def _line(pack: Pack, row: GradedMember) -> dict[str, str]:
    person = row.person
    return {
        "ho_ten": person.name,
        "ma": person.code,
        "chi_bo": person.unit.name if person.unit else "",
        "chuc_vu": posts(person),
        "don_vi_cong_tac": person.workplace,
        "ngay_sinh": day(person.birth_date),
        "ngay_ket_nap": day(person.joined_on),
        "tu_nhan": short(pack, row.self_grade),
        "vien_chuc": short(pack, row.official_grade),
        "chi_uy": short(pack, row.leaders_grade),
        "doan_the": short(pack, row.union_grade),
        "chi_bo_xep": short(pack, row.cell_grade),
        "xep_loai": label(pack, row.final_grade),
        "chua_kiem_diem": BOX if row.reviewed else TICKED,
        "chua_xep_loai": BOX if row.final_grade or row.cell_grade else TICKED,
        "ly_do": row.reason,
        "ghi_chu": "; ".join(part for part in (row.note, row.reason) if part),
        **_votes(row.votes),
    }


def _votes(votes: Votes | None) -> dict[str, str]:
    """Blank where nobody has counted yet: the paper is then filled in by hand."""
    shown = {f"phieu_{name}": str(votes.counts.get(grade, 0)) if votes else "" for grade, name in GRADE_FIELDS.items()}
    return shown | {"phieu_hong": str(votes.invalid) if votes else ""}


def posts(person: Person) -> str:
    return "; ".join(post for post in (person.party_post, person.state_post, person.union_post) if post)
