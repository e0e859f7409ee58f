"""Which chat takes reminders, codes a person makes for an own further device, notices for one chat."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("takes_notices", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "uq_accounts_takes_notices",
        "accounts",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("takes_notices"),
        postgresql_where=sa.text("takes_notices"),
    )
    with op.batch_alter_table("invitations") as invitations:
        invitations.add_column(sa.Column("made_in", sa.Integer()))
        invitations.create_foreign_key(op.f("fk_invitations_made_in_accounts"), "accounts", ["made_in"], ["id"])
        invitations.create_index(op.f("ix_invitations_made_in"), ["made_in"])
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("account_id", sa.Integer()))
        notices.create_foreign_key(op.f("fk_notices_account_id_accounts"), "accounts", ["account_id"], ["id"])
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.drop_column("last_seen_at")  # accounts.last_inbound_at says it


def downgrade() -> None:
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.add_column(sa.Column("last_seen_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE web_sessions SET last_seen_at = created_at")
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.alter_column("last_seen_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("fk_notices_account_id_accounts"), type_="foreignkey")
        notices.drop_column("account_id")
    with op.batch_alter_table("invitations") as invitations:
        invitations.drop_index(op.f("ix_invitations_made_in"))
        invitations.drop_constraint(op.f("fk_invitations_made_in_accounts"), type_="foreignkey")
        invitations.drop_column("made_in")
    op.drop_index("uq_accounts_takes_notices", "accounts")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("takes_notices")
