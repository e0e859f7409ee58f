"""Everything the papers of one cell are made from, of an open or a closed review, read in sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from sqlalchemy import Connection, select

from review.calendar import Cycle
from review.decisions import Decision, Stage
from review.forms import Given
from review.grade_facts import Facts as Known
from review.meetings import Meeting, Votes
from review.people import Person, Unit
from review.remedies import Remedy
from review.responses import Response, ResponseKind
from storage.columns import local
from storage.given import given_to_all, given_to_unit
from storage.grading_facts import STANDING, find_decisions, latest_meetings, told_facts, votes_of
from storage.people import find_people, find_units, holders
from storage.progress import CLOSED, owes_review
from storage.remedies import cell_of, find_remedies
from storage.responses import find_responses
from storage.tables import appeals, decisions, people, remedies, responses, units


@dataclass(frozen=True, slots=True)
class CollectiveRecord:
    """The cell's own review as it was handed in, with what it was asked about and who wrote it."""

    response: Response
    given: Given
    writer: str


@dataclass(frozen=True, slots=True)
class CellRecords:
    """One cell in one review. Keys are person ids; only closed responses: a draft belongs to its writer.

    `complaining`: whose complaint about the own grade is not answered yet. `residents`: who owes a review and lives in
    the area of this cell. `names`: of the members, of those who answer for a remedy, of those who typed in. `secretary`
    is empty where nobody holds the role. Moments are in the committee's time zone.
    """

    cell: Unit
    members: tuple[Person, ...]
    secretary: str = ""
    reviews: Mapping[int, Response] = field(default_factory=dict)
    remarks: Mapping[int, Response] = field(default_factory=dict)
    collective: CollectiveRecord | None = None
    given: Mapping[int, Given] = field(default_factory=dict)
    meeting: Meeting | None = None
    votes: Mapping[int, Votes] = field(default_factory=dict)
    proposed: Mapping[int, Decision] = field(default_factory=dict)
    decided: Mapping[int, Decision] = field(default_factory=dict)
    known: Mapping[int, Known] = field(default_factory=dict)
    complaining: frozenset[int] = frozenset()
    remedies: tuple[Remedy, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    residents: tuple[Person, ...] = ()


def cell_records(conn: Connection, cycle: Cycle, cell: Unit, zone: tzinfo) -> CellRecords:
    members = find_people(conn, people.c.unit_id == cell.id)
    meeting = latest_meetings(conn, cycle.id, (cell.id,)).get(cell.id)
    given = given_to_all(conn, cycle.id)
    lead = holders(conn, cell.id, "secretary")
    mended = find_remedies(conn, remedies.c.cycle_id == cycle.id, cell_of == cell.id, zone=zone)
    reviews = _closed(conn, cycle, "self_review", cell, zone)
    named = [*(one.owner_id for one in mended if one.owner_id), *(one.respondent_id for one in reviews.values())]
    others = find_people(conn, people.c.id.in_(named))
    return CellRecords(
        cell=cell,
        members=members,
        secretary=lead[0].name if lead else "",
        reviews=reviews,
        remarks=_closed(conn, cycle, "residence_remark", cell, zone),
        collective=_collective(conn, cycle, cell, zone),
        given={person.id: given[person.id] for person in members if person.id in given},
        meeting=meeting,
        votes=votes_of(conn, meeting.id) if meeting else {},
        proposed=standing(conn, cycle, "cell", (cell.id,)),
        decided=standing(conn, cycle, "committee", (cell.id,)),
        known={person.id: told_facts(conn, cycle.id, person.id) for person in members},
        complaining=_complaining(conn, cycle, cell),
        remedies=mended,
        names={person.id: person.name for person in (*members, *others)},
        residents=find_people(conn, people.c.residence_id == cell.id, owes_review),
    )


def cells_of(conn: Connection) -> tuple[Unit, ...]:
    """Every cell, by code."""
    return find_units(conn, units.c.kind == "cell")


def standing(conn: Connection, cycle: Cycle, stage: Stage, unit_ids: tuple[int, ...]) -> dict[int, Decision]:
    """What a stage said on the members of these units, by person."""
    belong = select(people.c.id).where(people.c.unit_id.in_(unit_ids))
    of_stage = (decisions.c.cycle_id == cycle.id) & (decisions.c.stage == stage)
    found = find_decisions(conn, of_stage, STANDING, decisions.c.person_id.in_(belong))
    return {one.subject_id: one for one in found}


def _closed(conn: Connection, cycle: Cycle, kind: ResponseKind, cell: Unit, zone: tzinfo) -> dict[int, Response]:
    belong = select(people.c.id).where(people.c.unit_id == cell.id)
    of_kind = (responses.c.cycle_id == cycle.id) & (responses.c.kind == kind) & responses.c.status.in_(CLOSED)
    found = find_responses(conn, of_kind, responses.c.subject_person_id.in_(belong))
    return {one.subject_id: replace(one, submitted_at=local(one.submitted_at, zone)) for one in found}


def _collective(conn: Connection, cycle: Cycle, cell: Unit, zone: tzinfo) -> CollectiveRecord | None:
    of_cell = (responses.c.cycle_id == cycle.id) & (responses.c.subject_unit_id == cell.id)
    for found in find_responses(conn, of_cell, responses.c.status.in_(CLOSED)):
        response = replace(found, submitted_at=local(found.submitted_at, zone))
        [writer] = find_people(conn, people.c.id == response.respondent_id)
        return CollectiveRecord(response, given_to_unit(conn, cycle.id, cell.id, response), writer.name)
    return None


def _complaining(conn: Connection, cycle: Cycle, cell: Unit) -> frozenset[int]:
    joined = select(appeals.c.person_id).join(decisions, appeals.c.decision_id == decisions.c.id)
    found = joined.join(people, appeals.c.person_id == people.c.id).where(
        decisions.c.cycle_id == cycle.id,
        people.c.unit_id == cell.id,
        appeals.c.kind == "complaint",
        appeals.c.answered_at.is_(None),
    )
    return frozenset(conn.scalars(found))
