"""Chats that end: whoever had them is out, nothing of his waits there, and nothing he made there leads in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from storage import accounts, audit, entry_links, invitations, notices, outbox, sessions
from storage.tables import accounts as accounts_table
from storage.tables import invitations as invitations_table


def chats_of(conn: Connection, person_id: int) -> list[int]:
    """The account ids of a person."""
    held = select(accounts_table.c.id).where(accounts_table.c.person_id == person_id).order_by(accounts_table.c.id)
    return list(conn.scalars(held.with_for_update()))


def sign_out(conn: Connection, account_ids: Sequence[int], now: datetime) -> None:
    """Also what a browser holds opens nothing any more."""
    leave(conn, account_ids, now)
    sessions.revoke(conn, account_ids, now)


def leave(conn: Connection, account_ids: Sequence[int], now: datetime) -> None:
    """The chats are nobody's; on a web page the browser keeps its address, which the next person goes on with."""
    for account_id in account_ids:
        outbox.discard(conn, account_id)
        entry_links.void(conn, account_id)
        accounts.release(conn, account_id)
    notices.skip_those_for(conn, account_ids)
    invitations.void(conn, invitations_table.c.made_in.in_(account_ids), now)


def revoke_access(conn: Connection, person_id: int, now: datetime, by: str) -> tuple[int, int]:
    """Every chat and every open invitation of a person, who was asked by `by`; how many of each."""
    ended = chats_of(conn, person_id)
    sign_out(conn, ended, now)
    void = invitations.void(conn, invitations_table.c.person_id == person_id, now)
    audit.append(conn, now, by, "revoke_access", f"person:{person_id}", {"accounts": ended, "invitations": void})
    return len(ended), void
