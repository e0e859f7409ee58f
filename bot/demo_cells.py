"""What the leaders of the sample ward's cells and its officer have done: reports, points raised, one meeting held."""

from collections.abc import Mapping
from datetime import timedelta

from bot.demo_actor import Actor, person_by
from bot.demo_people import AHEAD, BLOCK, SCHOOL
from bot.demo_texts import texts
from bot.demo_writing import review
from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting, RecordVotes, TellFact
from conversations.meeting_grade import assessed
from conversations.points_effects import RaisePoint, WritePoint
from review.decisions import About
from review.meetings import Absence, Meeting, Votes, majority
from review.pack_model import FactName
from review.people import Unit
from review.responses import Grade
from storage.people import find_people, find_units
from storage.tables import people, units

REPORTED: Mapping[str, int | None] = {SCHOOL: None, AHEAD: None, BLOCK: 8}
"""Cells whose own review has been written; a number is how many questions a draft has reached."""
VOTES: Mapping[str, Mapping[Grade, int]] = {
    "K301": {"excellent": 1, "good": 6},
    "K302": {"excellent": 6, "good": 1},
    "K303": {"excellent": 5, "good": 2},
    "K304": {"excellent": 2, "good": 5},
    "K305": {"good": 7},
    "K306": {"good": 6, "completed": 1},
    "K307": {"good": 2, "completed": 5},
    "K308": {"good": 7},
}
"""Two "xuất sắc" beside five "tốt": one more than the ceiling of 20 % allows."""
ABSENT = "K308"
TASKS_ABOVE: Mapping[str, int] = {"K302": 35, "K303": 42}
"""What the secretary knows of those proposed as "xuất sắc": percent of their tasks above what was asked."""


def report(actor: Actor, cell_code: str) -> None:
    """The cell's own review, by its secretary; all of it is submitted, a draft is not."""
    facts, cell, most = actor.facts(), _cell(actor, cell_code), REPORTED[cell_code]
    assert facts.pack
    form = facts.pack.forms["01"]
    said = list(
        review(texts()["collective"][cell_code], 0, form, facts.points.given_unit(cell.id), "good", facts.today)
    )
    actor.write("collective_review", cell.id, form.id, said[:most], submit=most is None)


def raise_points(actor: Actor) -> None:
    """By the officer: for a member, and for a cell."""
    for code, text in texts()["points"].items():
        about, subject_id = _subject(actor, code)
        actor.do(WritePoint(about, subject_id, text))
        draft = actor.facts().points.drafted(about, subject_id)
        assert draft
        actor.do(RaisePoint(draft.id))


def hold_meeting(actor: Actor) -> None:
    """Of the cell that is ahead: the roll, the votes on everybody, what the cell proposes, and closing it."""
    cell = _cell(actor, AHEAD)
    away = Absence(person_by(actor.conn, ABSENT).id, texts()["meeting"]["absent"])
    actor.do(RecordMeeting(cell.id, actor.now.date(), len(VOTES), len(VOTES) - 1, (away,)))
    meeting = actor.facts().grading.meeting(cell.id)
    assert meeting
    for code, above in TASKS_ABOVE.items():
        known: dict[FactName, int] = {"tasks_done": 100, "tasks_on_time": 100, "tasks_above": above}
        actor.do(*(TellFact(person_by(actor.conn, code).id, fact, value) for fact, value in known.items()))
    for code, counts in VOTES.items():
        actor.now += timedelta(minutes=3)
        _vote(actor, meeting, code, Votes(counts))
    actor.do(CloseMeeting(meeting.id))


def _vote(actor: Actor, meeting: Meeting, code: str, votes: Votes) -> None:
    person, facts = person_by(actor.conn, code), actor.facts()
    found, grade = assessed(person, facts), majority(meeting, votes)
    proposed = found.proposal.grade if found else None
    reason = "" if proposed in (None, grade) else texts()["meeting"]["by_votes"]
    actor.do(
        RecordVotes(meeting.id, person.id, votes.counts),
        RecordDecision("cell", "person", person.id, grade, reason, proposed, votes, meeting.id),
    )


def _cell(actor: Actor, code: str) -> Unit:
    return find_units(actor.conn, units.c.code == code)[0]


def _subject(actor: Actor, code: str) -> tuple[About, int]:
    found = find_people(actor.conn, people.c.code == code)
    return ("person", found[0].id) if found else ("unit", _cell(actor, code).id)
