"""The clock and the requests: officers are reminded before the dates of the law, with or without an open review."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection

from review.people import Person
from storage.notices import Planned
from storage.people import find_person, holders, topmost
from storage.requests import OPEN, find_requests, free_officers, matter


def requests_due(conn: Connection, cycle_id: int, today: date, due_at: datetime) -> Iterator[Planned]:
    """Reminders of this day: whoever took a request, else all who may take it, else the topmost unit's admins."""
    for request in find_requests(conn, OPEN):
        slot = request.reminder_slot(today)
        person = find_person(conn, request.person_id) if slot else None
        if slot is None or person is None:
            continue
        handler = find_person(conn, request.handler_id) if request.handler_id else None
        said, params = f"request.{request.id} {slot}", {"request_id": str(request.id)}
        for officer in _concerned(conn, cycle_id, person, handler):
            yield Planned(officer.id, "request_due", said, due_at, params)
        if not free_officers(conn, cycle_id, person):
            top = topmost(conn)
            for admin in holders(conn, top.id, "admin") if top else ():
                yield Planned(admin.id, "request_unassigned", said, due_at, params)


def _concerned(conn: Connection, cycle_id: int, person: Person, handler: Person | None) -> tuple[Person, ...]:
    is_free = handler and handler.units_as("officer") and not matter(conn, cycle_id, person).has_part(handler)
    return (handler,) if handler and is_free else free_officers(conn, cycle_id, person)
