"""Meetings, votes and decisions become rows. Each effect is judged again; an earlier decision is kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, insert, select, update

from conversations.grading_effects import (
    CloseMeeting,
    GradingEffect,
    RecordDecision,
    RecordMeeting,
    RecordVotes,
    TellFact,
)
from review.decisions import About, lacks_reason
from review.meetings import Meeting, Votes, is_voted_on, majority, meeting_fault, rule_of, votes_fault
from review.people import Person
from storage import audit, deeds
from storage.dialects import insert_or_change
from storage.facts import StoredFacts
from storage.grading_facts import STANDING, find_decisions, find_meeting, latest_meetings, subject_of, votes_of
from storage.judge import actor, may_grade, must, open_cycle
from storage.refusals import (
    MEETING_CLOSED,
    NO_MEETING,
    NOT_GRADED_HERE,
    NOT_REVIEWED,
    NOT_YOURS,
    REASON_NEEDED,
    still_to_vote,
)
from storage.tables import decisions, grading_facts, meeting_votes, meetings, people, responses


def apply(conn: Connection, effect: GradingEffect, facts: StoredFacts) -> None:
    """One after the other: the lock on the chain keeps two secretaries from writing the same line at once."""
    open_cycle(facts)
    actor(facts)
    audit.lock(conn)
    match effect:
        case RecordMeeting():
            record_meeting(conn, effect, facts)
        case RecordVotes():
            record_votes(conn, effect, facts)
        case RecordDecision():
            record_decision(conn, effect, facts)
        case CloseMeeting(meeting_id):
            close_meeting(conn, meeting_id, facts)
        case TellFact():
            tell_fact(conn, effect, facts)
        case _:
            assert_never(effect)


def record_meeting(conn: Connection, effect: RecordMeeting, facts: StoredFacts) -> None:
    must(may_grade(facts, "record_meeting", facts.unit(effect.unit_id)), NOT_YOURS)
    cycle_id = open_cycle(facts).id
    now = latest_meetings(conn, cycle_id, (effect.unit_id,)).get(effect.unit_id)
    must(now is None or not now.closed, MEETING_CLOSED)
    new = Meeting(now.id if now else 0, effect.unit_id, effect.held_on, effect.official, effect.present)
    cast = [votes_fault(new, votes) for votes in votes_of(conn, now.id).values()] if now else []
    for fault in (meeting_fault(new, facts.today), *cast):
        must(not fault, fault)
    values = {
        "held_on": effect.held_on,
        "official": effect.official,
        "present": effect.present,
        "absences": [{"person_id": one.person_id, "reason": one.reason} for one in effect.absences],
        "secret": effect.secret,
        **_by(facts, "recorded"),
    }
    if now:
        conn.execute(update(meetings).where(meetings.c.id == now.id).values(values))
        _confirm_again(conn, now, new, facts)
    else:
        conn.execute(insert(meetings).values(cycle_id=cycle_id, unit_id=effect.unit_id, round=1, **values))
    deeds.record(conn, facts, "record_meeting", f"unit:{effect.unit_id}")


def record_votes(conn: Connection, effect: RecordVotes, facts: StoredFacts) -> None:
    """Other totals take back what was proposed on the earlier ones; the same totals again change nothing."""
    meeting, person = _open_meeting(conn, effect.meeting_id, facts), facts.person(effect.person_id)
    _must_be_graded_by(meeting, person, facts)
    votes = Votes(effect.counts, effect.invalid)
    fault = votes_fault(meeting, votes)
    must(not fault, fault)
    if votes_of(conn, meeting.id).get(effect.person_id) == votes:
        return
    supersede(conn, open_cycle(facts).id, "cell", "person", [effect.person_id], facts.now)
    row = {
        "meeting_id": meeting.id,
        "person_id": effect.person_id,
        "counts": dict(effect.counts),
        "invalid": effect.invalid,
        **_by(facts, "recorded"),
    }
    insert_or_change(conn, meeting_votes, [row], ("meeting_id", "person_id"))
    deeds.record(conn, facts, "record_votes", f"person:{effect.person_id}", _own(effect.person_id, "person", facts))


def record_decision(conn: Connection, effect: RecordDecision, facts: StoredFacts) -> None:
    """An unchanged decision changes nothing. The cell's on a person needs the cell's open meeting."""
    subject = facts.person(effect.subject_id) if effect.about == "person" else facts.unit(effect.subject_id)
    must(may_grade(facts, "propose_grade" if effect.stage == "cell" else "decide_grade", subject), NOT_YOURS)
    voted = effect.grade
    if effect.stage == "cell" and isinstance(subject, Person):
        must(effect.meeting_id is not None, NO_MEETING)
        meeting = _open_meeting(conn, effect.meeting_id or 0, facts)
        _must_be_graded_by(meeting, subject, facts)
        voted = majority(meeting, effect.votes, rule_of(facts.pack)) if effect.votes else None
    if isinstance(subject, Person) and effect.grade:
        review = facts.response("self_review", subject.id)
        must(review is not None and not review.is_open, NOT_REVIEWED)
    must(not lacks_reason(effect.grade, effect.reason, proposed=effect.proposed, voted=voted), REASON_NEEDED)
    if _stands(conn, effect, facts):
        return
    supersede(conn, open_cycle(facts).id, effect.stage, effect.about, [effect.subject_id], facts.now)
    conn.execute(insert(decisions).values(decision_row(effect, facts)))
    detail = {"stage": effect.stage, **_own(effect.subject_id, effect.about, facts)}
    deeds.record(conn, facts, "decide", f"{effect.about}:{effect.subject_id}", detail)


def close_meeting(conn: Connection, meeting_id: int, facts: StoredFacts) -> None:
    meeting = _open_meeting(conn, meeting_id, facts)
    proposed = facts.grading.decisions("cell", "person", (meeting.unit_id,))
    members = facts.grading.members(meeting.unit_id)
    due = [person.id for person in members if is_voted_on(person, facts.pack, facts.today)]
    left = [person_id for person_id in due if person_id not in proposed]
    must(not left, still_to_vote(len(left)))
    conn.execute(update(meetings).where(meetings.c.id == meeting.id).values(closed_at=facts.now))
    graded = [person_id for person_id in due if proposed[person_id].grade]
    accepted = (
        responses.c.cycle_id == open_cycle(facts).id,
        responses.c.kind == "self_review",
        responses.c.status == "submitted",
        responses.c.subject_person_id.in_(graded),
    )
    changes = {"status": "accepted", "revision": responses.c.revision + 1}
    conn.execute(update(responses).where(*accepted).values(changes))
    deeds.record(conn, facts, "close_meeting", f"unit:{meeting.unit_id}")


def tell_fact(conn: Connection, effect: TellFact, facts: StoredFacts) -> None:
    must(may_grade(facts, "propose_grade", facts.person(effect.person_id)), NOT_YOURS)
    row = {
        "cycle_id": open_cycle(facts).id,
        "person_id": effect.person_id,
        "fact": effect.fact,
        "value": effect.value,
        **_by(facts, "told"),
    }
    insert_or_change(conn, grading_facts, [row], ("cycle_id", "person_id", "fact"))
    deeds.record(conn, facts, "tell_fact", f"person:{effect.person_id}", {"fact": effect.fact})


def next_round(
    conn: Connection, cycle_id: int, unit_id: int, by: int, now: datetime, person_ids: Collection[int] | None = None
) -> None:
    """The cell meets again: about these members, or about all of them. What it proposed on them no longer stands.

    For an order of the upper level; its permission and its place in the audit chain are the caller's. `now` in local
    time. Nothing happens to a meeting that is still open but that these members are voted on again.
    """
    last = latest_meetings(conn, cycle_id, (unit_id,)).get(unit_id)
    if last is None:
        return
    belong = select(people.c.id).where(people.c.unit_id == unit_id)
    again = list(conn.scalars(belong)) if person_ids is None else person_ids
    supersede(conn, cycle_id, "cell", "person", again, now)
    if not last.closed:
        return
    values = {
        "cycle_id": cycle_id,
        "unit_id": unit_id,
        "round": last.round + 1,
        "held_on": now.date(),
        "official": last.official,
        "present": last.official,
        "absences": [],
        "secret": last.secret,
        "recorded_by": by,
        "recorded_at": now,
    }
    conn.execute(insert(meetings).values(values))


def supersede(
    conn: Connection, cycle_id: int, stage: str, about: About, subject_ids: Collection[int], now: datetime
) -> None:
    """The standing decisions on these stay as rows and stand no longer."""
    of_subjects = (decisions.c.cycle_id == cycle_id, decisions.c.stage == stage, subject_of(about).in_(subject_ids))
    conn.execute(update(decisions).where(STANDING, *of_subjects).values(superseded_at=now))


def _open_meeting(conn: Connection, meeting_id: int, facts: StoredFacts) -> Meeting:
    meeting = find_meeting(conn, meetings.c.id == meeting_id, meetings.c.cycle_id == open_cycle(facts).id)
    must(meeting is not None, NO_MEETING)
    assert meeting is not None
    must(may_grade(facts, "record_meeting", facts.unit(meeting.unit_id)), NOT_YOURS)
    must(not meeting.closed, MEETING_CLOSED)
    return meeting


def _confirm_again(conn: Connection, before: Meeting, after: Meeting, facts: StoredFacts) -> None:
    """Where other numbers give another majority, the proposal no longer stands."""
    rule = rule_of(facts.pack)
    votes = votes_of(conn, before.id).items()
    moved = [person for person, one in votes if majority(before, one, rule) != majority(after, one, rule)]
    supersede(conn, open_cycle(facts).id, "cell", "person", moved, facts.now)


def _must_be_graded_by(meeting: Meeting, person: Person | None, facts: StoredFacts) -> None:
    must(person is not None and person.unit is not None and person.unit.id == meeting.unit_id, NOT_YOURS)
    assert person is not None
    must(is_voted_on(person, facts.pack, facts.today), NOT_GRADED_HERE)


def _stands(conn: Connection, effect: RecordDecision, facts: StoredFacts) -> bool:
    of_subject = subject_of(effect.about) == effect.subject_id
    of_stage = (decisions.c.cycle_id == open_cycle(facts).id) & (decisions.c.stage == effect.stage)
    return any(
        (one.grade, one.reason, one.proposed, one.votes, one.meeting_id)
        == (effect.grade, effect.reason, effect.proposed, effect.votes, effect.meeting_id)
        for one in find_decisions(conn, STANDING, of_stage, of_subject)
    )


def decision_row(effect: RecordDecision, facts: StoredFacts) -> dict[str, Any]:
    """As it goes into table `decisions`, taken by the actor."""
    votes = effect.votes
    return {
        "cycle_id": open_cycle(facts).id,
        "stage": effect.stage,
        "person_id" if effect.about == "person" else "unit_id": effect.subject_id,
        "grade": effect.grade,
        "proposed": effect.proposed,
        "reason": effect.reason,
        "votes": {**votes.counts, "invalid": votes.invalid} if votes else None,
        "meeting_id": effect.meeting_id,
        **_by(facts, "decided"),
    }


def _by(facts: StoredFacts, verb: str) -> dict[str, Any]:
    return {f"{verb}_by": actor(facts).id, f"{verb}_at": facts.now}


def _own(subject_id: int, about: About, facts: StoredFacts) -> dict[str, str]:
    """A decision on oneself is marked in the chain."""
    return {"own": "yes"} if about == "person" and subject_id == actor(facts).id else {}
