"""Through the year: whose plan is made now, and who is asked about it today."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from review.calendar import Cycle
from review.pack import Pack
from review.pack_settings import RemedyRule
from review.remedies import dates_asked_about, decision_days_asked_about
from review.unit_dates import UnitDates
from storage.redating import whole_calendar
from storage.remedies import about_people, cell_of, current, make_plans
from storage.tables import accounts, decisions, people, remedies, responses, units

Where = ColumnElement[bool]
Owner = tuple[int, int, int | None]
"""Person, review and the cell whose dates count for the remedy, by id."""

_standing = decisions.c.superseded_at.is_(None) & (decisions.c.stage == "committee")
_joined = exists().where(accounts.c.person_id == remedies.c.owner_id)


def make_due_plans(conn: Connection, cycle: Cycle, pack_of: Callable[[str], Pack], local_now: datetime) -> int:
    """The plans of everybody whom the committee has decided on, and of cells whose day for that has passed."""
    passed = _decided_by_date(conn, whole_calendar(conn, cycle), local_now.date())
    subjects = (
        decisions.c.person_id == responses.c.subject_person_id,
        decisions.c.unit_id == responses.c.subject_unit_id,
    )
    decided = or_(*(exists().where(_standing, decisions.c.cycle_id == cycle.id, same) for same in subjects))
    members = select(people.c.id).where(people.c.unit_id.in_(passed))
    late = or_(responses.c.subject_person_id.in_(members), responses.c.subject_unit_id.in_(passed))
    return make_plans(conn, cycle.id, pack_of(cycle.pack), local_now, or_(decided, late) if passed else decided)


def lacking_plan(conn: Connection) -> list[Owner]:
    """Owners who have joined and whose remedy has no measure or no date."""
    return _owners(conn, or_(remedies.c.measure == "", remedies.c.due.is_(None)))


def to_be_asked(conn: Connection, rules: Mapping[int, RemedyRule], local_now: datetime) -> list[Owner]:
    """Owners to be asked today: around a remedy's own date, and on the days after a decision as the rule has it.

    `rules` by review; where there is none only the remedies' own dates are asked about.
    """
    near = remedies.c.due.in_(dates_asked_about(local_now.date()))
    return _owners(conn, or_(near, *(_decided_so(cycle_id, rule, local_now) for cycle_id, rule in rules.items())))


def _decided_so(cycle_id: int, rule: RemedyRule, local_now: datetime) -> Where:
    """The committee graded the member so that the plan is looked at today."""
    days = decision_days_asked_about(rule.check_days, local_now.date())
    return exists().where(
        _standing,
        decisions.c.cycle_id == cycle_id,
        remedies.c.cycle_id == cycle_id,
        decisions.c.person_id == remedies.c.person_id,
        decisions.c.grade.in_(rule.compulsory_for),
        or_(*(_on(day, local_now) for day in days)),
    )


def _decided_by_date(conn: Connection, dates: UnitDates, today: date) -> list[int]:
    found: Iterable[int] = conn.scalars(select(units.c.id))
    return [unit for unit in found if dates.dates_for(unit).get("committee_decision_due", today) < today]


def _owners(conn: Connection, *where: Where) -> list[Owner]:
    rows = select(remedies.c.owner_id, remedies.c.cycle_id, cell_of).select_from(about_people).distinct()
    wanted = rows.where(_joined, remedies.c.status != "done", current, *where)
    return list(conn.execute(wanted.order_by(remedies.c.owner_id)).tuples())


def _on(day: date, local_now: datetime) -> Where:
    start = datetime.combine(day, time(), local_now.tzinfo)
    return and_(decisions.c.decided_at >= start, decisions.c.decided_at < start + timedelta(days=1))
