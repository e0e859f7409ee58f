"""The roster into the database: units and people by their codes, all or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy import Table as SqlTable

from review.roster import MemberRow, RoleRow, Roster
from storage import audit
from storage.dialects import insert_or_change, insert_or_leave
from storage.roster_promises import save_promises
from storage.tables import people, roles, units
from storage.unit_moves import note_moves


@dataclass(frozen=True, slots=True)
class Saved:
    """How many of each the workbook held."""

    units: int
    members: int
    roles: int


def save(conn: Connection, roster: Roster, now: datetime) -> Saved:
    """Only a roster without faults (`review.roster.check`). A unit that moves to another parent keeps its id, and with
    it its people, their responses and all that followed; where it was before is noted. Who is no longer listed stays;
    roles are as listed for everybody and every unit the workbook names.
    """
    before = _parents(conn)
    _save_units(conn, roster)
    note_moves(conn, before, _parents(conn), now)
    unit_ids = _ids(conn, units)
    _save_people(conn, roster, unit_ids)
    person_ids = _ids(conn, people)
    _save_roles(conn, roster, unit_ids, person_ids)
    save_promises(conn, roster.promises, person_ids, unit_ids, now)
    saved = Saved(len(roster.units), len(roster.members), len(roster.roles))
    detail = {"units": saved.units, "members": saved.members, "roles": saved.roles}
    audit.append(conn, now, audit.OPERATOR, "import_roster", "roster", detail)
    return saved


def known_codes(conn: Connection) -> set[str]:
    """The codes of everybody the database knows."""
    return set(conn.scalars(select(people.c.code)))


def _save_units(conn: Connection, roster: Roster) -> None:
    rows = [{"code": row.code, "name": row.name, "kind": row.kind} for row in roster.units]
    insert_or_change(conn, units, rows, ("code",))
    ids = _ids(conn, units)
    for row in roster.units:
        parent_id = ids[row.parent] if row.parent else None
        conn.execute(update(units).where(units.c.id == ids[row.code]).values(parent_id=parent_id))


def _parents(conn: Connection) -> dict[int, int | None]:
    return dict(conn.execute(select(units.c.id, units.c.parent_id)).tuples().all())


def _save_people(conn: Connection, roster: Roster, unit_ids: dict[str, int]) -> None:
    members = [_member(row, unit_ids) for row in roster.members]
    insert_or_change(conn, people, members, ("code",))
    listed = {row.code for row in roster.members}
    helpers = {row.person: row.name for row in roster.roles if row.person not in listed and row.name}
    insert_or_change(conn, people, [{"code": code, "name": name} for code, name in helpers.items()], ("code",))


def _member(row: MemberRow, unit_ids: dict[str, int]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "unit_id": unit_ids[row.unit],
        "birth_date": row.birth_date,
        "form": row.form,
        "peer_group": row.peer_group,
        "residence_id": unit_ids[row.residence] if row.residence else None,
        "status": row.status,
        "party_post": row.party_post,
        "state_post": row.state_post,
        "union_post": row.union_post,
        "workplace": row.workplace,
        "joined_on": row.joined_on,
        "official_on": row.official_on,
    }


def _save_roles(conn: Connection, roster: Roster, unit_ids: dict[str, int], person_ids: dict[str, int]) -> None:
    named_people = {row.code for row in roster.members} | {row.person for row in roster.roles}
    named_units = {row.code for row in roster.units} | {row.unit for row in roster.roles}
    of_people = select(people.c.id).where(people.c.code.in_(named_people))
    of_units = select(units.c.id).where(units.c.code.in_(named_units))
    conn.execute(delete(roles).where(or_(roles.c.person_id.in_(of_people), roles.c.unit_id.in_(of_units))))
    insert_or_leave(conn, roles, [_role(row, unit_ids, person_ids) for row in roster.roles])


def _role(row: RoleRow, unit_ids: dict[str, int], person_ids: dict[str, int]) -> dict[str, Any]:
    return {"person_id": person_ids[row.person], "unit_id": unit_ids[row.unit], "name": row.role}


def _ids(conn: Connection, table: SqlTable) -> dict[str, int]:
    return dict(conn.execute(select(table.c.code, table.c.id)).tuples().all())
