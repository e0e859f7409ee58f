"""Shortcomings as their writers put them, from submitted self-reviews only."""

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, select

from conversations.facts import Named
from review.forms import Form, Group, assemble
from review.pack import Pack
from review.responses import Value
from storage.people import find_people
from storage.progress import CLOSED
from storage.tables import answers, people, responses

GROUP = "shortcomings"


def named_shortcomings(conn: Connection, cycle_id: int, pack: Pack, where: ColumnElement[bool]) -> tuple[Named, ...]:
    """By the writer's name, in the order written; `where` is on table `people`."""
    forms: dict[int, Form] = {}
    written: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    rows = conn.execute(
        select(responses.c.subject_person_id, responses.c.form, answers.c.key, answers.c.value)
        .select_from(responses.join(answers).join(people, people.c.id == responses.c.subject_person_id))
        .where(
            responses.c.cycle_id == cycle_id,
            responses.c.kind == "self_review",
            responses.c.status.in_(CLOSED),
            answers.c.key.startswith(f"{GROUP}.", autoescape=True),
            where,
        )
    )
    for person_id, form, key, value in rows:
        written[person_id][key] = value
        forms[person_id] = pack.forms[form]
    writers = find_people(conn, people.c.id.in_(list(written)))
    return tuple(
        Named(person, str(item.get("text", "")), str(item.get("cause", "")))
        for person in writers
        for item in _items(forms[person.id], written[person.id])
    )


def _items(form: Form, given: dict[str, Value]) -> list[dict[str, object]]:
    """The items that stand: what a writer took out again is kept in the answers but not counted."""
    sections = tuple(
        replace(section, blocks=tuple(b for b in section.blocks if isinstance(b, Group) and b.id == GROUP))
        for section in form.sections
    )
    items = assemble(replace(form, sections=sections), given).answers.get(GROUP, [])
    assert isinstance(items, list)
    return items
