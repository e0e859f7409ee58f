"""Orders to do something once more, and the versions of a response they left behind."""

from collections.abc import Collection
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from review.decisions import About, Stage
from review.redo import RedoOrder, Version, completes
from review.responses import Response
from storage.columns import local
from storage.responses import SUBJECT_ANSWER
from storage.tables import answers, decisions, redo_orders, response_versions, responses

Where = ColumnElement[bool]
OPEN: Where = redo_orders.c.done_at.is_(None)


def find_orders(conn: Connection, cycle_id: int, *where: Where, zone: tzinfo | None = None) -> tuple[RedoOrder, ...]:
    """The earliest due first; conditions are on table `redo_orders`, moments in `zone` or as stored."""
    rows = conn.execute(
        select(redo_orders)
        .where(redo_orders.c.cycle_id == cycle_id, *where)
        .order_by(redo_orders.c.due, redo_orders.c.id)
    )
    return tuple(
        RedoOrder(
            id=row.id,
            about="person" if row.person_id is not None else "unit",
            subject_id=row.person_id if row.person_id is not None else row.unit_id,
            what=row.what,
            reason=row.reason,
            due=row.due,
            ordered_by=row.ordered_by,
            ordered_at=local(row.ordered_at, zone),
            done_at=local(row.done_at, zone),
        )
        for row in rows
    )


def subject_of(about: About) -> ColumnElement[int]:
    """The column of `redo_orders` that names the subject."""
    return redo_orders.c.person_id if about == "person" else redo_orders.c.unit_id


def find_versions(conn: Connection, *where: Where, zone: tzinfo | None = None) -> tuple[Version, ...]:
    """The first submission first; conditions are on table `response_versions`."""
    rows = conn.execute(select(response_versions).where(*where).order_by(response_versions.c.nth))
    return tuple(
        Version(
            id=row.id,
            response_id=row.response_id,
            nth=row.nth,
            status=row.status,
            answers=row.answers,
            submitted_at=local(row.submitted_at, zone),
            receipt=row.receipt,
            closed_at=local(row.closed_at, zone),
            typed_in=row.typed_in,
        )
        for row in rows
    )


def give_back(conn: Connection, response: Response, redo_id: int, now: datetime) -> None:
    """Keep what was submitted as a version, whole; then the response is its writer's again."""
    here = response_versions.c.response_id == response.id
    kept = select(answers.c.key, answers.c.value).where(
        answers.c.response_id == response.id, answers.c.key != SUBJECT_ANSWER
    )
    version: dict[str, Any] = {
        "response_id": response.id,
        "nth": conn.execute(select(func.count()).select_from(response_versions).where(here)).scalar_one() + 1,
        "revision": response.revision,
        "answers": dict(conn.execute(kept).tuples().all()),
        "status": response.status,
        "submitted_at": response.submitted_at,
        "receipt": response.receipt,
        "typed_in": response.typed_in,
        "closed_at": now,
        "redo_id": redo_id,
    }
    conn.execute(insert(response_versions).values(version))
    changes = {"status": "returned", "submitted_at": None, "receipt": "", "revision": responses.c.revision + 1}
    conn.execute(update(responses).where(responses.c.id == response.id).values(changes))


def reviewed_again(conn: Connection, cycle_id: int, person_id: int, now: datetime) -> None:
    """The self-review was submitted again."""
    _done(conn, _open(conn, cycle_id, redo_orders.c.person_id == person_id, redo_orders.c.what == "review"), now)


def met_again(conn: Connection, cycle_id: int, unit_id: int, now: datetime) -> None:
    """The cell's meeting was closed again."""
    _done(conn, _open(conn, cycle_id, redo_orders.c.unit_id == unit_id), now)


def decided_again(conn: Connection, cycle_id: int, stage: Stage, about: About, subject_id: int, now: datetime) -> None:
    """A stage decided on the subject. A cell's own order is done by its meeting, not by a decision on the cell."""
    if about == "unit":
        return
    orders = _open(conn, cycle_id, redo_orders.c.person_id == subject_id)
    done = [order for order in orders if completes(order, stage, committee_had_decided=_had_decided(conn, order))]
    _done(conn, done, now)


def _open(conn: Connection, cycle_id: int, *where: Where) -> tuple[RedoOrder, ...]:
    return find_orders(conn, cycle_id, OPEN, *where)


def _had_decided(conn: Connection, order: RedoOrder) -> bool:
    """Whether the committee had decided on the person when this was ordered."""
    before = select(decisions.c.id).where(
        decisions.c.person_id == order.subject_id,
        decisions.c.stage == "committee",
        decisions.c.decided_at <= order.ordered_at,
    )
    return conn.execute(before).first() is not None


def _done(conn: Connection, orders: Collection[RedoOrder], now: datetime) -> None:
    ids = [order.id for order in orders]
    conn.execute(update(redo_orders).where(redo_orders.c.id.in_(ids)).values(done_at=now))
