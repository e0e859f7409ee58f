"""Which keys sealed text in this database."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("data_keys", sa.Column("key_id", sa.String(length=8), primary_key=True))


def downgrade() -> None:
    op.drop_table("data_keys")
