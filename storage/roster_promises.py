"""Sheet `Kỳ trước` into the database: what the open review, or the next to be opened, asks about first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from review.roster_promises import PromiseRow
from storage import cycles
from storage.given import begun
from storage.tables import given_items

ORIGIN = "roster"

_Key = tuple[int | None, int | None, str]


def save_promises(
    conn: Connection,
    rows: Sequence[PromiseRow],
    person_ids: Mapping[str, int],
    unit_ids: Mapping[str, int],
    now: datetime,
) -> None:
    """For everybody the sheet names it holds all there is: a line that was changed takes the place of the earlier one.

    Waits without a review until one is opened. What has been answered already stays. A member's code goes before a
    unit's.
    """
    cycle = cycles.current(conn)
    cycle_id = cycle.id if cycle else None
    wanted = dict.fromkeys(_key(row, person_ids, unit_ids) for row in rows)
    named = {key[:2] for key in wanted}
    here = given_items.c.cycle_id.is_(None) if cycle_id is None else given_items.c.cycle_id == cycle_id
    held = conn.execute(select(given_items, begun.label("begun")).where(here, given_items.c.origin == ORIGIN)).all()
    gone = [row for row in held if (row.person_id, row.unit_id) in named and _stored(row) not in wanted]
    _drop(conn, [row.id for row in gone if not row.begun], cycle_id, now)
    stands = {_stored(row) for row in held if row.withdrawn_at is None}
    new = [
        {
            "cycle_id": cycle_id,
            "person_id": person_id,
            "unit_id": unit_id,
            "source": "carried",
            "text": text,
            "origin": ORIGIN,
        }
        for person_id, unit_id, text in wanted
        if (person_id, unit_id, text) not in stands
    ]
    if new:
        conn.execute(insert(given_items), new)


def _drop(conn: Connection, ids: Sequence[int], cycle_id: int | None, now: datetime) -> None:
    """What only waited leaves no trace; what a review has shown is taken back."""
    if cycle_id is None:
        conn.execute(delete(given_items).where(given_items.c.id.in_(ids)))
    else:
        conn.execute(update(given_items).where(given_items.c.id.in_(ids)).values(withdrawn_at=now))


def _key(row: PromiseRow, person_ids: Mapping[str, int], unit_ids: Mapping[str, int]) -> _Key:
    person_id = person_ids.get(row.subject)
    return person_id, None if person_id else unit_ids[row.subject], row.text


def _stored(row: object) -> _Key:
    return row.person_id, row.unit_id, row.text  # type: ignore[attr-defined]
