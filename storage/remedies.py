"""Remedies: made once from each submitted review that names shortcomings, read in sets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, exists, func, or_, select

from conversations.remedy_facts import RemedyCount
from review.forms import Given
from review.pack import Pack
from review.remedies import Plan, Remedy, RemedyCheck, plans
from review.responses import Response
from storage.columns import local
from storage.dialects import insert_or_leave
from storage.given import given_to_all
from storage.progress import CLOSED
from storage.responses import find_responses
from storage.tables import answers, people, remedies, remedy_checks, responses, roles

Where = ColumnElement[bool]
_other = remedies.alias("other")
_named = answers.alias("named")
_newest = (
    select(func.max(_other.c.cycle_id))
    .where(or_(_other.c.person_id == remedies.c.person_id, _other.c.unit_id == remedies.c.unit_id))
    .correlate(remedies)
    .scalar_subquery()
)
current: Where = remedies.c.cycle_id == _newest
"""Of each person and unit the newest plan: it goes on until the next review has made another."""

cell_of = func.coalesce(people.c.unit_id, remedies.c.unit_id)
"""On `remedies` outer joined to the `people` they are about: the cell they count for."""
about_people = remedies.outerjoin(people, people.c.id == remedies.c.person_id)
ROLES_THAT_OWN = ("secretary", "deputy")


def make_plans(conn: Connection, cycle_id: int, pack: Pack, now: datetime, *where: Where) -> int:
    """A plan for every review that lacks one; how many remedies were new. Conditions are on table `responses`."""
    found = find_responses(conn, unplanned(cycle_id), *where)
    if not found:
        return 0
    owners, given = _owners(conn), given_to_all(conn, cycle_id)
    rows = []
    for response in found:
        items = given.get(response.subject_id, Given()) if response.kind == "self_review" else Given()
        planned = plans(pack.forms[response.form], response.answers, items)
        rows += [_row(cycle_id, response, plan, owners, now) for plan in planned]
    return insert_or_leave(conn, remedies, rows)


def unplanned(cycle_id: int) -> Where:
    """On table `responses`: a submitted review that names shortcomings, of somebody who has no plan of this cycle."""
    named = exists().where(
        _named.c.response_id == responses.c.id, _named.c.key.startswith("shortcomings.", autoescape=True)
    )
    planned = [
        exists().where(_other.c.cycle_id == cycle_id, same)
        for same in (
            _other.c.person_id == responses.c.subject_person_id,
            _other.c.unit_id == responses.c.subject_unit_id,
        )
    ]
    kinds = responses.c.kind.in_(("self_review", "collective_review"))
    return (responses.c.cycle_id == cycle_id) & kinds & responses.c.status.in_(CLOSED) & named & ~or_(*planned)


def of_cell(unit_id: int) -> Where:
    """On table `responses`: about a member of this cell, or about the cell itself."""
    members = select(people.c.id).where(people.c.unit_id == unit_id)
    return responses.c.subject_person_id.in_(members) | (responses.c.subject_unit_id == unit_id)


def find_remedies(conn: Connection, *where: Where, zone: tzinfo | None = None) -> tuple[Remedy, ...]:
    """With their checks, in the order in which they were made; conditions are on `about_people`, moments in `zone`
    or as stored.
    """
    rows = conn.execute(select(remedies).select_from(about_people).where(*where).order_by(remedies.c.id)).all()
    checks: defaultdict[int, list[RemedyCheck]] = defaultdict(list)
    ids = [row.id for row in rows]
    for row in conn.execute(
        select(remedy_checks).where(remedy_checks.c.remedy_id.in_(ids)).order_by(remedy_checks.c.id)
    ):
        checks[row.remedy_id].append(RemedyCheck(local(row.at, zone), row.by, row.status, row.note))
    return tuple(_remedy(row, tuple(checks[row.id])) for row in rows)


def count(conn: Connection, unit_ids: tuple[int, ...], today: date) -> tuple[RemedyCount, ...]:
    """By cell, of the newest plans; cells without any are left out."""
    done = remedies.c.status == "done"
    overdue = ~done & (remedies.c.due < today)
    rows = conn.execute(
        select(cell_of, func.count(), *(func.sum(case((one, 1), else_=0)) for one in (done, overdue)))
        .select_from(about_people)
        .where(cell_of.in_(unit_ids), current)
        .group_by(cell_of)
        .order_by(cell_of)
    )
    return tuple(RemedyCount(*map(int, row)) for row in rows)


def _row(cycle_id: int, response: Response, plan: Plan, owners: Mapping[int, int], now: datetime) -> dict[str, Any]:
    about_unit, subject = response.kind == "collective_review", response.subject_id
    return {
        "cycle_id": cycle_id,
        "person_id": None if about_unit else subject,
        "unit_id": subject if about_unit else None,
        "source": f"{response.id}:{plan.shortcoming.key}",
        "shortcoming": plan.shortcoming.text,
        "measure": plan.measure,
        "owner_id": _unit_owner(response, plan, owners) if about_unit else subject,
        "due": plan.due,
        "status": "open",
        "created_at": now,
    }


def _unit_owner(response: Response, plan: Plan, owners: Mapping[int, int]) -> int:
    """Whom the collective review names first for it ("shortcomings.1.owners"), else who leads the unit."""
    named = response.answers.get(f"{plan.shortcoming.key}.owners")
    leader = owners.get(response.subject_id, response.respondent_id)
    return int(named[0]) if isinstance(named, list) and named else leader


def _owners(conn: Connection) -> dict[int, int]:
    """Who answers for a unit's own remedies where its review names nobody: its secretary, else a deputy."""
    held = select(roles).where(roles.c.name.in_(ROLES_THAT_OWN)).order_by(roles.c.name, roles.c.id.desc())
    return {row.unit_id: row.person_id for row in conn.execute(held)}


def _remedy(row: Row[Any], checks: tuple[RemedyCheck, ...]) -> Remedy:
    return Remedy(
        id=row.id,
        about="person" if row.unit_id is None else "unit",
        subject_id=row.person_id if row.unit_id is None else row.unit_id,
        source=row.source,
        shortcoming=row.shortcoming,
        measure=row.measure,
        owner_id=row.owner_id,
        due=row.due,
        status=row.status,
        checks=checks,
    )
