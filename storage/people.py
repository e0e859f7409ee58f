"""Units, people and their roles, read in sets."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, select

from conversations.typed import fold
from review.people import Person, Role, RoleName, Unit
from storage.tables import people, roles, units

_home = units.alias("home")
_area = units.alias("area")
_PLAIN = (
    "id", "code", "name", "birth_date", "form", "peer_group", "status",
    "party_post", "state_post", "union_post", "workplace", "joined_on", "official_on",
)  # fmt: skip

Where = ColumnElement[bool]


def find_people(conn: Connection, *where: Where) -> tuple[Person, ...]:
    """People with their units and roles, by name; conditions are on table `people`."""
    wanted = select(people.c.id).where(*where)
    held = _roles_of(conn, roles.c.person_id.in_(wanted))
    source = people.outerjoin(_home, people.c.unit_id == _home.c.id).outerjoin(
        _area, people.c.residence_id == _area.c.id
    )
    rows = conn.execute(select(people, _home, _area).select_from(source).where(*where))
    return by_name(_person(row, held[row._mapping[people.c.id]]) for row in rows)


def find_person(conn: Connection, person_id: int) -> Person | None:
    return next(iter(find_people(conn, people.c.id == person_id)), None)


def find_units(conn: Connection, *where: Where) -> tuple[Unit, ...]:
    """Units by code; conditions are on table `units`."""
    rows = conn.execute(select(units).where(*where).order_by(units.c.code))
    return tuple(Unit(row.id, row.code, row.name, row.kind, row.parent_id) for row in rows)


def topmost(conn: Connection) -> Unit | None:
    return next(iter(find_units(conn, units.c.parent_id.is_(None))), None)


def below(unit_id: int) -> Where:
    """The condition on `units`: that unit and everything under it."""
    tree = select(units.c.id).where(units.c.id == unit_id).cte("tree", recursive=True)
    child = units.alias("child")
    return units.c.id.in_(select(tree.union(select(child.c.id).where(child.c.parent_id == tree.c.id)).c.id))


def above(unit_id: int) -> Where:
    """The condition on `units`: everything over that unit, without itself."""
    tree = select(units.c.parent_id.label("id")).where(units.c.id == unit_id).cte("tree", recursive=True)
    parent = units.alias("parent")
    return units.c.id.in_(select(tree.union(select(parent.c.parent_id).where(parent.c.id == tree.c.id)).c.id))


def holders(conn: Connection, unit_id: int, *names: RoleName) -> tuple[Person, ...]:
    """Who holds one of these roles in the unit: in the order of the roles, then by name."""
    held = select(roles.c.person_id).where(roles.c.unit_id == unit_id, roles.c.name.in_(names))
    found = find_people(conn, people.c.id.in_(held))

    def rank(person: Person) -> int:
        return min(names.index(role.name) for role in person.roles if role.unit.id == unit_id and role.name in names)

    return tuple(sorted(found, key=rank))


def by_name(found: Iterable[Person]) -> tuple[Person, ...]:
    """As lists of Vietnamese names are ordered: by the given name, which comes last, then by the whole name."""
    return tuple(sorted(found, key=lambda person: (fold(person.name.split()[-1]), fold(person.name), person.code)))


def _roles_of(conn: Connection, where: Where) -> defaultdict[int, list[Role]]:
    held: defaultdict[int, list[Role]] = defaultdict(list)
    rows = conn.execute(select(roles.c.person_id, roles.c.name, units).join(units).where(where).order_by(roles.c.id))
    for row in rows:
        name = row._mapping[roles.c.name]
        unit = _unit(row, units)
        assert unit is not None
        held[row.person_id].append(Role(name, unit))
    return held


def _person(row: Row[Any], held: list[Role]) -> Person:
    plain = {name: row._mapping[people.c[name]] for name in _PLAIN}
    return Person(**plain, unit=_unit(row, _home), residence=_unit(row, _area), roles=tuple(held))


def _unit(row: Row[Any], table: FromClause) -> Unit | None:
    values = row._mapping
    if values[table.c.id] is None:
        return None
    return Unit(*(values[table.c[name]] for name in ("id", "code", "name", "kind", "parent_id")))
