"""The list "chưa kiểm điểm, xếp loại" of a cell or of all cells below a committee; papers print the same lines."""

from conversations.approval import meeting_day
from conversations.approval_facts import Dossier
from conversations.facts import Facts
from review.decisions import Decision
from review.left_out import LeftOut, Member, left_out
from review.meetings import Absence, Meeting
from review.people import Person, Unit


def left_out_of(facts: Facts, cells: tuple[Unit, ...]) -> tuple[LeftOut, ...]:
    """Cell by cell in the order given, then by name."""
    if facts.pack is None:
        return ()
    ids = tuple(cell.id for cell in cells)
    people = facts.approval.members_of(ids)
    dossiers = facts.approval.dossiers(tuple(person.id for person in people))
    lines: list[LeftOut] = []
    for cell in cells:
        meeting = facts.grading.meeting(cell.id)
        members = [person for person in people if person.unit == cell]
        states = [_member(facts, person, meeting, dossiers[person.id]) for person in members]
        lines += left_out(facts.pack, states, meeting_day(facts, meeting))
    return tuple(lines)


def _member(facts: Facts, person: Person, meeting: Meeting | None, dossier: Dossier) -> Member:
    said = _last_said(facts, person)
    return Member(
        person,
        met=meeting is not None,
        submitted=dossier.review is not None,
        voted=meeting is not None and person.id in facts.grading.votes(meeting.id),
        absence=_absence(person, meeting),
        is_decided=said is not None,
        grade=said.grade if said else None,
        reason=said.reason if said else "",
    )


def _last_said(facts: Facts, person: Person) -> Decision | None:
    """The committee's decision, else what the cell proposes."""
    assert person.unit, "a member of a cell"
    stages = (facts.grading.decisions(stage, "person", (person.unit.id,)) for stage in ("committee", "cell"))
    return next((found[person.id] for found in stages if person.id in found), None)


def _absence(person: Person, meeting: Meeting | None) -> Absence | None:
    absences = meeting.absences if meeting else ()
    return next((absence for absence in absences if absence.person_id == person.id), None)
