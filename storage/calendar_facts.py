"""The dates of each unit and where units stood before, as of the turn's transaction."""

from dataclasses import replace
from datetime import tzinfo

from sqlalchemy import Connection

from review.calendar import Cycle
from review.unit_dates import UnitDates
from review.unit_moves import UnitMove
from storage import unit_dates
from storage.columns import local
from storage.once import Once, of_part
from storage.tables import unit_moves
from storage.unit_moves import find_moves


class StoredCalendar:
    """Implements `conversations.calendar_facts.CalendarFacts`. `once` keeps the answers of a turn until an effect."""

    def __init__(self, conn: Connection, cycle: Cycle | None, zone: tzinfo | None, once: Once) -> None:
        self._conn = conn
        self._cycle = cycle
        self._zone = zone
        self._once = of_part(once, "calendar")

    @property
    def dates(self) -> UnitDates | None:
        cycle = self._cycle
        return self._once("dates", lambda: unit_dates.of_cycle(self._conn, cycle)) if cycle else None

    def moves(self, unit_id: int) -> tuple[UnitMove, ...]:
        return self._once(("moves", unit_id), lambda: self._moves(unit_id))

    def _moves(self, unit_id: int) -> tuple[UnitMove, ...]:
        found = find_moves(self._conn, unit_moves.c.unit_id == unit_id)
        return tuple(replace(move, at=local(move.at, self._zone)) for move in found)
