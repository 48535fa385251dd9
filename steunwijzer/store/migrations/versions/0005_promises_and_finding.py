"""What waiting time was promised; the history by date, by the start of a word and by notes. The history is made anew by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OLD = {"ix_history_entry_newest": ("gemeente", "number"), "ix_history_entry_topic": ("gemeente", "topic", "number")}
_NEW = {
    "ix_history_entry_newest": ("gemeente", "at", "number"),
    "ix_history_entry_at": ("at", "number"),
    "ix_history_entry_topic": ("gemeente", "topic", "at", "number"),
}


def upgrade() -> None:
    op.add_column("handover_case", sa.Column("promised_minutes", sa.Integer(), nullable=True))
    _forget_history()
    op.add_column("history_entry", sa.Column("noted", _MOMENT, nullable=True))
    _index(_OLD, _NEW)
    op.create_index("ix_note_at", "note", ["at"])
    _order_words("C")


def downgrade() -> None:
    _order_words("default")
    op.drop_index("ix_note_at", table_name="note")
    _forget_history()
    _index(_NEW, _OLD)
    op.drop_column("history_entry", "noted")
    op.drop_column("handover_case", "promised_minutes")


def _forget_history() -> None:
    """Made from the other tables; the next look makes it again."""
    op.execute("DELETE FROM search_word")
    op.execute("DELETE FROM history_entry")


def _index(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name in old:
        op.drop_index(name, table_name="history_entry")
    for name, columns in new.items():
        op.create_index(name, "history_entry", list(columns))


def _order_words(collation: str) -> None:
    """The key of the words can only find the start of a word when it is in the order of the letters' numbers; in SQLite it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE search_word ALTER COLUMN word TYPE varchar(40) COLLATE "{collation}"')
