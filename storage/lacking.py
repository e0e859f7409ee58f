"""Whom a reminder may concern: people with a chat who may still lack something. Looked at again when it falls due."""

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from storage.progress import CLOSED, has_joined, owes_review
from storage.tables import accounts, people, responses, roles, units

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


def without_self_review(conn: Connection, cycle_id: int) -> list[int]:
    """Who has joined, owes a self-review and has not submitted it."""
    submitted = exists().where(
        responses.c.cycle_id == cycle_id,
        responses.c.kind == "self_review",
        responses.c.subject_person_id == people.c.id,
        responses.c.status.in_(CLOSED),
    )
    return list(conn.scalars(select(people.c.id).where(owes_review, has_joined, ~submitted).order_by(people.c.id)))


def cell_secretaries(conn: Connection) -> list[int]:
    """Who has joined and leads a cell in which somebody owes a self-review."""
    cells = select(units.c.id).where(units.c.kind == "cell")
    reviewed = select(people.c.unit_id).where(owes_review)
    return _holders(conn, leads_cell, roles.c.unit_id.in_(cells), roles.c.unit_id.in_(reviewed))


def without_collective_review(conn: Connection, cycle_id: int) -> list[int]:
    """Who has joined and leads a cell whose collective review has not been submitted."""
    submitted = exists().where(
        responses.c.cycle_id == cycle_id,
        responses.c.kind == "collective_review",
        responses.c.subject_unit_id == roles.c.unit_id,
        responses.c.status.in_(CLOSED),
    )
    cells = select(units.c.id).where(units.c.kind == "cell")
    return _holders(conn, leads_cell, roles.c.unit_id.in_(cells), ~submitted)


def remark_givers(conn: Connection) -> list[int]:
    """Who has joined and answers for an area in which somebody lives about whom a remark is due."""
    lived_in = select(people.c.residence_id).where(owes_review, people.c.residence_id.is_not(None))
    return _holders(conn, answers_for_area, roles.c.unit_id.in_(lived_in))


def _holders(conn: Connection, *where: Where) -> list[int]:
    joined = exists().where(accounts.c.person_id == roles.c.person_id)
    held = select(roles.c.person_id).distinct().where(joined, *where)
    return list(conn.scalars(held.order_by(roles.c.person_id)))
