"""Web sessions: `sid` is public (the web account's address), the token only its holder knows; here is its hash."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from storage import accounts
from storage.tables import web_sessions


def open_session(conn: Connection, now: datetime) -> tuple[str, str]:
    """A new anonymous web account and its session: (sid, token). The token is not kept."""
    sid, token = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
    account = accounts.find_or_create(conn, "web", sid, now).account
    row = {
        "sid": sid,
        "account_id": account.id,
        "token_hash": _hash(token),
        "created_at": now,
    }
    conn.execute(insert(web_sessions).values(row))
    return sid, token


def holds(conn: Connection, sid: str, token: str) -> bool:
    """Whether this token opens that session, in the same time for a right and a wrong one."""
    kept = conn.scalar(
        select(web_sessions.c.token_hash).where(web_sessions.c.sid == sid, web_sessions.c.revoked_at.is_(None))
    )
    return hmac.compare_digest(kept or _hash(""), _hash(token)) and kept is not None


def revoke(conn: Connection, account_ids: Sequence[int], now: datetime) -> None:
    """From now on no token opens the sessions of these accounts."""
    still_open = web_sessions.c.account_id.in_(account_ids) & web_sessions.c.revoked_at.is_(None)
    conn.execute(update(web_sessions).where(still_open).values(revoked_at=now))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
