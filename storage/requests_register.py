"""The register of requests as plain data, and deletions whose bytes still wait to go out of the files."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update

from storage.tables import people, requests

FORMAT = "tusoi-requests/1"
_MOMENTS = ("received_at", "acknowledged_at", "extended_at", "answered_at", "wiped_at")
_DAYS = ("acknowledge_due", "due", "extended_until")
_unwiped: ColumnElement[bool] = requests.c.result.is_not(None) & requests.c.wiped_at.is_(None)


def register(conn: Connection, now: datetime) -> dict[str, Any]:
    """The public "tusoi-requests/1": every request in the order made; people by code, moments in the zone of `now`."""
    codes = dict(conn.execute(select(people.c.id, people.c.code)).tuples().all())
    rows = [dict(row._mapping) for row in conn.execute(select(requests).order_by(requests.c.id))]
    return {"format": FORMAT, "made_at": now.isoformat(), "requests": [_told(row, codes, now) for row in rows]}


def unwiped(conn: Connection) -> int:
    """Deletions that were granted and whose bytes may still be in the database's files."""
    return conn.scalar(select(func.count()).select_from(requests).where(_unwiped)) or 0


def mark_wiped(conn: Connection, now: datetime) -> int:
    """After `retention.scrub`; how many deletions that finished."""
    return conn.execute(update(requests).where(_unwiped).values(wiped_at=now)).rowcount


def _told(row: dict[str, Any], codes: dict[int, str], now: datetime) -> dict[str, Any]:
    moments = {name: row[name].astimezone(now.tzinfo).isoformat() if row[name] else None for name in _MOMENTS}
    days = {name: row[name].isoformat() if row[name] else None for name in _DAYS}
    words = {name: row[name] for name in ("text", "extension_reason", "outcome", "answer")}
    return {
        "number": f"DL-{row['id']:04}",
        "person": codes[row["person_id"]],
        "kind": row["kind"],
        "handled_by": codes.get(row["handler_id"]),
        **words,
        **moments,
        **days,
        "in_time": _in_time(row, now),
        "removed": row["result"]["removed"] if row["result"] else None,
        "kept": row["result"]["kept"] if row["result"] else None,
    }


def _in_time(row: dict[str, Any], now: datetime) -> bool | None:
    """Whether it was, or still can be, answered by its day; None while it is open and not late."""
    until = row["extended_until"] or row["due"]
    day = (row["answered_at"] or now).astimezone(now.tzinfo).date()
    return None if row["answered_at"] is None and day <= until else day <= until
