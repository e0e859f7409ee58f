"""The clock and the complaints: handlers are reminded of their day, and whoever is not free any more is replaced."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection

from review.appeals import reminder_slot
from review.people import Person
from storage import audit
from storage.appeals import OPEN, find_appeals, reassign
from storage.notices import Planned
from storage.people import holders, topmost


def answers_due(conn: Connection, cycle_id: int, today: date, due_at: datetime) -> Iterator[Planned]:
    """Reminders of this day to those who are to answer a complaint."""
    for appeal in find_appeals(conn, cycle_id, OPEN):
        slot = reminder_slot(appeal.answer_due, today) if appeal.answer_due else None
        if appeal.handler_id and slot:
            params = {"appeal_id": str(appeal.id)}
            yield Planned(appeal.handler_id, "complaint_due", f"appeal.{appeal.id} {slot}", due_at, params, cycle_id)


def new_handlers(conn: Connection, cycle_id: int, now: datetime, due_at: datetime) -> Iterator[Planned]:
    """Give complaints to those who are free today, and tell them."""
    for appeal, handler in reassign(conn, cycle_id):
        detail = {"handler": audit.person(handler.id)} if handler else {}
        audit.append(conn, now, audit.CLOCK, "assign_complaint", f"appeal:{appeal.id}", detail, cycle_id)
        slot, params = f"appeal.{appeal.id}.{now.date()}", {"appeal_id": str(appeal.id)}
        if handler:
            yield Planned(handler.id, "complaint_to_answer", slot, due_at, params, cycle_id)
        for admin in () if handler else _admins(conn):
            yield Planned(admin.id, "complaint_unassigned", slot, due_at, params, cycle_id)


def _admins(conn: Connection) -> tuple[Person, ...]:
    top = topmost(conn)
    return holders(conn, top.id, "admin") if top else ()
