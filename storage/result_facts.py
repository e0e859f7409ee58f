"""Appeals, orders to do something again and earlier versions of the open review, as a turn sees them."""

from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from review.appeals import Appeal, Matter
from review.decisions import About
from review.redo import RedoOrder, Version
from storage.appeals import OPEN, find_appeals, matter_of
from storage.once import Once, of_part
from storage.people import find_person
from storage.redo import OPEN as OPEN_ORDER
from storage.redo import find_orders, find_versions, subject_of
from storage.tables import appeals, people, redo_orders, response_versions, unsent

Where = ColumnElement[bool]


class _Stored:
    """`once` keeps the answers of a turn until an effect; `cycle_id` 0: no review is open and nothing is found."""

    def __init__(self, conn: Connection, cycle_id: int, zone: tzinfo | None, once: Once) -> None:
        self._conn = conn
        self._cycle_id = cycle_id
        self._zone = zone
        self._once = of_part(once, type(self).__name__)


class StoredAppeals(_Stored):
    """Implements `conversations.result_facts.AppealFacts` for the person of an account."""

    def __init__(self, conn: Connection, cycle_id: int, zone: tzinfo | None, once: Once, person_id: int | None) -> None:
        super().__init__(conn, cycle_id, zone, once)
        self._person_id = person_id

    def find(self, appeal_id: int) -> Appeal | None:
        return next(iter(self._found(("appeal", appeal_id), appeals.c.id == appeal_id)), None)

    def by_person(self, person_id: int) -> tuple[Appeal, ...]:
        return self._found(("by", person_id), appeals.c.person_id == person_id)

    def open(self) -> tuple[Appeal, ...]:
        found = self._found("open", OPEN)
        return tuple(sorted(found, key=lambda one: (one.answer_due or one.made_at.date(), one.id)))

    def complained(self) -> frozenset[int]:
        return frozenset(one.decision_id for one in self.open())

    def matter(self, person_id: int) -> Matter:
        return self._once(("matter", person_id), lambda: self._matter(person_id))

    def unsent(self, name: str) -> str:
        return self._once(("unsent", name), lambda: self._unsent(name))

    def _matter(self, person_id: int) -> Matter:
        person = find_person(self._conn, person_id)
        assert person is not None
        return matter_of(self._conn, self._cycle_id, person)

    def _unsent(self, name: str) -> str:
        here = (unsent.c.cycle_id == self._cycle_id, unsent.c.person_id == self._person_id, unsent.c.name == name)
        return self._conn.scalar(select(unsent.c.text).where(*here)) or ""

    def _found(self, question: Any, *where: Where) -> tuple[Appeal, ...]:
        return self._once(question, lambda: find_appeals(self._conn, self._cycle_id, *where, zone=self._zone))


class StoredRedo(_Stored):
    """Implements `conversations.result_facts.RedoFacts`."""

    def find(self, order_id: int) -> RedoOrder | None:
        return next(iter(self._found(("order", order_id), redo_orders.c.id == order_id)), None)

    def open_on(self, about: About, subject_id: int) -> tuple[RedoOrder, ...]:
        return self._found(("on", about, subject_id), OPEN_ORDER, subject_of(about) == subject_id)

    def open_in(self, unit_ids: tuple[int, ...]) -> tuple[RedoOrder, ...]:
        belong = select(people.c.id).where(people.c.unit_id.in_(unit_ids))
        within = or_(redo_orders.c.unit_id.in_(unit_ids), redo_orders.c.person_id.in_(belong))
        return self._found(("in", unit_ids), OPEN_ORDER, within)

    def versions(self, response_id: int) -> tuple[Version, ...]:
        where = response_versions.c.response_id == response_id
        return self._once(("of", response_id), lambda: find_versions(self._conn, where, zone=self._zone))

    def version(self, version_id: int) -> Version | None:
        where = response_versions.c.id == version_id
        found = self._once(("version", version_id), lambda: find_versions(self._conn, where, zone=self._zone))
        return next(iter(found), None)

    def _found(self, question: Any, *where: Where) -> tuple[RedoOrder, ...]:
        return self._once(question, lambda: find_orders(self._conn, self._cycle_id, *where, zone=self._zone))
