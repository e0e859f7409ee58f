"""The part of the facts that tells of points: answered from the turn's own transaction, each question asked once."""

from dataclasses import dataclass, replace
from datetime import tzinfo

from sqlalchemy import ColumnElement, Connection

from conversations.points_facts import Point, Returning
from review.decisions import About
from review.forms import Given
from review.pack import Pack
from review.people import Person
from storage import points
from storage.columns import local
from storage.given import given_to_unit
from storage.once import Once
from storage.responses import about, find_response
from storage.tables import given_items


@dataclass(frozen=True, slots=True)
class StoredPoints:
    """Implements `conversations.points_facts.PointsFacts`. `me`: whose turn this is, 0 for nobody."""

    conn: Connection
    cycle_id: int
    pack: Pack | None
    me: int
    zone: tzinfo | None
    once: Once

    def given_unit(self, unit_id: int) -> Given:
        return self.once(("given unit", unit_id), lambda: self._given_unit(unit_id))

    def points(self, subject_about: About, subject_id: int) -> tuple[Point, ...]:
        where = points.of(subject_about, subject_id)
        return self.once(
            ("points", subject_about, subject_id), lambda: self._find(where, given_items.c.source == points.SUGGESTED)
        )

    def point(self, point_id: int) -> Point | None:
        return self.once(("point", point_id), lambda: next(iter(self._find(given_items.c.id == point_id)), None))

    def drafted(self, subject_about: About, subject_id: int) -> Point | None:
        where = (
            points.of(subject_about, subject_id),
            given_items.c.source == points.DRAFTED,
            given_items.c.raised_by == self.me,
        )
        return self.once(("drafted", subject_about, subject_id), lambda: next(iter(self._find(*where)), None))

    def open_count(self, unit_ids: tuple[int, ...]) -> int:
        return self.once(("open points", unit_ids), lambda: points.count_open(self.conn, self.cycle_id, unit_ids))

    def without_part(self, unit_id: int) -> tuple[Person, ...]:
        return self.once(("no part", unit_id), lambda: points.without_part(self.conn, self.cycle_id, unit_id))

    def returning(self, unit_id: int) -> tuple[Returning, ...]:
        pack = self.pack
        if pack is None:
            return ()
        return self.once(("returning", unit_id), lambda: points.find_returning(self.conn, self.cycle_id, pack, unit_id))

    def _given_unit(self, unit_id: int) -> Given:
        response = find_response(self.conn, about(self.cycle_id, "collective_review", unit_id))
        return given_to_unit(self.conn, self.cycle_id, unit_id, response)

    def _find(self, *where: ColumnElement[bool]) -> tuple[Point, ...]:
        found = points.find_points(self.conn, self.cycle_id, *where)
        return tuple(replace(point, raised_at=local(point.raised_at, self.zone)) for point in found)
