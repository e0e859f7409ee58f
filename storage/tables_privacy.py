"""What people agreed to, word by word, and what they asked about the own data."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from storage.columns import Data, Instant, SealedWords, Words
from storage.metadata import metadata

__all__ = ["consent_texts", "request_words", "requests"]

# The very words that were read, once for all who read them; `hash` is that of the words.
consent_texts = Table(
    "consent_texts",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("version", String(20), nullable=False),
    Column("text", Words, nullable=False),
)

# `account_id`: the chat it was made in. `handler_id`: who took it. `result`: what a deletion removed and what stayed.
# `wiped_at`: from then on no byte of what was removed is in the database's files.
requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", SealedWords, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("acknowledge_due", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("acknowledged_at", Instant),
    Column("handler_id", ForeignKey("people.id"), index=True),
    Column("outcome", String(20)),
    Column("answer", SealedWords, nullable=False, server_default=""),
    Column("answered_at", Instant, index=True),
    Column("extended_at", Instant),
    Column("extended_until", Date),
    Column("extension_reason", SealedWords, nullable=False, server_default=""),
    Column("result", Data),
    Column("wiped_at", Instant),
)

# One text a person and purpose, gone as soon as it is confirmed or given up; belongs to no review.
request_words = Table(
    "request_words",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("text", SealedWords, nullable=False),
    Column("saved_at", Instant, nullable=False),
)
