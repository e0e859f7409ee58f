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
    said = {**facts.grading.decisions("cell", "person", ids), **facts.grading.decisions("committee", "person", ids)}
    people = [one for one in facts.approval.members_of(ids) if one.id not in said or said[one.id].grade is None]
    dossiers = facts.approval.dossiers(tuple(person.id for person in people))
    meetings = facts.grading.meetings(ids)
    lines: list[LeftOut] = []
    for cell in cells:
        meeting = meetings.get(cell.id)
        members = [person for person in people if person.unit == cell]
        states = [_member(facts, one, meeting, dossiers[one.id], said.get(one.id)) for one in members]
        lines += left_out(facts.pack, states, meeting_day(facts, meeting))
    return tuple(lines)


def _member(facts: Facts, person: Person, meeting: Meeting | None, dossier: Dossier, said: Decision | None) -> Member:
    """`said`: the committee's decision, else what the cell proposes; here it gives no grade."""
    return Member(
        person,
        met=meeting is not None,
        submitted=dossier.review is not None,
        voted=meeting is not None and said is None and person.id in facts.grading.votes(meeting.id),
        absence=_absence(person, meeting),
        is_decided=said is not None,
        reason=said.reason if said else "",
    )


def _absence(person: Person, meeting: Meeting | None) -> Absence | None:
    absences = meeting.absences if meeting else ()
    return next((absence for absence in absences if absence.person_id == person.id), None)
