"""Secrets the program makes for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_keys",
        sa.Column("name", sa.String(length=40), primary_key=True),
        sa.Column("value", sa.String(length=64), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("own_keys")
