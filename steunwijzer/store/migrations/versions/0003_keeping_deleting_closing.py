"""A conversation can be kept; what was deleted and decided is noted; doors can be closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Not as a batch: that makes SQLite copy the table, and messages would go with the old one.
    op.add_column("conversation", sa.Column("on_hold", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "deletion",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("conversations", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("callbacks", sa.Integer(), nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False, index=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
    )
    op.create_table(
        "door",
        sa.Column("name", sa.String(length=20), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    for table in ("door", "decision", "deletion"):
        op.drop_table(table)
    op.drop_column("conversation", "on_hold")
