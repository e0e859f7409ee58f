"""Everything that is kept. Timestamps are UTC; codes, grades and kinds are the words of `review`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import AnswerValue, Data, Instant, SealedData, SealedWords, Words
from storage.metadata import metadata
from storage.tables_grading import (
    appeals,
    ceiling_grounds,
    decisions,
    grading_facts,
    meeting_votes,
    meetings,
    redo_orders,
    remedies,
    remedy_checks,
    unit_dates,
    unit_moves,
)
from storage.tables_post import channel_tokens, inbox, notices, outbox
from storage.tables_privacy import consent_texts, request_words, requests
from storage.tables_results import response_versions, unsent

__all__ = [
    "accounts", "answer_history", "answers", "appeals", "audit", "audit_head", "ceiling_grounds", "channel_tokens",
    "consent_texts", "consents", "cycle_dates", "cycles", "data_keys", "decisions", "entry_links", "given_items",
    "grading_facts", "inbox", "invitations", "meeting_votes", "meetings", "metadata", "notices", "outbox", "own_keys",
    "people", "redo_orders", "remedies", "remedy_checks", "request_words", "requests", "response_versions",
    "responses", "roles", "unit_dates", "unit_moves", "units", "unsent", "web_sessions",
]  # fmt: skip

# The tree may be written in any order within a transaction, so its foreign key is checked at the commit.
units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent_id", ForeignKey("units.id", deferrable=True, initially="DEFERRED"), index=True),
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("birth_date", Date),
    Column("form", String(10)),
    Column("peer_group", Words, nullable=False, server_default=""),
    Column("residence_id", ForeignKey("units.id"), index=True),
    Column("status", String(20), nullable=False, server_default="official"),
    Column("party_post", Words, nullable=False, server_default=""),
    Column("state_post", Words, nullable=False, server_default=""),
    Column("union_post", Words, nullable=False, server_default=""),
    Column("workplace", Words, nullable=False, server_default=""),
    Column("joined_on", Date),
    Column("official_on", Date),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("name", String(20), nullable=False),
    UniqueConstraint("person_id", "unit_id", "name"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("state", SealedData),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
    Column("locked_until", Instant),
    Column("unreachable_since", Instant),
    Column("last_inbound_at", Instant),
    Column("last_order", BigInteger, nullable=False, server_default="0"),
    Column("usual_minute", Integer),
    Column("created_at", Instant, nullable=False),
    Column("takes_notices", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("channel", "address"),
    Index(
        "uq_accounts_takes_notices",
        "person_id",
        unique=True,
        sqlite_where=text("takes_notices"),
        postgresql_where=text("takes_notices"),
    ),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

# `account_id` is the chat a link was sent to, `used_by` the web account it opened.
entry_links = Table(
    "entry_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", ForeignKey("accounts.id"), index=True),
)


# `made_in`: the chat in which a person made it for a further device of the own; empty for what an office hands out.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", ForeignKey("accounts.id")),
    Column("refused_at", Instant),
    Column("made_in", ForeignKey("accounts.id"), index=True),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("text_version", String(20), nullable=False),
    Column("text_hash", ForeignKey("consent_texts.hash")),
    Column("at", Instant, nullable=False),
    Index(None, "person_id", "id"),
)

cycles = Table(
    "cycles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False, unique=True),
    Column("pack", String(100), nullable=False),
    Column("pack_version", String(64), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("purged_at", Instant),
)

cycle_dates = Table(
    "cycle_dates",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("day", Date, nullable=False),
)

# `source`: carried over, suggested by the upper level, or a fault of the collective somebody answers for; "drafted": a
# point that is typed and not confirmed. `origin` is where it comes from ("response:5:shortcomings.1", "remedy:12",
# "roster"). A point that was taken back keeps its row; one without a review waits for the next to be opened.
given_items = Table(
    "given_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id")),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("source", String(20), nullable=False),
    Column("text", SealedWords, nullable=False),
    Column("origin", String(80), nullable=False, server_default=""),
    Column("raised_by", ForeignKey("people.id")),
    Column("raised_at", Instant),
    Column("withdrawn_at", Instant),
    CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="one_subject"),
    Index(None, "cycle_id", "person_id"),
)

responses = Table(
    "responses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("form", String(40), nullable=False),
    Column("form_version", String(64), nullable=False),
    Column("subject_person_id", ForeignKey("people.id"), index=True),
    Column("subject_unit_id", ForeignKey("units.id"), index=True),
    Column("respondent_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("saved_at", Instant),
    Column("submitted_at", Instant),
    Column("receipt", String(20), nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("signed_on", Date),
    UniqueConstraint("cycle_id", "kind", "subject_person_id"),
    UniqueConstraint("cycle_id", "kind", "subject_unit_id"),
    CheckConstraint("(subject_person_id IS NULL) <> (subject_unit_id IS NULL)", name="one_subject"),
)

answers = Table(
    "answers",
    metadata,
    Column("response_id", ForeignKey("responses.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("value", AnswerValue, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("saved_by", ForeignKey("people.id"), nullable=False),
    Column("channel", String(20), nullable=False),
)

answer_history = Table(
    "answer_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("response_id", ForeignKey("responses.id"), nullable=False),
    Column("key", String(200), nullable=False),
    Column("value", AnswerValue, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("saved_by", ForeignKey("people.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("replaced_at", Instant, nullable=False),
    Index(None, "response_id", "key"),
)

# Secrets the program makes for itself, so that all its processes share them.
own_keys = Table(
    "own_keys",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(64), nullable=False),
)

# Which keys sealed text in here: an id tells nothing of its key. Without one of them the program does not start.
data_keys = Table("data_keys", metadata, Column("key_id", String(8), primary_key=True))

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("cycle_id", Integer),
    Column("at", Instant, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(80), nullable=False),
    Column("detail", Data, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
