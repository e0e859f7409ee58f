"""Sealing anew: every value of free text under the first key, or open again; and how far that has come."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, select, tuple_, update

from review.forms import Form
from review.pack import Pack
from review.prose import is_prose
from storage.columns import AnswerValue
from storage.database import Database
from storage.errors import Unopened
from storage.sealed import as_stored, place, sealed_columns
from storage.sealing import KeyRing, sealed_with
from storage.tables import cycles, responses

PackOf = Callable[[str], Pack]
Key = tuple[Any, ...]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Count:
    """Values that stood as the ring leaves them, values that did not, and the places of those that nothing opens."""

    done: int = 0
    other: int = 0
    lost: tuple[str, ...] = ()

    def __add__(self, more: "Count") -> "Count":
        return Count(self.done + more.done, self.other + more.other, self.lost + more.lost)


async def seal_anew(db: Database, ring: KeyRing, pack_of: PackOf) -> Count:
    """In small transactions beside a running bot; stopped half-way it goes on from there the next time.

    What cannot be opened stays as it is.
    """
    count = Count()
    for table in sealed_columns():
        after: Key | None = ()
        while after is not None:
            after, counted = await db.write(partial(_batch, table=table, after=after, ring=ring, pack_of=pack_of))
            count += counted
    return count


def survey(conn: Connection, ring: KeyRing, pack_of: PackOf) -> Count:
    """How far that has come; every value is opened once."""
    count = Count()
    for table in sealed_columns():
        after: Key | None = ()
        while after is not None:
            after, counted = _batch(conn, table, after, ring, pack_of, only_look=True)
            count += counted
    return count


def _batch(
    conn: Connection, table: Table, after: Key, ring: KeyRing, pack_of: PackOf, *, only_look: bool = False
) -> tuple[Key | None, Count]:
    """The key of the last row of so many; None at the end of the table."""
    raw, count = as_stored(table), Count()
    keys = [raw.c[key.name] for key in table.primary_key]
    rows = select(raw).where(tuple_(*keys) > after) if after else select(raw)
    rows = rows.order_by(*keys).limit(BATCH)
    found = conn.execute(rows if only_look else rows.with_for_update()).all()
    for row, names in _with_free_text(conn, table, found, pack_of):
        changes, counted = _renewed(table, row, names, ring)
        if changes and not only_look:
            here = and_(*(key == row._mapping[key.name] for key in keys))
            conn.execute(update(raw).where(here).values(changes))
        count += counted
    return (tuple(found[-1]._mapping[key.name] for key in keys) if found else None), count


def _renewed(table: Table, row: Row[Any], names: Collection[str], ring: KeyRing) -> tuple[dict[str, str], Count]:
    """The columns of a row that are to be changed. A value under the right key is opened too: it may be damaged."""
    changes, count = {}, Count()
    for name in names:
        stored = row._mapping[name]
        if not stored:
            continue
        try:
            text = ring.open(stored)
        except Unopened:
            count += Count(lost=(place(table, row, name),))
            continue
        if ring.has_sealed(stored):
            count += Count(done=1)
        else:
            changes[name] = ring.seal(text)
            count += Count(other=1)
    return changes, count


def _with_free_text(
    conn: Connection, table: Table, rows: Sequence[Row[Any]], pack_of: PackOf
) -> Iterator[tuple[Row[Any], list[str]]]:
    """Rows with the columns that count in each: of the answers only those typed in words."""
    names = sealed_columns()[table]
    if not any(isinstance(table.c[name].type, AnswerValue) for name in names):
        yield from ((row, names) for row in rows)
        return
    forms = _forms(conn, {row.response_id for row in rows}, pack_of)
    for row in rows:
        if sealed_with(row.value) or _is_typed(row, forms[row.response_id]):
            yield row, names


def _is_typed(answer: Row[Any], form: Form | None) -> bool:
    """Choices and dates are JSON strings too: only the form can tell. Of one that is gone, every string is sealed."""
    return answer.value.startswith('"') and (form is None or is_prose(form, answer.key))


def _forms(conn: Connection, response_ids: Collection[int], pack_of: PackOf) -> dict[int, Form | None]:
    named = select(responses.c.id, responses.c.form, cycles.c.pack).join(cycles)
    rows = conn.execute(named.where(responses.c.id.in_(response_ids))).all()
    return {row.id: pack_of(row.pack).forms.get(row.form) for row in rows}
