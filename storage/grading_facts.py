"""Meetings, votes and decisions of the open review, read in sets."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from review.decisions import About, Decision, Stage
from review.grade_facts import Facts as Known
from review.meetings import Absence, Meeting, Votes
from review.people import Person
from storage.columns import local
from storage.once import Once, of_part
from storage.people import find_people
from storage.tables import decisions, grading_facts, meeting_votes, meetings, people

Where = ColumnElement[bool]
STANDING = decisions.c.superseded_at.is_(None)


class StoredGrading:
    """Implements `conversations.grading_facts.GradingFacts`. `once` keeps the answers of a turn until an effect."""

    def __init__(self, conn: Connection, cycle_id: int, zone: tzinfo | None, once: Once) -> None:
        self._conn = conn
        self._cycle_id = cycle_id
        self._zone = zone
        self._once = of_part(once, "grading")

    def meeting(self, unit_id: int) -> Meeting | None:
        return self.meetings((unit_id,)).get(unit_id)

    def meetings(self, unit_ids: tuple[int, ...]) -> Mapping[int, Meeting]:
        return self._once(("meetings", unit_ids), lambda: latest_meetings(self._conn, self._cycle_id, unit_ids))

    def votes(self, meeting_id: int) -> Mapping[int, Votes]:
        return self._once(("votes", meeting_id), lambda: votes_of(self._conn, meeting_id))

    def decision(self, stage: Stage, about: About, subject_id: int) -> Decision | None:
        last = self.history(stage, about, subject_id)[-1:]
        return next((one for one in last if one.superseded_at is None), None)

    def decisions(self, stage: Stage, about: About, unit_ids: tuple[int, ...]) -> Mapping[int, Decision]:
        belong = select(people.c.id).where(people.c.unit_id.in_(unit_ids))
        where = decisions.c.person_id.in_(belong) if about == "person" else decisions.c.unit_id.in_(unit_ids)
        found = self._once(("decisions", stage, about, unit_ids), lambda: self._decisions(stage, STANDING & where))
        return {one.subject_id: one for one in found}

    def history(self, stage: Stage, about: About, subject_id: int) -> tuple[Decision, ...]:
        where = subject_of(about) == subject_id
        return self._once(("history", stage, about, subject_id), lambda: self._decisions(stage, where))

    def members(self, unit_id: int) -> tuple[Person, ...]:
        return self._once(("members", unit_id), lambda: find_people(self._conn, people.c.unit_id == unit_id))

    def known(self, person_id: int) -> Known:
        return self._once(("known", person_id), lambda: told_facts(self._conn, self._cycle_id, person_id))

    def _decisions(self, stage: Stage, where: Where) -> tuple[Decision, ...]:
        of_stage = (decisions.c.cycle_id == self._cycle_id) & (decisions.c.stage == stage)
        return find_decisions(self._conn, of_stage, where, zone=self._zone)


def subject_of(about: About) -> ColumnElement[int]:
    """The column of `decisions` that names the subject."""
    return decisions.c.person_id if about == "person" else decisions.c.unit_id


def latest_meetings(conn: Connection, cycle_id: int, unit_ids: tuple[int, ...]) -> dict[int, Meeting]:
    """By unit, of the latest round."""
    of_cycle = (meetings.c.cycle_id == cycle_id, meetings.c.unit_id.in_(unit_ids))
    rows = conn.execute(select(meetings).where(*of_cycle).order_by(meetings.c.round))
    return {row.unit_id: _meeting(row) for row in rows}


def find_meeting(conn: Connection, *where: Where) -> Meeting | None:
    row = conn.execute(select(meetings).where(*where)).first()
    return _meeting(row) if row else None


def votes_of(conn: Connection, meeting_id: int) -> dict[int, Votes]:
    rows = conn.execute(select(meeting_votes).where(meeting_votes.c.meeting_id == meeting_id))
    return {row.person_id: Votes(row.counts, row.invalid) for row in rows}


def told_facts(conn: Connection, cycle_id: int, person_id: int) -> Known:
    of_person = (grading_facts.c.cycle_id == cycle_id, grading_facts.c.person_id == person_id)
    return {row.fact: row.value for row in conn.execute(select(grading_facts).where(*of_person))}


def find_decisions(conn: Connection, *where: Where, zone: tzinfo | None = None) -> tuple[Decision, ...]:
    """In the order in which they were taken; moments in `zone`, or as stored."""
    rows = conn.execute(select(decisions).where(*where).order_by(decisions.c.id))
    return tuple(_decision(row, zone) for row in rows)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        id=row.id,
        unit_id=row.unit_id,
        held_on=row.held_on,
        official=row.official,
        present=row.present,
        absences=tuple(Absence(one["person_id"], one["reason"]) for one in row.absences),
        secret=row.secret,
        round=row.round,
        closed=row.closed_at is not None,
    )


def _decision(row: Row[Any], zone: tzinfo | None) -> Decision:
    votes = row.votes and Votes(
        {grade: n for grade, n in row.votes.items() if grade != "invalid"}, row.votes["invalid"]
    )
    return Decision(
        id=row.id,
        stage=row.stage,
        about="person" if row.person_id is not None else "unit",
        subject_id=row.person_id if row.person_id is not None else row.unit_id,
        grade=row.grade,
        decided_by=row.decided_by,
        decided_at=local(row.decided_at, zone),
        reason=row.reason,
        proposed=row.proposed,
        votes=votes,
        meeting_id=row.meeting_id,
        superseded_at=row.superseded_at,
    )
