"""The time of day a person answers at, and notices that cost money or came before their own day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("usual_minute", sa.Integer()))
    op.add_column("notices", sa.Column("paid", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notices", sa.Column("early", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("notices", "early")
    op.drop_column("notices", "paid")
    op.drop_column("accounts", "usual_minute")
