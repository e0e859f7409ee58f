"""The columns that hold free text, which keys sealed them, and where a value stands that no key opens."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnClause, ColumnElement, Connection, Row, Table, Text, column, delete, select, table
from sqlalchemy import TableClause as Raw

from storage.columns import AnswerValue, SealedData, SealedWords
from storage.dialects import insert_or_leave
from storage.errors import KeyMissing, Unopened
from storage.sealing import KeyRing, sealed_under
from storage.tables import data_keys, metadata

T = TypeVar("T")

PLAIN: Mapping[str, str] = {
    "audit.detail": "codes and numbers only, and the chain's hashes are reckoned from it",
    "ceiling_grounds.peer_group": "the name of a group, from the roster",
    "channel_tokens.access_token": "a secret of the channel, worthless within a day",
    "channel_tokens.refresh_token": "a secret of the channel, replaced at each use",
    "consent_texts.text": "the program's own words, the same for everybody",
    "decisions.votes": "numbers",
    "grading_facts.value": "a percentage, yes or no, a grade",
    "meeting_votes.counts": "numbers",
    "notices.params": "ids",
    "people.code": "the roster: looked for, sorted and counted by",
    "people.name": "the roster",
    "people.party_post": "the roster",
    "people.peer_group": "the roster",
    "people.state_post": "the roster",
    "people.union_post": "the roster",
    "people.workplace": "the roster",
    "requests.result": "counts of what was removed and what stayed",
    "units.code": "the roster",
    "units.name": "the roster",
}
"""Columns of text that are not sealed, and why. Every other one is: see `sealed_columns`."""


def sealed_columns() -> dict[Table, list[str]]:
    """By table, everything a person typed as prose or that quotes it; of answers only the typed ones are sealed."""
    found = {
        one: [each.name for each in one.columns if isinstance(each.type, SealedWords | SealedData | AnswerValue)]
        for one in metadata.sorted_tables
    }
    return {one: names for one, names in found.items() if names}


def as_stored(one: Table) -> Raw:
    """The same table with its sealed columns as they are in the file."""
    sealed = sealed_columns().get(one, [])
    columns: list[ColumnClause[object]] = [
        column(each.name, Text() if each.name in sealed else each.type) for each in one.columns
    ]
    return table(one.name, *columns)


def check_keys(conn: Connection, ring: KeyRing) -> None:
    """Refuse a ring that cannot open everything here; remember the key that seals from now on.

    A key that is lacking and under which nothing stands any more is forgotten: so a rotation ends.
    """
    if lacking := must_have_keys(conn, ring):
        conn.execute(delete(data_keys).where(data_keys.c.key_id.in_(lacking)))
    if ring.sealing:
        insert_or_leave(conn, data_keys, [{"key_id": ring.sealing.id}])


def must_have_keys(conn: Connection, ring: KeyRing) -> list[str]:
    """Keys that were used once and are not needed any more; raises KeyMissing when one is."""
    lacking = [
        one for one in conn.scalars(select(data_keys.c.key_id).order_by(data_keys.c.key_id)) if one not in ring.ids
    ]
    if needed := [one for one in lacking if _is_used(conn, one)]:
        raise KeyMissing(needed)
    return lacking


def located(conn: Connection, work: Callable[[Connection], T]) -> T:
    """Run `work`; a value that cannot be opened is named by its row and column."""
    try:
        return work(conn)
    except Unopened as error:
        raise Unopened(error.stored, error.reason, _place_of(conn, error.stored)) from None


def place(one: Table, row: Row[Any], name: str) -> str:
    """A value as an operator finds it: "answers.value (response_id 3, key conduct)"."""
    keys = ", ".join(f"{key.name} {row._mapping[key.name]}" for key in one.primary_key)
    return f"{one.name}.{name} ({keys})"


def _is_used(conn: Connection, key_id: str) -> bool:
    def under_key(stored: ColumnElement[str]) -> ColumnElement[bool]:
        return stored.startswith(sealed_under(key_id))

    return next(_where(conn, under_key), None) is not None


def _place_of(conn: Connection, stored: str) -> str:
    return next(_where(conn, lambda value: value == stored), "a value")


def _where(conn: Connection, condition: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> Iterator[str]:
    """One row of every sealed column that holds a value of this kind."""
    for one, names in sealed_columns().items():
        raw = as_stored(one)
        keys = [raw.c[key.name] for key in one.primary_key]
        for name in names:
            row = conn.execute(select(*keys).where(condition(raw.c[name])).limit(1)).first()
            if row is not None:
                yield place(one, row, name)
