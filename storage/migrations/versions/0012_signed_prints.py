"""When a member signed the print of what was typed in from paper."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("responses") as responses:
        responses.add_column(sa.Column("signed_on", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("responses") as responses:
        responses.drop_column("signed_on")
