"""How far a cell is. One definition of "submitted", "drafting", "not started", "not joined" for every number shown."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.sql.selectable import Exists

from conversations.effects import NoticeKind
from conversations.facts import CellCount, PersonProgress
from review.people import Unit
from review.responses import ResponseKind
from storage.people import find_people
from storage.tables import accounts, answers, notices, people, responses, units

Where = ColumnElement[bool]
Day = tuple[datetime, datetime]

CLOSED = ("submitted", "accepted")
_own = responses.alias("own")
_remark = responses.alias("remark")

owes_review: Where = and_(
    people.c.unit_id.is_not(None), people.c.form.is_not(None), people.c.status.in_(("official", "probationary"))
)
has_joined = exists().where(accounts.c.person_id == people.c.id)
_has_answers = exists().where(answers.c.response_id == _own.c.id)
_progress = case(
    (_own.c.status.in_(CLOSED), "submitted"),
    (_has_answers, "drafting"),
    (has_joined, "not_started"),
    else_="not_joined",
).label("progress")
_chat = and_(accounts.c.person_id == people.c.id, accounts.c.channel != "web")
_unreachable = and_(exists().where(_chat), ~exists().where(_chat, accounts.c.unreachable_since.is_(None)))


def count_cells(conn: Connection, cycle_id: int, unit_ids: tuple[int, ...]) -> tuple[CellCount, ...]:
    """One row per cell among the units, by code, in one query."""
    person = _per_person(cycle_id)
    states = ("submitted", "drafting", "not_started", "not_joined")
    counted = [func.coalesce(func.sum(case((person.c.progress == state, 1), else_=0)), 0) for state in states]
    rows = conn.execute(
        select(
            units,
            func.count(person.c.unit_id),
            *counted,
            func.count(person.c.residence_id),
            func.coalesce(func.sum(person.c.remark_in), 0),
        )
        .select_from(units.outerjoin(person, person.c.unit_id == units.c.id))
        .where(units.c.id.in_(unit_ids), units.c.kind == "cell")
        .group_by(*units.c)
        .order_by(units.c.code)
    )
    return tuple(CellCount(Unit(*row[:5]), *map(int, row[5:])) for row in rows)


def people_progress(
    conn: Connection, cycle_id: int, where: Where, today: Day, shut: Where
) -> tuple[PersonProgress, ...]:
    """Those who owe a self-review, the late ones first, then by name; `where` and `shut` are on table `people`."""
    grade = answers.alias("grade")
    rows = conn.execute(
        select(
            people.c.id,
            _progress,
            _own.c.submitted_at,
            grade.c.value.label("grade"),
            has_joined.label("joined"),
            (_own.c.respondent_id != people.c.id).label("typed_in"),
            _own.c.signed_on,
            _told(today, "asked_by_secretary").label("reminded"),
            _unreachable.label("unreachable"),
            shut.label("shut"),
        )
        .select_from(
            people.outerjoin(_own, _is(_own, cycle_id, "self_review")).outerjoin(
                grade, and_(grade.c.response_id == _own.c.id, grade.c.key == "self_grade", _own.c.status.in_(CLOSED))
            )
        )
        .where(owes_review, where)
    )
    states = {row.id: row for row in rows}
    found = [
        PersonProgress(
            person,
            (row := states[person.id]).progress,
            row.submitted_at,
            row.grade,
            joined=bool(row.joined),
            typed_in=bool(row.typed_in),
            signed_on=row.signed_on,
            reminded_today=bool(row.reminded),
            unreachable=bool(row.unreachable),
            window_shut=bool(row.shut),
        )
        for person in find_people(conn, owes_review, where)
    ]
    return tuple(sorted(found, key=lambda one: one.progress == "submitted"))


def _told(day: Day, kind: NoticeKind) -> Exists:
    """Whether a notice of this kind was asked for or fell due for the person on that day."""
    start, end = day
    on_the_day = or_(*(and_(at >= start, at < end) for at in (notices.c.created_at, notices.c.due_at)))
    return exists().where(
        notices.c.person_id == people.c.id,
        notices.c.kind == kind,
        notices.c.state.not_in(("skipped", "failed")),
        on_the_day,
    )


def _per_person(cycle_id: int) -> Subquery:
    """Everybody who owes a self-review: how far it is, whether a remark is due and whether it is in."""
    return (
        select(
            people.c.unit_id,
            people.c.residence_id,
            _progress,
            case((and_(people.c.residence_id.is_not(None), _remark.c.status.in_(CLOSED)), 1), else_=0).label(
                "remark_in"
            ),
        )
        .select_from(
            people.outerjoin(_own, _is(_own, cycle_id, "self_review")).outerjoin(
                _remark, _is(_remark, cycle_id, "residence_remark")
            )
        )
        .where(owes_review)
        .subquery("person")
    )


def _is(table: FromClause, cycle_id: int, kind: ResponseKind) -> Where:
    return and_(table.c.cycle_id == cycle_id, table.c.kind == kind, table.c.subject_person_id == people.c.id)
