"""What is kept of the way from the cell's meeting to the decision, and of what follows it through the year."""

from sqlalchemy import (
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
    text,
)

from storage.columns import Data, Instant, SealedData, SealedWords, Words
from storage.metadata import metadata

ONE_SUBJECT = "(person_id IS NULL) <> (unit_id IS NULL)"
STANDING = text("superseded_at IS NULL")

# A cell that reviews again (redo) holds another meeting: `round` counts from 1. `absences`: [{person_id, reason}].
meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("official", Integer, nullable=False),
    Column("present", Integer, nullable=False),
    Column("absences", SealedData, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("cycle_id", "unit_id", "round"),
)

# Totals only: how one person voted is never known here. `counts`: {grade: votes}.
meeting_votes = Table(
    "meeting_votes",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("counts", Data, nullable=False),
    Column("invalid", Integer, nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

# What the secretary told about a member that a condition of the grades asks for: a percentage, yes or no, a grade.
grading_facts = Table(
    "grading_facts",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("fact", String(40), primary_key=True),
    Column("value", Data, nullable=False),
    Column("told_by", ForeignKey("people.id"), nullable=False),
    Column("told_at", Instant, nullable=False),
)

# One standing decision per subject and stage; an earlier one keeps its row and gets `superseded_at`.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("grade", String(20)),
    Column("proposed", String(20)),
    Column("reason", SealedWords, nullable=False, server_default=""),
    Column("votes", Data),
    Column("meeting_id", ForeignKey("meetings.id")),
    Column("decided_by", ForeignKey("people.id"), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("superseded_at", Instant),
    CheckConstraint(ONE_SUBJECT, name="one_subject"),
    Index("uq_decisions_person", "cycle_id", "stage", "person_id", unique=True,
          sqlite_where=STANDING, postgresql_where=STANDING),
    Index("uq_decisions_unit", "cycle_id", "stage", "unit_id", unique=True,
          sqlite_where=STANDING, postgresql_where=STANDING),
)  # fmt: skip

# Why a peer group of a committee may go up to the higher share: outstanding results, in the officer's words.
# Every row stays; the last one of a group stands.
ceiling_grounds = Table(
    "ceiling_grounds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("peer_group", Words, nullable=False),
    Column("text", SealedWords, nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index(None, "cycle_id", "unit_id"),
)

# What a member says to the own result: an explanation, or a complaint that somebody without a part in it answers.
appeals = Table(
    "appeals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("decision_id", ForeignKey("decisions.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("text", SealedWords, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("handler_id", ForeignKey("people.id"), index=True),
    Column("answer_due", Date),
    Column("outcome", String(20)),
    Column("answer", SealedWords, nullable=False, server_default=""),
    Column("answered_at", Instant),
)

# `what`: the review is held again, or only the grading.
redo_orders = Table(
    "redo_orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("what", String(20), nullable=False),
    Column("reason", SealedWords, nullable=False),
    Column("due", Date, nullable=False),
    Column("ordered_by", ForeignKey("people.id"), nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("done_at", Instant),
    CheckConstraint(ONE_SUBJECT, name="one_subject"),
    Index(None, "cycle_id", "done_at"),
)

# `source`: "response_id:key" of the shortcoming it mends; unique, so that a plan is made once.
remedies = Table(
    "remedies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("source", String(80), nullable=False),
    Column("shortcoming", SealedWords, nullable=False),
    Column("measure", SealedWords, nullable=False, server_default=""),
    Column("owner_id", ForeignKey("people.id"), index=True),
    Column("due", Date),
    Column("status", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint(ONE_SUBJECT, name="one_subject"),
    UniqueConstraint("cycle_id", "source"),
)

remedy_checks = Table(
    "remedy_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("remedy_id", ForeignKey("remedies.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", ForeignKey("people.id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("note", SealedWords, nullable=False, server_default=""),
)

# A unit's own days, never later than those of the unit above it (a redo moves them).
unit_dates = Table(
    "unit_dates",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("unit_id", ForeignKey("units.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("day", Date, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)

# A unit under another parent keeps its people, papers and numbers; this tells where it was before.
unit_moves = Table(
    "unit_moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("from_id", ForeignKey("units.id")),
    Column("to_id", ForeignKey("units.id")),
    Column("at", Instant, nullable=False),
)
