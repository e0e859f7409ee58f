"""Points the upper level raises, and faults that return: read in sets."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from conversations.points_facts import Point, Returning
from review.decisions import About
from review.forms import Given
from review.pack import Pack
from review.people import Person
from review.repeats import percent_of, returning
from storage.given import begun, given_to, given_to_unit, of_subject
from storage.people import find_people
from storage.progress import CLOSED
from storage.responses import about, find_responses
from storage.tables import given_items, people, responses

Where = ColumnElement[bool]

_answered = exists().where(of_subject, responses.c.status.in_(CLOSED))
SUGGESTED, DRAFTED = "suggested", "drafted"


def of(subject_about: About, subject_id: int) -> Where:
    """On `given_items`: the subject."""
    column = given_items.c.unit_id if subject_about == "unit" else given_items.c.person_id
    return column == subject_id


def find_points(conn: Connection, cycle_id: int, *where: Where) -> tuple[Point, ...]:
    """Raised and drafted points, the oldest first; conditions are on table `given_items`."""
    rows = conn.execute(
        select(given_items, begun.label("begun"), _answered.label("answered"))
        .where(given_items.c.cycle_id == cycle_id, given_items.c.source.in_((SUGGESTED, DRAFTED)), *where)
        .order_by(given_items.c.id)
    )
    return tuple(
        Point(
            row.id,
            "unit" if row.unit_id else "person",
            row.unit_id or row.person_id,
            row.text,
            row.raised_by or 0,
            row.raised_at,
            row.withdrawn_at,
            bool(row.begun),
            bool(row.answered),
        )
        for row in rows
    )


def count_open(conn: Connection, cycle_id: int, unit_ids: tuple[int, ...]) -> int:
    """Points about these cells and their members that no submitted review answers."""
    members = select(people.c.id).where(people.c.unit_id.in_(unit_ids))
    counted = select(func.count()).where(
        given_items.c.cycle_id == cycle_id,
        given_items.c.source == SUGGESTED,
        given_items.c.withdrawn_at.is_(None),
        or_(given_items.c.unit_id.in_(unit_ids), given_items.c.person_id.in_(members)),
        ~_answered,
    )
    return conn.scalar(counted) or 0


def without_part(conn: Connection, cycle_id: int, unit_id: int) -> tuple[Person, ...]:
    """Whom the cell's collective review named and who has not written about it."""
    review = select(responses.c.id).where(about(cycle_id, "collective_review", unit_id))
    response_id = conn.scalar(review)
    named = select(given_items.c.person_id).where(
        given_items.c.cycle_id == cycle_id,
        given_items.c.source == "collective",
        given_items.c.origin.startswith(f"response:{response_id}:"),
        given_items.c.withdrawn_at.is_(None),
        ~begun,
    )
    return find_people(conn, people.c.id.in_(named))


def find_returning(conn: Connection, cycle_id: int, pack: Pack, unit_id: int) -> tuple[Returning, ...]:
    """The cell's own first, then those of its members by name, from what has been submitted."""
    closed = (responses.c.cycle_id == cycle_id) & responses.c.status.in_(CLOSED)
    members = {person.id: person for person in find_people(conn, people.c.unit_id == unit_id)}
    own = find_responses(conn, closed, about(cycle_id, "collective_review", unit_id))
    theirs = {
        one.subject_id: one
        for one in find_responses(
            conn, closed, responses.c.kind == "self_review", responses.c.subject_person_id.in_(members)
        )
    }
    found: list[Returning] = []
    for response in (*own, *(theirs[person_id] for person_id in members if person_id in theirs)):
        is_own = response.kind == "collective_review"
        given: Given = (
            given_to_unit(conn, cycle_id, unit_id, response)
            if is_own
            else given_to(conn, cycle_id, response.subject_id)
        )
        person = None if is_own else members[response.subject_id]
        returns = returning(pack.forms[response.form], response.answers, given, percent_of(pack))
        found += (Returning(person, what) for what in returns)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A fault of a collective review as it was given to somebody who answers for it."""

    id: int
    person_id: int
    origin: str
    text: str
    withdrawn: bool
    begun: bool


def handed_out(conn: Connection, response_id: int) -> tuple[HandedOut, ...]:
    """Everything one collective review has given to people, also what was taken back, the oldest first."""
    rows = conn.execute(
        select(given_items, begun.label("begun"))
        .where(given_items.c.source == "collective", given_items.c.origin.startswith(f"response:{response_id}:"))
        .order_by(given_items.c.id)
    )
    return tuple(
        HandedOut(row.id, row.person_id, row.origin, row.text, row.withdrawn_at is not None, bool(row.begun))
        for row in rows
    )
