"""A ward on the evening of its committee: three cells have met; one peer group is above its ceiling, another needs
grounds. By the rules of hd43-2025.
"""

from dataclasses import replace
from datetime import date, datetime

from conversations.facts import Account
from review.calendar import Cycle
from review.decisions import Decision
from review.forms import Item, walk
from review.meetings import Absence, Meeting, Votes
from review.pack import load
from review.people import Person, Role, Unit
from review.responses import Answers, Grade, Response
from tests.conversations.village import HANOI
from tests.conversations.world import World

PACK = load("hd43-2025")
WARD = Unit(1, "TV", "Đảng ủy phường Trường Vinh", "committee")
BLOCK = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
SCHOOL = Unit(3, "LL", "Chi bộ Trường THCS Lê Lợi", "cell", 1)
OFFICE = Unit(4, "UB", "Chi bộ Ủy ban", "cell", 1)
CELLS = (BLOCK, SCHOOL, OFFICE)
DUNG = Person(1, "DUNG", "Hồ Sỹ Dũng", OFFICE, date(1971, 9, 30), "2A", "member", roles=(Role("officer", WARD),))
LAN = Person(2, "LAN", "Lê Thị Lan", BLOCK, date(1975, 1, 5), "2B", "head", roles=(Role("secretary", BLOCK),))
KY = Person(3, "KY", "Phan Văn Kỳ", SCHOOL, date(1979, 4, 1), "2A", "leader", roles=(Role("officer", WARD),))
MIEN = Person(4, "MIEN", "Võ Thị Miên", BLOCK, date(1940, 2, 2), "2C", "outside", status="exempt")
MOI = Person(5, "MOI", "Trần Thị Mới", SCHOOL, date(2001, 2, 2), "2A", "member", joined_on=date(2026, 9, 3))
NAMES = (
    "Cao Thị An", "Đinh Văn Bảy", "Hồ Thị Cúc", "Lý Văn Dần", "Mai Thị Én", "Ngô Văn Phú", "Phan Thị Quế",
    "Bùi Văn Sơn", "Chu Văn Tài",
    "Đỗ Thị Uyên", "Vương Văn Vinh", "Tạ Thị Xuân", "Lưu Văn Yên", "Hà Thị Ánh", "Kiều Văn Bằng",
    "Nghiêm Thị Cam", "Ông Văn Đức", "Quách Thị Giang", "Thái Văn Hùng", "Uông Thị Kim", "Viên Văn Long", "Ân Thị Mai",
    "Bạch Văn Ninh", "Cù Thị Oanh",
)  # fmt: skip
# Of group "member" twelve are good and three proposed excellent; of "outside" eight are good and two excellent.
MEMBERS = tuple(
    Person(10 + nth, f"M{nth}", name, CELLS[1 + nth % 2], date(1980, 1, 1 + nth), "2A", "member")
    for nth, name in enumerate(NAMES[:14])
)
OUTSIDE = tuple(
    Person(30 + nth, f"O{nth}", name, BLOCK, date(1960, 1, 1 + nth), "2C", "outside")
    for nth, name in enumerate(NAMES[14:])
)
TASKS = {"tasks_done": 100.0, "tasks_on_time": 100.0, "tasks_above": 30.0}


def board() -> World:
    """Dũng (account 1), Lan (2) and Kỳ (3) have joined; the meetings of all cells are closed."""
    world = World(datetime(2026, 12, 20, 19, 30, tzinfo=HANOI), PACK)
    world.cycle = Cycle(1, 2026, PACK.name, {"committee_decision_due": date(2026, 12, 31)})
    world.units = {unit.id: unit for unit in (WARD, *CELLS)}
    world.people = {person.id: person for person in (DUNG, LAN, KY, MIEN, MOI, *MEMBERS, *OUTSIDE)}
    for person in (DUNG, LAN, KY):
        world.accounts[person.id] = Account(person.id, "web", person.id)
        world.consents[person.id] = "2026-11"
    for nth, cell in enumerate(CELLS, 1):
        absences = (Absence(MOI.id, "đi học"),) if cell == SCHOOL else ()
        world.grading.meetings.append(Meeting(nth, cell.id, date(2026, 12, 12 + nth), 10, 9, absences, closed=True))
    for nth, person in enumerate(MEMBERS):
        propose(world, person, "excellent" if nth < 3 else "good", off=nth)
    propose(world, DUNG, "good", off=20)
    for nth, person in enumerate(OUTSIDE):
        propose(world, person, "excellent" if nth < 2 else "good", off=nth)
    propose(world, LAN, "good", off=12)
    propose(world, KY, "good", off=15)
    world.grading.known[MEMBERS[0].id] = {**TASKS, "tasks_above": 45.0, "shortcomings_fixed": 100.0}
    world.grading.known[MEMBERS[1].id] = {**TASKS, "tasks_above": 20.0}
    file(world, MEMBERS[0], "residence_remark", {"meetings": "often", "conduct": "well"})
    return world


def propose(
    world: World, person: Person, grade: Grade | None, *, off: float = 0, reason: str = "", filed: bool = True
) -> Decision:
    """The self-review is in, `off` points below the hundred, and the cell has proposed this grade."""
    assert person.unit
    if filed and not world.find("self_review", person.id):
        file(world, person, "self_review", scored(person, off))
    votes = Votes({"excellent": 2, "good": 7} if grade == "good" else {"excellent": 8, "good": 1}) if grade else None
    meeting = world.grading.meeting(person.unit.id)
    world.grading.supersede(world, "cell", "person", person.id)
    number = len(world.grading.decisions) + 1
    said = Decision(
        number,
        "cell",
        "person",
        person.id,
        grade,
        LAN.id,
        world.now,
        reason,
        grade,
        votes,
        meeting.id if meeting else 0,
    )
    world.grading.decisions.append(said)
    return said


def propose_cell(world: World, cell: Unit, grade: Grade) -> None:
    world.grading.supersede(world, "cell", "unit", cell.id)
    number = len(world.grading.decisions) + 1
    world.grading.decisions.append(Decision(number, "cell", "unit", cell.id, grade, LAN.id, world.now))


def scored(person: Person, off: float) -> Answers:
    """Full points but for the last task criterion of the form."""
    form = PACK.forms[person.form or "2A"]
    scores = {a.key: float(a.question.max_points) for a in walk(form, {}) if a.question.kind == "score"}
    for key in reversed(scores):
        taken = min(scores[key], off)
        scores[key], off = scores[key] - taken, off - taken
    return {"conduct": "Giữ mình trong sạch.", **scores}


def enter(world: World, person_id: int, cell: Unit, name: str = "") -> Person:
    """One more member of group "member"; neither written nor proposed anything yet."""
    person = replace(MEMBERS[0], id=person_id, code=f"E{person_id}", name=name or f"Đồng chí {person_id}", unit=cell)
    world.people[person_id] = person
    return person


def file(world: World, about: Person | Unit, kind: str, answers: Answers) -> Response:
    number = len(world.responses) + 1
    form = about.form or "2A" if isinstance(about, Person) and kind == "self_review" else kind
    response = Response(number, kind, form, about.id, about.id, "accepted", answers, world.now, world.now, "K7-4F2Q")  # type: ignore[arg-type]
    world.responses[number] = response
    return response


def suggest(world: World, person: Person, text: str) -> None:
    world.givens[person.id] = replace(world.facts(1).given(person.id), suggested=(Item("90", text),))
