"""Finding the conversations in which a colleague answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_A_COLLEAGUE = sa.text("colleague_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_message_colleague", "message", ["colleague_id", "conversation_id"], sqlite_where=_OF_A_COLLEAGUE, postgresql_where=_OF_A_COLLEAGUE
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_message_colleague", "message")
