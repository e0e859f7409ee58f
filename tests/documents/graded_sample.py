"""A cell after its meeting, for the papers around the vote: long names, odd characters, somebody not graded."""

from dataclasses import replace
from datetime import date

from documents.graded import GradedMember
from documents.letterhead import Letterhead
from review.meetings import Absence, Meeting, Votes
from review.pack import Pack, load
from review.people import Person
from tests.documents.sample import COMMITTEE, HOA, SCHOOL

IN_FORCE = "hd43-2025"
PACK: Pack = load(IN_FORCE)
CELL_HEAD = Letterhead(COMMITTEE.name, 2026, SCHOOL.name, "Trường Vinh", date(2026, 12, 15))
HEAD = Letterhead(COMMITTEE.name, 2026, place="Trường Vinh")
LONG = "Công Tằng Tôn Nữ Hoàng Thị Phương Khánh Nguyệt"
NAM = replace(HOA, id=8, code="002", name="Trần Văn Nam", state_post="Phó Hiệu trưởng", joined_on=date(2010, 2, 3))
TOM = replace(HOA, id=9, code="003", name="Lê \"Tư\" <a> & 'b' {{ x }}", workplace="", union_post="", party_post="")
ROWS = (
    GradedMember(HOA, "excellent", "good", "excellent", "good", "excellent", "good",
                 Votes({"excellent": 12, "good": 4}, 1), note="Đang giải quyết khiếu nại"),
    GradedMember(NAM, "good", None, "good", None, "good", "good", Votes({"good": 16}, 1)),
    GradedMember(replace(TOM, name=LONG, id=10, code="004"), "completed", cell_grade="completed",
                 final_grade="completed", votes=Votes({"completed": 16}, 1)),
    GradedMember(TOM, reviewed=False, reason="Đi công tác dài ngày, ốm & <điều trị>"),
)  # fmt: skip
MEETING = Meeting(1, SCHOOL.id, date(2026, 12, 15), 20, 17, (Absence(9, "ốm."), Absence(11)), secret=True)


def many(count: int) -> tuple[GradedMember, ...]:
    """So many members, as long a list as a large cell's."""
    names = ("Nguyễn Thị Hoa", "Trần Văn Nam", LONG)
    people = (Person(n, f"M{n:03}", names[n % 3], SCHOOL, HOA.birth_date, "2A") for n in range(1, count + 1))
    return tuple(GradedMember(person, "good", cell_grade="good", final_grade="good") for person in people)
