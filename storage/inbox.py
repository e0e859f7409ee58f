"""The inbox: what has come in once is not done twice."""

from datetime import datetime

from sqlalchemy import Connection, delete

from conversations.incoming import ChannelName
from storage.dialects import insert_or_leave
from storage.tables import inbox


def remember(conn: Connection, channel: ChannelName, delivery_id: str, now: datetime) -> bool:
    """False when this delivery has been dealt with before."""
    row = {"channel": channel, "delivery_id": delivery_id, "at": now}
    return insert_or_leave(conn, inbox, [row]) == 1


def forget(conn: Connection, channel: ChannelName, delivery_id: str) -> None:
    """What it asked for has been undone, so it may come again."""
    conn.execute(delete(inbox).where(inbox.c.channel == channel, inbox.c.delivery_id == delivery_id))


def forget_before(conn: Connection, moment: datetime) -> int:
    """Drop what no channel will deliver again; how many rows."""
    return conn.execute(delete(inbox).where(inbox.c.at < moment)).rowcount
