"""What people agreed to, word by word, and the register of their requests about the own data."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent_texts",
        sa.Column("hash", sa.String(length=64), primary_key=True),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    with op.batch_alter_table("consents") as consents:
        consents.add_column(sa.Column("text_hash", sa.String(length=64)))
        consents.create_foreign_key(
            op.f("fk_consents_text_hash_consent_texts"), "consent_texts", ["text_hash"], ["hash"]
        )
    _requests()
    op.create_table(
        "request_words",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "name"),
    )


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_due", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.Column("handler_id", sa.Integer(), sa.ForeignKey("people.id")),
        sa.Column("outcome", sa.String(length=20)),
        sa.Column("answer", sa.Text(), nullable=False, server_default=""),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("extended_at", sa.DateTime(timezone=True)),
        sa.Column("extended_until", sa.Date()),
        sa.Column("extension_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("result", sa.Text()),
        sa.Column("wiped_at", sa.DateTime(timezone=True)),
    )
    for column in ("person_id", "handler_id", "answered_at"):
        op.create_index(op.f(f"ix_requests_{column}"), "requests", [column])


def downgrade() -> None:
    op.drop_table("request_words")
    op.drop_table("requests")
    with op.batch_alter_table("consents") as consents:
        consents.drop_constraint(op.f("fk_consents_text_hash_consent_texts"), type_="foreignkey")
        consents.drop_column("text_hash")
    op.drop_table("consent_texts")
