"""The audit chain: who did what to which thing, each entry bound to the one before it by its hash. No answers in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.columns import nfc
from storage.tables import audit, audit_head

OPERATOR = "operator"
CLOCK = "clock"


def person(person_id: int) -> str:
    """How a person is named as an actor."""
    return f"person:{person_id}"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not fit, and what is wrong with it."""

    seq: int
    reason: str


def lock(conn: Connection) -> tuple[int, str]:
    """Number and hash of the last entry. Until the commit nobody else can append."""
    row = conn.execute(select(audit_head).with_for_update()).one()
    return row.seq, row.hash


def head(conn: Connection) -> tuple[int, str]:
    """As `lock`, only looked at: the end of the chain as of this transaction."""
    row = conn.execute(select(audit_head)).one()
    return row.seq, row.hash


def append(
    conn: Connection,
    at: datetime,
    actor: str,
    action: str,
    thing: str,
    detail: Mapping[str, Any] | None = None,
    cycle_id: int | None = None,
) -> None:
    """`thing` is "kind:id". `detail` says how, never what was answered."""
    append_many(conn, at, actor, action, [(thing, detail or {})], cycle_id)


def append_many(
    conn: Connection,
    at: datetime,
    actor: str,
    action: str,
    things: Sequence[tuple[str, Mapping[str, Any]]],
    cycle_id: int | None = None,
) -> None:
    """One entry for each thing (with its detail), in this order; there is at least one."""
    seq, before = lock(conn)
    entries = []
    for nth, (thing, detail) in enumerate(things, seq + 1):
        entry = {
            "seq": nth,
            "cycle_id": cycle_id,
            "at": at,
            "actor": actor,
            "action": action,
            "object": thing,
            "detail": nfc(dict(detail)),
            "prev_hash": before,
        }
        before = entry["hash"] = _digest(entry)
        entries.append(entry)
    conn.execute(insert(audit), entries)
    conn.execute(update(audit_head).values(seq=seq + len(entries), hash=before))


def verify(conn: Connection) -> Broken | None:
    """Walk the whole chain; None when it holds."""
    before, last = "", 0
    for row in conn.execute(select(audit).order_by(audit.c.seq).execution_options(yield_per=1000)):
        entry = dict(row._mapping)
        if row.seq != last + 1:
            return Broken(last + 1, "the entry is missing")
        if row.prev_hash != before:
            return Broken(row.seq, "it does not follow the entry before it")
        if row.hash != _digest(entry):
            return Broken(row.seq, "its content was changed")
        before, last = row.hash, row.seq
    head = conn.execute(select(audit_head)).one()
    if (head.seq, head.hash) != (last, before):
        return Broken(max(head.seq, last), "the end of the chain was cut off or changed")
    return None


def _digest(entry: Mapping[str, Any]) -> str:
    content = {name: value for name, value in entry.items() if name != "hash"}
    content["at"] = content["at"].astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
