"""What somebody did by an effect, as it stands in the audit chain."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from storage import audit
from storage.facts import StoredFacts
from storage.judge import actor


def record(
    conn: Connection, facts: StoredFacts, action: str, thing: str, detail: Mapping[str, Any] | None = None
) -> None:
    """Who did what to which thing ("response:7"), through which channel. `detail` never holds what was written."""
    how = {"channel": facts.account.channel, **(detail or {})}
    cycle_id = facts.cycle.id if facts.cycle else None
    audit.append(conn, facts.now, audit.person(actor(facts).id), action, thing, how, cycle_id)
