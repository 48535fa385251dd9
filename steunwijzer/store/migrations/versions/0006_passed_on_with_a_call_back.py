"""What a resident passed on with a call-back request: the summary, and whether the conversation may be read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLE = "callback_request"


def upgrade() -> None:
    op.add_column(_TABLE, sa.Column("summary", sa.JSON(), server_default="{}", nullable=False))
    op.add_column(_TABLE, sa.Column("left_out", sa.JSON(), nullable=True))
    op.add_column(_TABLE, sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("passed_at", "left_out", "summary"):
        op.drop_column(_TABLE, name)
