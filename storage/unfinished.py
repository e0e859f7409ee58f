"""What is still open in a review that is about to be closed."""

from sqlalchemy import Connection, Select, exists, func, select

from storage.progress import owes_review
from storage.tables import appeals, decisions, people, redo_orders


def unfinished(conn: Connection, cycle_id: int) -> list[str]:
    """One line for each kind of open matter; nothing when the review may be closed."""
    decided = exists().where(
        decisions.c.cycle_id == cycle_id,
        decisions.c.stage == "committee",
        decisions.c.person_id == people.c.id,
        decisions.c.superseded_at.is_(None),
    )
    complained = (appeals.c.kind == "complaint") & appeals.c.answered_at.is_(None)
    counts = {
        "members without a decision of the committee": _count(conn, select(people.c.id).where(owes_review, ~decided)),
        "unanswered complaints": _count(
            conn, select(appeals.c.id).join(decisions).where(decisions.c.cycle_id == cycle_id, complained)
        ),
        "open orders to review or grade again": _count(
            conn,
            select(redo_orders.c.id).where(redo_orders.c.cycle_id == cycle_id, redo_orders.c.done_at.is_(None)),
        ),
    }
    return [f"{what}: {count}" for what, count in counts.items() if count]


def _count(conn: Connection, found: Select[tuple[int]]) -> int:
    return conn.execute(select(func.count()).select_from(found.subquery())).scalar_one()
