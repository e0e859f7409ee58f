"""What lies before the officers of a committee, read in sets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, union

from conversations.approval_facts import Dossier, Grounds, Mark
from review.forms import Given
from review.pack_model import FactName
from review.people import Person
from review.responses import Response
from storage.columns import local
from storage.given import given_to_all
from storage.once import Once, of_part
from storage.people import find_people, holders
from storage.progress import CLOSED
from storage.responses import find_responses
from storage.tables import appeals, ceiling_grounds, decisions, grading_facts, people, redo_orders, responses


class StoredApproval:
    """Implements `conversations.approval_facts.ApprovalFacts`. `once` keeps the answers of a turn until an effect."""

    def __init__(self, conn: Connection, cycle_id: int, zone: tzinfo | None, once: Once) -> None:
        self._conn = conn
        self._cycle_id = cycle_id
        self._zone = zone
        self._once = of_part(once, "approval")

    def officers_of(self, unit_id: int) -> tuple[Person, ...]:
        return self._once(("officers", unit_id), lambda: holders(self._conn, unit_id, "officer"))

    def members_of(self, unit_ids: tuple[int, ...]) -> tuple[Person, ...]:
        return self._once(("members", unit_ids), lambda: find_people(self._conn, people.c.unit_id.in_(unit_ids)))

    def dossiers(self, person_ids: tuple[int, ...]) -> Mapping[int, Dossier]:
        return self._once(("dossiers", person_ids), lambda: self._dossiers(person_ids))

    def collective_reviews(self, unit_ids: tuple[int, ...]) -> Mapping[int, Response]:
        about = responses.c.subject_unit_id.in_(unit_ids)
        return self._once(("collective", unit_ids), lambda: self._closed("collective_review", about))

    def grounds(self, unit_id: int) -> Mapping[str, Grounds]:
        return self._once(("grounds", unit_id), lambda: self._grounds(unit_id))

    def _dossiers(self, person_ids: tuple[int, ...]) -> dict[int, Dossier]:
        about = responses.c.subject_person_id.in_(person_ids)
        reviews, remarks = (self._closed(kind, about) for kind in ("self_review", "residence_remark"))
        given, known, marks = given_to_all(self._conn, self._cycle_id), self._known(person_ids), self._marks(person_ids)
        return {
            one: Dossier(reviews.get(one), remarks.get(one), given.get(one, Given()), known[one], frozenset(marks[one]))
            for one in person_ids
        }

    def _closed(self, kind: str, about: ColumnElement[bool]) -> dict[int, Response]:
        of_kind = (responses.c.cycle_id == self._cycle_id, responses.c.kind == kind, responses.c.status.in_(CLOSED))
        return {one.subject_id: one for one in find_responses(self._conn, *of_kind, about)}

    def _known(self, person_ids: tuple[int, ...]) -> defaultdict[int, dict[FactName, Any]]:
        known: defaultdict[int, dict[FactName, Any]] = defaultdict(dict)
        of_people = (grading_facts.c.cycle_id == self._cycle_id, grading_facts.c.person_id.in_(person_ids))
        for row in self._conn.execute(select(grading_facts).where(*of_people)):
            known[row.person_id][row.fact] = row.value
        return known

    def _marks(self, person_ids: tuple[int, ...]) -> defaultdict[int, set[Mark]]:
        """A complaint in waiting; an order not done, about the person or about the whole cell."""
        complaints = (
            select(appeals.c.person_id)
            .select_from(appeals.join(decisions))
            .where(
                decisions.c.cycle_id == self._cycle_id, appeals.c.kind == "complaint", appeals.c.answered_at.is_(None)
            )
        )
        order = (redo_orders.c.cycle_id == self._cycle_id) & redo_orders.c.done_at.is_(None)
        orders = union(
            select(redo_orders.c.person_id).where(order),
            select(people.c.id).where(people.c.unit_id.in_(select(redo_orders.c.unit_id).where(order))),
        )
        marks: defaultdict[int, set[Mark]] = defaultdict(set)
        wanted = set(person_ids)
        for mark, query in (("complaint", complaints), ("redo", orders)):
            for person_id in wanted.intersection(self._conn.scalars(query)):
                marks[person_id].add(mark)  # type: ignore[arg-type]
        return marks

    def _grounds(self, unit_id: int) -> dict[str, Grounds]:
        of_unit = (ceiling_grounds.c.cycle_id == self._cycle_id, ceiling_grounds.c.unit_id == unit_id)
        rows = self._conn.execute(select(ceiling_grounds).where(*of_unit).order_by(ceiling_grounds.c.id))
        return {
            row.peer_group: Grounds(
                unit_id, row.peer_group, row.text, row.recorded_by, local(row.recorded_at, self._zone)
            )
            for row in rows
        }
