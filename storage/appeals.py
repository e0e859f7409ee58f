"""Explanations and complaints as rows, who has a part in a grade, who may answer."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from sqlalchemy import ColumnElement, Connection, exists, select, update

from review.appeals import Appeal, Matter, choose_handler
from review.people import Person
from storage.columns import local
from storage.people import find_people, find_person, find_units
from storage.tables import accounts, appeals, decisions, meeting_votes, meetings, people, roles, units

Where = ColumnElement[bool]
OPEN: Where = (appeals.c.kind == "complaint") & appeals.c.answered_at.is_(None)


def find_appeals(conn: Connection, cycle_id: int, *where: Where, zone: tzinfo | None = None) -> tuple[Appeal, ...]:
    """In the order made; conditions are on table `appeals`, moments in `zone` or as stored."""
    rows = conn.execute(
        select(appeals).join(decisions).where(decisions.c.cycle_id == cycle_id, *where).order_by(appeals.c.id)
    )
    return tuple(
        Appeal(
            id=row.id,
            decision_id=row.decision_id,
            person_id=row.person_id,
            kind=row.kind,
            text=row.text,
            made_at=local(row.made_at, zone),
            handler_id=row.handler_id,
            answer_due=row.answer_due,
            outcome=row.outcome,
            answer=row.answer,
            answered_at=local(row.answered_at, zone),
        )
        for row in rows
    )


def matter_of(conn: Connection, cycle_id: int, person: Person) -> Matter:
    """Everybody who recorded a decision on the person, a meeting of the cell or its votes; and who leads the cell."""
    unit_id = person.unit.id if person.unit else 0
    of_cell = (meetings.c.cycle_id == cycle_id, meetings.c.unit_id == unit_id)
    hands = [
        select(decisions.c.decided_by).where(decisions.c.cycle_id == cycle_id, decisions.c.person_id == person.id),
        select(meetings.c.recorded_by).where(*of_cell),
        select(meeting_votes.c.recorded_by).join(meetings).where(*of_cell, meeting_votes.c.person_id == person.id),
        select(roles.c.person_id).where(roles.c.unit_id == unit_id, roles.c.name.in_(("secretary", "deputy"))),
    ]
    return Matter(person, frozenset(one for query in hands for one in conn.scalars(query)))


def officers_above(conn: Connection, person: Person) -> list[tuple[Person, ...]]:
    """The officers of each unit over the person's cell, the nearest unit first; those who have joined first."""
    levels, unit = [], person.unit
    while unit and unit.parent_id:
        unit = next(iter(find_units(conn, units.c.id == unit.parent_id)), None)
        levels.append(_officers(conn, unit.id) if unit else ())
    return levels


def handler_for(conn: Connection, cycle_id: int, person: Person) -> Person | None:
    return choose_handler(officers_above(conn, person), matter_of(conn, cycle_id, person))


def reassign(conn: Connection, cycle_id: int) -> Iterable[tuple[Appeal, Person | None]]:
    """Open complaints whose handler is not free (any more) get one who is; those that changed, with the new handler.

    Somebody may have come to have a part in it since, or have been added to the roster.
    """
    for appeal in find_appeals(conn, cycle_id, OPEN):
        person = find_person(conn, appeal.person_id)
        assert person is not None
        matter, levels = matter_of(conn, cycle_id, person), officers_above(conn, person)
        if any(one.id == appeal.handler_id and not matter.has_part(one) for level in levels for one in level):
            continue
        handler = choose_handler(levels, matter)
        handler_id = handler.id if handler else None
        if handler_id != appeal.handler_id:
            conn.execute(update(appeals).where(appeals.c.id == appeal.id).values(handler_id=handler_id))
            yield appeal, handler


def _officers(conn: Connection, unit_id: int) -> tuple[Person, ...]:
    held = select(roles.c.person_id).where(roles.c.unit_id == unit_id, roles.c.name == "officer")
    joined = set(conn.scalars(select(people.c.id).where(exists().where(accounts.c.person_id == people.c.id))))
    found: Sequence[Person] = find_people(conn, people.c.id.in_(held))
    return tuple(sorted(found, key=lambda person: person.id not in joined))
