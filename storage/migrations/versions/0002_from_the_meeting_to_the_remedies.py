"""Meetings, votes, decisions, appeals, redo orders, remedies, own dates of a unit; points for units."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "meetings", "meeting_votes", "decisions", "appeals", "redo_orders", "remedies", "remedy_checks", "unit_dates",
    "unit_moves",
)  # fmt: skip
INDEXES = {
    "given_items": ["person_id", "unit_id"],
    "decisions": ["person_id", "unit_id"],
    "appeals": ["decision_id", "handler_id", "person_id"],
    "redo_orders": ["cycle_id done_at", "person_id", "unit_id"],
    "remedies": ["owner_id", "person_id", "unit_id"],
    "remedy_checks": ["remedy_id"],
    "unit_moves": ["unit_id"],
}
ONE_SUBJECT = "(person_id IS NULL) <> (unit_id IS NULL)"
STANDING = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    _points()
    _meetings()
    _decisions()
    _afterwards()
    _remedies()
    _units()
    for table, indexes in INDEXES.items():
        for columns in map(str.split, indexes):
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM given_items WHERE person_id IS NULL")
    for name in ("person_id", "unit_id"):
        op.drop_index(f"ix_given_items_{name}", "given_items")
    with op.batch_alter_table("given_items") as items:
        items.drop_constraint("one_subject", type_="check")
        for name in ("unit_id", "origin", "raised_by", "raised_at", "withdrawn_at"):
            items.drop_column(name)
        items.alter_column("person_id", existing_type=sa.Integer(), nullable=False)


def _points() -> None:
    with op.batch_alter_table("given_items") as items:
        items.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        items.add_column(sa.Column("unit_id", sa.Integer()))
        items.add_column(sa.Column("origin", sa.String(length=80), server_default="", nullable=False))
        items.add_column(sa.Column("raised_by", sa.Integer()))
        items.add_column(sa.Column("raised_at", sa.DateTime(timezone=True)))
        items.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
        items.create_foreign_key("fk_given_items_unit_id", "units", ["unit_id"], ["id"])
        items.create_foreign_key("fk_given_items_raised_by", "people", ["raised_by"], ["id"])
        items.create_check_constraint("one_subject", ONE_SUBJECT)


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycles.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("official", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("cycle_id", "unit_id", "round"),
    )
    op.create_table(
        "meeting_votes",
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "person_id"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycles.id"), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id")),
        sa.Column("grade", sa.String(length=20)),
        sa.Column("proposed", sa.String(length=20)),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("votes", sa.Text()),
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meetings.id")),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )
    for name, column in (("uq_decisions_person", "person_id"), ("uq_decisions_unit", "unit_id")):
        columns = ["cycle_id", "stage", column]
        op.create_index(name, "decisions", columns, unique=True, sqlite_where=STANDING, postgresql_where=STANDING)


def _afterwards() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decisions.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handler_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("answer_due", sa.Date()),
        sa.Column("outcome", sa.String(length=20)),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "redo_orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycles.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id")),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("ordered_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )


def _remedies() -> None:
    op.create_table(
        "remedies",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycles.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id")),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("shortcoming", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("due", sa.Date()),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ONE_SUBJECT, name="one_subject"),
        sa.UniqueConstraint("cycle_id", "source"),
    )
    op.create_table(
        "remedy_checks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("remedy_id", sa.Integer(), sa.ForeignKey("remedies.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
    )


def _units() -> None:
    op.create_table(
        "unit_dates",
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycles.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "unit_id", "name"),
    )
    op.create_table(
        "unit_moves",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=False),
        sa.Column("from_id", sa.Integer(), sa.ForeignKey("units.id")),
        sa.Column("to_id", sa.Integer(), sa.ForeignKey("units.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
