"""When a member signed the print of what was typed in from paper; a returned version says that it was typed in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("signed_on", sa.Date()))
    mark: sa.Column[bool] = sa.Column("typed_in", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("response_versions", mark)


def downgrade() -> None:
    for table, column in (("response_versions", "typed_in"), ("responses", "signed_on")):
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
