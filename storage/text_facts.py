"""Texts an answer is compared with, one query a question. They never leave the turn."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from review.calendar import Cycle
from review.people import Person
from storage.tables import answers, cycles, people, responses

MOST = 200
"""A cell of sixty with three items each; comparing more would be felt."""


class StoredTexts:
    """Implements `conversations.text_facts.TextFacts`. Nobody, or no open review: no texts."""

    def __init__(self, conn: Connection, cycle: Cycle | None, person: Person | None) -> None:
        self._conn = conn
        self._cycle = cycle
        self._person = person
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def previous(self, question: str) -> tuple[str, ...]:
        return self._once("previous", question, self._previous)

    def colleagues(self, question: str) -> tuple[str, ...]:
        return self._once("colleagues", question, self._colleagues)

    def _once(self, what: str, question: str, look: Callable[[Cycle, Person, str], tuple[str, ...]]) -> tuple[str, ...]:
        if self._cycle is None or self._person is None:
            return ()
        if (what, question) not in self._known:
            self._known[what, question] = look(self._cycle, self._person, question)
        return self._known[what, question]

    def _previous(self, cycle: Cycle, person: Person, question: str) -> tuple[str, ...]:
        rows = self._conn.execute(
            _written(question)
            .add_columns(cycles.c.year)
            .join(cycles, cycles.c.id == responses.c.cycle_id)
            .where(cycles.c.year < cycle.year, responses.c.subject_person_id == person.id)
            .order_by(cycles.c.year.desc(), answers.c.key)
            .limit(MOST)
        ).all()
        return tuple(str(row.value) for row in rows if row.year == rows[0].year)

    def _colleagues(self, cycle: Cycle, person: Person, question: str) -> tuple[str, ...]:
        if person.unit is None:
            return ()
        others = (
            _written(question)
            .join(people, people.c.id == responses.c.subject_person_id)
            .where(
                responses.c.cycle_id == cycle.id,
                people.c.unit_id == person.unit.id,
                people.c.id != person.id,
            )
            .order_by(answers.c.saved_at.desc(), answers.c.response_id)
            .limit(MOST)
        )
        return tuple(str(value) for value in self._conn.scalars(others))


def _written(question: str) -> Select[tuple[object]]:
    joined = select(answers.c.value).select_from(answers.join(responses))
    return joined.where(responses.c.kind == "self_review", _under(question))


def _under(question: str) -> ColumnElement[bool]:
    """The keys of a question: its id, or "<group>.<item>.<field>" whatever the item."""
    group, _, field = question.partition(".")
    if not field:
        return answers.c.key == group
    return and_(
        answers.c.key.startswith(f"{group}.", autoescape=True), answers.c.key.endswith(f".{field}", autoescape=True)
    )
