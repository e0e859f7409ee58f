"""Secrets the program makes for itself at their first use, the same for all its processes."""

import secrets

from sqlalchemy import Connection, select

from storage.dialects import insert_or_leave
from storage.tables import own_keys


def own_key(conn: Connection, name: str) -> bytes:
    """In a writing transaction."""
    key = known_key(conn, name)
    if key is None:
        insert_or_leave(conn, own_keys, [{"name": name, "value": secrets.token_hex(32)}])
        key = known_key(conn, name)
    assert key is not None
    return key


def known_key(conn: Connection, name: str) -> bytes | None:
    """None before its first use."""
    value = conn.scalar(select(own_keys.c.value).where(own_keys.c.name == name))
    return None if value is None else bytes.fromhex(value)
