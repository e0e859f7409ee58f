"""What is kept of a review that is held once more, and words that were typed and not confirmed yet."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, false

from storage.columns import Instant, SealedData, SealedWords
from storage.metadata import metadata

__all__ = ["response_versions", "unsent"]

# A response as it was when an order returned it to its writer; `nth` counts its submissions from 1.
response_versions = Table(
    "response_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("response_id", ForeignKey("responses.id"), nullable=False),
    Column("nth", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("answers", SealedData, nullable=False),
    Column("status", String(20), nullable=False),
    Column("submitted_at", Instant),
    Column("receipt", String(20), nullable=False),
    Column("closed_at", Instant, nullable=False),
    Column("typed_in", Boolean, nullable=False, server_default=false()),
    Column("redo_id", ForeignKey("redo_orders.id"), nullable=False, index=True),
    UniqueConstraint("response_id", "nth"),
)

# One text a person and purpose, gone as soon as it is confirmed or given up.
unsent = Table(
    "unsent",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("text", SealedWords, nullable=False),
    Column("saved_at", Instant, nullable=False),
)
