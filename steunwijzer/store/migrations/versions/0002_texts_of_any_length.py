"""Labels and meanings of buttons, and the key of an answer, come from editors: their length is not the database's affair."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LENGTHS = {"choice": {"label": 120, "payload": 400}, "message": {"answer_key": 80}}


def upgrade() -> None:
    for table, columns in _LENGTHS.items():
        with op.batch_alter_table(table) as batch:
            for name, length in columns.items():
                batch.alter_column(name, existing_type=sa.String(length), type_=sa.Text())


def downgrade() -> None:
    for table, columns in _LENGTHS.items():
        with op.batch_alter_table(table) as batch:
            for name, length in columns.items():
                batch.alter_column(name, existing_type=sa.Text(), type_=sa.String(length))
