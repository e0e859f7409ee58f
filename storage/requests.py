"""The register of requests about personal data, and who may answer one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from review.appeals import Matter
from review.people import Person, Unit
from review.requests import DataRequest, Erasure
from storage.appeals import matter_of
from storage.columns import local
from storage.people import find_people, find_units, topmost
from storage.tables import cycles, people, requests, roles, units

Where = ColumnElement[bool]
OPEN: Where = requests.c.answered_at.is_(None)
AT_ONCE = "Có hiệu lực ngay khi rút."


def find_requests(conn: Connection, *where: Where, zone: tzinfo | None = None) -> tuple[DataRequest, ...]:
    """In the order made; moments in `zone` or as stored."""
    rows = conn.execute(select(requests).where(*where).order_by(requests.c.id))
    return tuple(_request(row, zone) for row in rows)


def record_withdrawal(conn: Connection, person_id: int, account_id: int, now: datetime) -> None:
    """A consent taken back stands in the register too; there is nothing to wait for."""
    row = {"person_id": person_id, "account_id": account_id, "kind": "withdraw", "text": "", "received_at": now}
    days = {"acknowledge_due": now.date(), "due": now.date()}
    done = {"acknowledged_at": now, "answered_at": now, "outcome": "done", "answer": AT_ONCE}
    conn.execute(insert(requests).values(row | days | done))


def matter(conn: Connection, cycle_id: int, person: Person) -> Matter:
    """As with complaints; while no review is open, of the last one."""
    last = cycle_id or conn.scalar(select(cycles.c.id).order_by(cycles.c.year.desc()).limit(1)) or 0
    return matter_of(conn, last, person)


def free_officers(conn: Connection, cycle_id: int, person: Person) -> tuple[Person, ...]:
    """The officers without a part in the person's affairs, of the nearest unit above that has one."""
    concerned = matter(conn, cycle_id, person)
    for unit in _path(conn, person):
        held = select(roles.c.person_id).where(roles.c.unit_id == unit.id, roles.c.name == "officer")
        free = [one for one in find_people(conn, people.c.id.in_(held)) if not concerned.has_part(one)]
        if free:
            return tuple(free)
    return ()


def _path(conn: Connection, person: Person) -> Sequence[Unit]:
    """From where the person belongs upwards; somebody from outside the cells belongs where the role is."""
    unit = person.unit or next((role.unit for role in person.roles), None) or topmost(conn)
    found = []
    while unit:
        found.append(unit)
        unit = next(iter(find_units(conn, units.c.id == unit.parent_id)), None) if unit.parent_id else None
    return found


def _request(row: Row[Any], zone: tzinfo | None) -> DataRequest:
    moments = {
        name: local(getattr(row, name), zone)
        for name in ("received_at", "acknowledged_at", "answered_at", "extended_at")
    }
    plain = (
        "id", "person_id", "account_id", "kind", "text", "acknowledge_due", "due", "handler_id", "outcome", "answer",
        "extended_until", "extension_reason",
    )  # fmt: skip
    request = DataRequest(**{name: getattr(row, name) for name in plain}, **moments)
    return replace(request, erased=Erasure(**row.result)) if row.result else request
