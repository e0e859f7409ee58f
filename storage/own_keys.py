"""Secrets the program makes for itself at their first use, the same for all its processes."""

import secrets

from sqlalchemy import Connection, select

from storage.dialects import insert_or_leave
from storage.tables import own_keys


def own_key(conn: Connection, name: str) -> bytes:
    """In a writing transaction."""
    here = select(own_keys.c.value).where(own_keys.c.name == name)
    value = conn.scalar(here)
    if value is None:
        insert_or_leave(conn, own_keys, [{"name": name, "value": secrets.token_hex(32)}])
        value = conn.execute(here).scalar_one()
    return bytes.fromhex(value)
