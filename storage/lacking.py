"""Whom a reminder may concern: people with a chat who may still lack something. Looked at again when it falls due."""

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from storage.progress import CLOSED, has_joined, owes_review
from storage.tables import accounts, meetings, people, responses, roles, units

Where = ColumnElement[bool]

_other = roles.alias("other")


def _nobody_is(*names: str) -> Where:
    return ~exists().where(_other.c.unit_id == roles.c.unit_id, _other.c.name.in_(names))


answers_for_area: Where = or_(
    roles.c.name == "contact", and_(roles.c.name.in_(("secretary", "deputy")), _nobody_is("contact"))
)
"""On table `roles`: the contact of an area; its secretary and deputies where it has no contact."""

leads_cell: Where = or_(roles.c.name == "secretary", and_(roles.c.name == "deputy", _nobody_is("secretary")))
"""On table `roles`: one leader a unit, the deputies only where there is no secretary."""


Concerned = list[tuple[int, int]]
"""Person and the unit whose dates count for it, by id."""


def without_self_review(conn: Connection, cycle_id: int) -> Concerned:
    """Who has joined, owes a self-review and has not submitted it; with the own cell."""
    submitted = exists().where(
        responses.c.cycle_id == cycle_id,
        responses.c.kind == "self_review",
        responses.c.subject_person_id == people.c.id,
        responses.c.status.in_(CLOSED),
    )
    members = select(people.c.id, people.c.unit_id).where(owes_review, has_joined, ~submitted)
    return list(conn.execute(members.order_by(people.c.id)).tuples())


def cell_secretaries(conn: Connection) -> Concerned:
    """Who has joined and leads a cell in which somebody owes a self-review; with that cell."""
    cells = select(units.c.id).where(units.c.kind == "cell")
    reviewed = select(people.c.unit_id).where(owes_review)
    return _holders(conn, leads_cell, roles.c.unit_id.in_(cells), roles.c.unit_id.in_(reviewed))


def meeting_recorders(conn: Connection, cycle_id: int) -> Concerned:
    """Who has joined and leads a cell whose meeting is not recorded yet, or not closed; with that cell."""
    met = meetings.alias("met")
    of_unit = (met.c.cycle_id == cycle_id, met.c.unit_id == roles.c.unit_id)
    is_open = exists().where(*of_unit, met.c.closed_at.is_(None))
    cells = select(units.c.id).where(units.c.kind == "cell")
    return _holders(conn, leads_cell, roles.c.unit_id.in_(cells), or_(is_open, ~exists().where(*of_unit)))


def without_collective_review(conn: Connection, cycle_id: int) -> Concerned:
    """Who has joined and leads a cell whose collective review has not been submitted; with that cell."""
    submitted = exists().where(
        responses.c.cycle_id == cycle_id,
        responses.c.kind == "collective_review",
        responses.c.subject_unit_id == roles.c.unit_id,
        responses.c.status.in_(CLOSED),
    )
    cells = select(units.c.id).where(units.c.kind == "cell")
    return _holders(conn, leads_cell, roles.c.unit_id.in_(cells), ~submitted)


def unit_leaders(conn: Connection) -> Concerned:
    """Who has joined and leads a unit; with that unit."""
    return _holders(conn, leads_cell)


def remark_givers(conn: Connection) -> Concerned:
    """Who has joined and answers for an area in which somebody lives about whom a remark is due; with that area."""
    lived_in = select(people.c.residence_id).where(owes_review, people.c.residence_id.is_not(None))
    return _holders(conn, answers_for_area, roles.c.unit_id.in_(lived_in))


def _holders(conn: Connection, *where: Where) -> Concerned:
    joined = exists().where(accounts.c.person_id == roles.c.person_id)
    held = select(roles.c.person_id, roles.c.unit_id).distinct().where(joined, *where)
    return list(conn.execute(held.order_by(roles.c.person_id, roles.c.unit_id)).tuples())
