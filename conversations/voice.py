"""What a member was graded at the three stages, and what was said to it. Shared by screens and by storage's judging."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from conversations.facts import Facts
from review.appeals import Appeal, answer_due
from review.decisions import Decision
from review.people import Person
from review.permissions import may
from review.responses import GRADES, Grade

UNDER_COMPLAINT = " · đang xem xét khiếu nại"


@dataclass(frozen=True, slots=True)
class Result:
    """The member's own word, what the cell proposed (if it has), what the committee decided."""

    own: Grade | None
    own_at: datetime | None
    cell: Decision | None
    committee: Decision


def standing_result(facts: Facts, person_id: int) -> Decision | None:
    """The committee's decision on the person; until then there is no result."""
    return facts.grading.decision("committee", "person", person_id) if facts.cycle else None


def result_of(facts: Facts, person_id: int) -> Result | None:
    decision = standing_result(facts, person_id)
    if decision is None:
        return None
    response = facts.response("self_review", person_id)
    said = response.answers.get("self_grade") if response and not response.is_open else None
    own = next((grade for grade in GRADES if grade == said), None)
    at = response.submitted_at if response and own else None
    return Result(own, at, facts.grading.decision("cell", "person", person_id), decision)


def complaint_due(facts: Facts) -> date:
    """Until when a complaint made today is to be answered."""
    return answer_due(facts.today, facts.pack.meeting if facts.pack else None)


def has_open_complaint(facts: Facts, decision_id: int) -> bool:
    return decision_id in facts.appeals.complained()


def mark(facts: Facts, decision: Decision | None) -> str:
    """What stands behind a grade wherever those responsible see it, while a complaint about it is open; else empty."""
    return UNDER_COMPLAINT if decision and has_open_complaint(facts, decision.id) else ""


def to_answer(facts: Facts) -> tuple[Appeal, ...]:
    """Open complaints this person is to answer, the earliest due first."""
    me = facts.me
    return tuple(one for one in facts.appeals.open() if me and one.handler_id == me.id)


def late_elsewhere(facts: Facts) -> tuple[Appeal, ...]:
    """Complaints about members of the cells an officer looks after that others have not answered in time."""
    return _seen(facts, lambda one: one.is_late(facts.today) and not (facts.me and one.handler_id == facts.me.id))


def explanations(facts: Facts, person: Person) -> tuple[Appeal, ...]:
    """The member's explanations, for those who may read them."""
    if facts.me is None or not may(facts.me, "read_explanation", person, below=facts.units_below):
        return ()
    return tuple(one for one in facts.appeals.by_person(person.id) if one.kind == "explanation")


def _seen(facts: Facts, wanted: Callable[[Appeal], bool]) -> tuple[Appeal, ...]:
    found = []
    for appeal in facts.appeals.open():
        person = facts.person(appeal.person_id)
        me = facts.me
        if wanted(appeal) and me and person and may(me, "handle_complaint", person, below=facts.units_below):
            found.append(appeal)
    return tuple(found)
