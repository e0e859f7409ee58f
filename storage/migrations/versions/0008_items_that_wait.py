"""An item may wait for the next review: last year's promises come with the roster before a review is opened."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("given_items") as items:
        items.alter_column("cycle_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM given_items WHERE cycle_id IS NULL")
    with op.batch_alter_table("given_items") as items:
        items.alter_column("cycle_id", existing_type=sa.Integer(), nullable=False)
