"""What goes out and comes in: notices that fall due, deliveries seen, screens on their way."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false, text

from storage.columns import Data, Instant, SealedData
from storage.metadata import metadata

# `paid`: its channel charges for it. `early`: it is said before the day its slot names. `account_id`: the one chat it
# is for; empty: the chat where the person is reminded.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id")),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("slot", String(100), nullable=False),
    Column("params", Data, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("sent_at", Instant),
    Column("channel", String(20)),
    Column("paid", Boolean, nullable=False, server_default=false()),
    Column("early", Boolean, nullable=False, server_default=false()),
    Column("account_id", ForeignKey("accounts.id")),
    UniqueConstraint("person_id", "kind", "slot", "cycle_id"),
    Index(
        "uq_notices_outside_cycles",
        "person_id",
        "kind",
        "slot",
        unique=True,
        sqlite_where=text("cycle_id IS NULL"),
        postgresql_where=text("cycle_id IS NULL"),
    ),
    Index(None, "state", "due_at"),
    Index(None, "person_id", "due_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("delivery_id", String(200), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("lane", String(10), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("payload", SealedData),
    Column("state", String(10), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", String(100)),
    Column("notice_id", ForeignKey("notices.id"), index=True),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Index(None, "lane", "state", "due_at"),
    Index(None, "account_id", "id"),
)

# A pair is replaced whole. `nth` names it; `lease_until` is set while somebody exchanges it for the next.
channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("nth", Integer, nullable=False),
    Column("access_token", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    Column("obtained_at", Instant, nullable=False),
    Column("access_until", Instant, nullable=False),
    Column("refresh_until", Instant, nullable=False),
    Column("lease_until", Instant),
)
