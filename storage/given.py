"""What a form is opened with: items carried over, points suggested, faults of the collective; whom a cell may name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, exists, func, insert, or_, select

from review.decisions import About
from review.forms import Given, Item, ItemSource
from review.given import people_options
from review.people import Person
from review.responses import Response
from storage.people import find_people, holders
from storage.progress import owes_review
from storage.tables import answers, given_items, people, responses

Where = ColumnElement[bool]
Subject = tuple[About, int]

_GROUPS = {"carried": "fixed", "suggested": "explanations", "collective": "collective_part"}
"""The group of a form that asks about the items of a source (the contract's question ids)."""

_group = case(*((given_items.c.source == source, group) for source, group in _GROUPS.items()), else_="-")
_prefix = _group + "." + cast(given_items.c.id, String) + "."
of_subject = and_(
    responses.c.cycle_id == given_items.c.cycle_id,
    or_(
        and_(responses.c.kind == "self_review", responses.c.subject_person_id == given_items.c.person_id),
        and_(responses.c.kind == "collective_review", responses.c.subject_unit_id == given_items.c.unit_id),
    ),
)
"""Joins `given_items` to the form in which the item is asked about."""
begun = exists().where(
    of_subject,
    answers.c.response_id == responses.c.id,
    func.substr(answers.c.key, 1, func.length(_prefix)) == _prefix,
)
"""On `given_items`: something has been written about the item."""
_of_people = given_items.c.person_id.is_not(None)
stands: Where = or_(given_items.c.withdrawn_at.is_(None), begun)
"""On `given_items`: the form asks about it. What was taken back after it had been answered stays, marked."""


def give(conn: Connection, cycle_id: int, person_id: int, source: ItemSource, texts: Sequence[str]) -> None:
    """Put items in front of a person: last year's shortcomings (carried), points of the upper level (suggested)."""
    rows = [{"cycle_id": cycle_id, "person_id": person_id, "source": source, "text": text} for text in texts]
    conn.execute(insert(given_items), rows)


def given_to(conn: Connection, cycle_id: int, person_id: int) -> Given:
    return _given(conn, cycle_id, given_items.c.person_id == person_id).get(("person", person_id), Given())


def given_to_unit(conn: Connection, cycle_id: int, unit_id: int, response: Response | None) -> Given:
    """A cell may name its members who are reviewed, its leaders first; whoever is named already stays nameable."""
    given = _given(conn, cycle_id, given_items.c.unit_id == unit_id).get(("unit", unit_id), Given())
    return replace(given, people=people_options(_nameable(conn, unit_id, named_in(response))))


def given_to_all(conn: Connection, cycle_id: int) -> dict[int, Given]:
    """By person; whoever was given nothing is not in it."""
    return {person_id: given for (_, person_id), given in _given(conn, cycle_id, _of_people).items()}


def given_to_units(conn: Connection, cycle_id: int) -> dict[int, Given]:
    """By cell, without the people it may name."""
    return {unit_id: given for (_, unit_id), given in _given(conn, cycle_id, ~_of_people).items()}


def named_in(response: Response | None) -> list[int]:
    """The people a response names: only answers of kind "people" are lists of numbers."""
    lists = (value for value in response.answers.values() if isinstance(value, list)) if response else ()
    return [int(one) for value in lists for one in value if one.isdecimal()]


def _nameable(conn: Connection, unit_id: int, named: Iterable[int]) -> list[Person]:
    members = find_people(conn, or_(and_(people.c.unit_id == unit_id, owes_review), people.c.id.in_(list(named))))
    leaders = [leader.id for leader in holders(conn, unit_id, "secretary", "deputy")]
    return sorted(members, key=lambda person: leaders.index(person.id) if person.id in leaders else len(leaders))


def _given(conn: Connection, cycle_id: int, *where: Where) -> dict[Subject, Given]:
    items: defaultdict[Subject, defaultdict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    asked = given_items.c.source.in_(_GROUPS)
    rows = select(given_items).where(given_items.c.cycle_id == cycle_id, asked, stands, *where)
    for row in conn.execute(rows.order_by(given_items.c.id)):
        subject: Subject = ("person", row.person_id) if row.person_id else ("unit", row.unit_id)
        items[subject][row.source].append(Item(str(row.id), row.text, row.withdrawn_at is not None))
    return {
        subject: Given(tuple(lists["carried"]), tuple(lists["suggested"]), tuple(lists["collective"]))
        for subject, lists in items.items()
    }
