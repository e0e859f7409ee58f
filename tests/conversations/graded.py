"""Khối 5 after the committee has decided: Hoa was graded lower than she and the cell had proposed."""

from dataclasses import replace
from datetime import date, datetime

from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting
from review.decisions import Decision
from review.meetings import Votes
from review.people import Person, Role
from review.responses import Grade
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, crowd, enter, review_of
from tests.conversations.village import HANOI, WARD
from tests.conversations.world import World

KHANH = Person(50, "KHANH", "Đặng Quốc Khánh", roles=(Role("officer", WARD),))
QUAN = Person(51, "QUAN", "Lý Thị Quân", roles=(Role("admin", WARD),))
REASON = "Hai hồ sơ chậm quá 30 ngày, theo báo cáo tháng 11 của phường."
MEMBERS = (HOA, LAN, *BLOCK_MEMBERS)
ALL_GOOD = Votes({"excellent": 0, "good": 9, "completed": 0, "not_completed": 0})


def met() -> World:
    """All of Khối 5 handed in and were proposed "tốt" on 15/12; nothing is decided."""
    world = crowd()
    enter(world, KHANH)
    enter(world, QUAN)
    assert world.cycle
    dates = {**world.cycle.dates, "committee_decision_due": date(2026, 12, 31)}
    world.cycle = replace(world.cycle, dates=dates)  # type: ignore[arg-type]
    for person in MEMBERS:
        review_of(person, world)
    world.now = datetime(2026, 12, 15, 19, 30, tzinfo=HANOI)
    meets(world)
    return world


def graded(grade: Grade | None = "completed", reason: str = REASON) -> World:
    """The same on 28/12, and Dũng has recorded the committee's decision on Hoa."""
    world = met()
    world.now = datetime(2026, 12, 28, 9, 0, tzinfo=HANOI)
    decides(world, grade, reason)
    return world


def meets(world: World) -> None:
    """The cell's meeting of the present round is recorded and closed by Lan."""
    world.apply(LAN.id, RecordMeeting(BLOCK.id, world.now.date(), len(MEMBERS), len(MEMBERS)))
    meeting = world.grading.meeting(BLOCK.id)
    assert meeting
    for person in MEMBERS:
        proposes(world, person, meeting.id)
    world.apply(LAN.id, CloseMeeting(meeting.id))


def proposes(world: World, person: Person, meeting_id: int) -> None:
    proposal = RecordDecision("cell", "person", person.id, "good", votes=ALL_GOOD, meeting_id=meeting_id)
    world.apply(LAN.id, proposal)


def decides(world: World, grade: Grade | None, reason: str = REASON, person: Person = HOA) -> Decision:
    world.apply(DUNG.id, RecordDecision("committee", "person", person.id, grade, reason))
    decision = world.grading.standing("committee", "person", person.id)
    assert decision
    return decision


def notice_for(world: World, person: Person, kind: str) -> int:
    """The latest notice of this kind planned for the person."""
    found = [number for number, (who, notice) in world.notices.items() if (who, notice.kind) == (person.id, kind)]
    assert found, f"nothing of kind {kind} for {person.name}"
    return found[-1]
