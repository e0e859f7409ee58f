"""One-time links from a chat to its person's own page. Only a hash of each token is kept, as with invitations."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import entry_links

VALID = timedelta(hours=24)
KEPT = 3
"""How many unused links of a chat open: one that arrives late still does, one from last week does not."""
TOKEN_BYTES = 24


def issue(conn: Connection, account_id: int, now: datetime) -> str:
    """A new token for this chat, in letters that no channel's markup touches. The oldest unused ones are void."""
    token = secrets.token_hex(TOKEN_BYTES)
    unused = (entry_links.c.account_id == account_id) & entry_links.c.used_at.is_(None)
    newest = select(entry_links.c.id).where(unused).order_by(entry_links.c.id.desc()).limit(KEPT - 1)
    conn.execute(delete(entry_links).where(unused, entry_links.c.id.not_in(newest.scalar_subquery())))
    row = {"token_hash": _hash(token), "account_id": account_id, "created_at": now, "expires_at": now + VALID}
    conn.execute(insert(entry_links).values(row))
    return token


def spend(conn: Connection, token: str, now: datetime) -> int | None:
    """The chat (account) it was issued for, for exactly one caller; None when it is unknown, void, used or over."""
    still_good = (
        (entry_links.c.token_hash == _hash(token)) & entry_links.c.used_at.is_(None) & (entry_links.c.expires_at > now)
    )
    spent = update(entry_links).where(still_good).values(used_at=now).returning(entry_links.c.account_id)
    chat_id: int | None = conn.scalar(spent)
    return chat_id


def lead_to(conn: Connection, token: str, account_id: int) -> None:
    """Remember which web account the spent link opened."""
    spent = update(entry_links).where(entry_links.c.token_hash == _hash(token))
    conn.execute(spent.values(used_by=account_id))


def chat_behind(conn: Connection, web_account_id: int) -> int | None:
    """The chat (account) whose link opened this web account."""
    return conn.scalar(select(entry_links.c.account_id).where(entry_links.c.used_by == web_account_id))


def void(conn: Connection, account_id: int) -> None:
    """What was sent to a chat and not used opens nothing any more."""
    conn.execute(delete(entry_links).where(entry_links.c.account_id == account_id, entry_links.c.used_at.is_(None)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
