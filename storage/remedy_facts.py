"""Remedies as of the turn's transaction, with or without an open review."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from conversations.remedy_facts import RemedyCount, RemedyLine
from review.remedies import Remedy, by_urgency
from storage.columns import local
from storage.once import Once, of_part
from storage.people import find_people
from storage.remedies import cell_of, count, current, find_remedies, of_cell, unplanned
from storage.tables import people, remedies, responses


class StoredRemedies:
    """Implements `conversations.remedy_facts.RemedyFacts`. `once` keeps the answers of a turn until an effect."""

    def __init__(
        self,
        conn: Connection,
        cycle_id: int,
        person_id: int | None,
        now: datetime,
        once: Once,
    ) -> None:
        self._conn = conn
        self._cycle_id = cycle_id
        self._person_id = person_id
        self._now = now
        self._once = of_part(once, "remedies")

    def mine(self) -> tuple[Remedy, ...]:
        owned = remedies.c.owner_id == self._person_id
        return self._once("mine", lambda: by_urgency(self._find(owned, current)))

    def remedy(self, remedy_id: int) -> Remedy | None:
        return self._once(("one", remedy_id), lambda: next(iter(self._find(remedies.c.id == remedy_id)), None))

    def in_cell(self, unit_id: int) -> tuple[RemedyLine, ...]:
        return self._once(("cell", unit_id), lambda: self._in_cell(unit_id))

    def counts(self, unit_ids: tuple[int, ...]) -> tuple[RemedyCount, ...]:
        return self._once(("counts", unit_ids), lambda: count(self._conn, unit_ids, self._now.date()))

    def plannable(self, unit_id: int) -> int:
        waiting = select(func.count()).select_from(responses).where(unplanned(self._cycle_id), of_cell(unit_id))
        return self._once(("plannable", unit_id), lambda: self._conn.scalar(waiting) or 0)

    def _in_cell(self, unit_id: int) -> tuple[RemedyLine, ...]:
        found = self._find(cell_of == unit_id, current)
        own = tuple(one for one in found if one.about == "unit")
        subjects = {one.subject_id for one in found if one.about == "person"}
        members = find_people(self._conn, people.c.id.in_(subjects)) if subjects else ()
        lines = [
            RemedyLine(one, tuple(r for r in found if r.about == "person" and r.subject_id == one.id))
            for one in members
        ]
        return (*([RemedyLine(None, own)] if own else []), *lines)

    def _find(self, *where: ColumnElement[bool]) -> tuple[Remedy, ...]:
        return tuple(
            replace(one, checks=tuple(replace(c, at=local(c.at, self._now.tzinfo)) for c in one.checks))
            for one in find_remedies(self._conn, *where)
        )
