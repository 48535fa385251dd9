"""The desk: colleagues, hand-overs, deliveries to other systems, audit; what was understood stands beside a message."""

import sqlalchemy as sa
from alembic import op

from steunwijzer.store.migrations import audit_guards

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
# In the order in which they can go.
_TABLES = (
    "search_word",
    "history_entry",
    "presence",
    "note",
    "membership",
    "masked_value",
    "label",
    "judgement",
    "handover_case",
    "export_job",
    "desk_session",
    "delivery",
    "colleague",
    "audit_entry",
    "audit_head",
    "audit_seal",
)
_ADDED = {
    "callback_request": (
        "promised_until",
        "handled_by",
        "handled_at",
        "attempts",
        "counted",
    ),
    "conversation": (
        "solved",
        "next_step",
    ),
    "message": (
        "understood",
        "colleague_id",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"], unique=False)
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    audit_guards.add()
    op.create_table(
        "colleague",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_last", sa.Integer(), nullable=False),
        sa.Column("setup_hash", sa.String(length=64), nullable=True),
        sa.Column("setup_until", _MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", _MOMENT, nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("last_login_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connector", sa.String(length=20), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("delivered_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_delivery_conversation_id", "delivery", ["conversation_id"], unique=False)
    op.create_index("ix_delivery_due", "delivery", ["state", "next_at"], unique=False)
    op.create_index("ix_delivery_subject", "delivery", ["subject"], unique=False)
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("colleague_id", sa.String(length=36), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_desk_session_colleague_id", "desk_session", ["colleague_id"], unique=False)
    op.create_table(
        "export_job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("colleague_id", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_export_job_created_at", "export_job", ["created_at"], unique=False)
    op.create_index("ix_export_job_colleague_id", "export_job", ["colleague_id"], unique=False)
    op.create_table(
        "handover_case",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=True),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("claim_until", _MOMENT, nullable=True),
        sa.Column("first_reply_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["claimed_by"], ["colleague.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handover_case_conversation_id", "handover_case", ["conversation_id"], unique=False)
    op.create_index("ix_handover_case_colleague", "handover_case", ["claimed_by", "conversation_id"], unique=False)
    op.create_index("ix_handover_case_uncounted", "handover_case", ["counted", "ended_at"], unique=False)
    op.create_index(
        "ix_handover_case_queue", "handover_case", ["gemeente", "state", "urgency", "asked_at"], unique=False
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=True),
        sa.Column("right_topic", sa.String(length=80), nullable=True),
        sa.Column("answer_key", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("colleague_id", sa.String(length=36), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "seq", "colleague_id"),
    )
    op.create_index("ix_judgement_at", "judgement", ["at"], unique=False)
    op.create_index("ix_judgement_conversation_id", "judgement", ["conversation_id"], unique=False)
    op.create_table(
        "label",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "name"),
    )
    op.create_index("ix_label_name", "label", ["name"], unique=False)
    op.create_table(
        "history_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("solved", sa.String(length=5), nullable=True),
        sa.Column("next_step", sa.String(length=5), nullable=True),
        sa.Column("first_seq", sa.Integer(), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("conversation_id"),
    )
    op.create_index("ix_history_entry_newest", "history_entry", ["gemeente", "number"], unique=False)
    op.create_index("ix_history_entry_topic", "history_entry", ["gemeente", "topic", "number"], unique=False)
    op.create_index("ix_history_entry_seen", "history_entry", ["seen"], unique=False)
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["history_entry.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_word_number", "search_word", ["number"], unique=False)
    op.create_table(
        "masked_value",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "number"),
    )
    op.create_table(
        "membership",
        sa.Column("colleague_id", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("colleague_id", "gemeente", "role"),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("colleague_id", sa.String(length=36), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_note_conversation_id", "note", ["conversation_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("colleague_id", sa.String(length=36), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("colleague_id", "gemeente"),
    )
    op.add_column("callback_request", sa.Column("promised_until", _MOMENT, nullable=True))
    op.add_column("callback_request", sa.Column("handled_by", sa.String(length=36), nullable=True))
    op.add_column("callback_request", sa.Column("handled_at", _MOMENT, nullable=True))
    op.add_column("callback_request", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("callback_request", sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("conversation", sa.Column("solved", sa.String(length=5), nullable=True))
    op.add_column("conversation", sa.Column("next_step", sa.String(length=5), nullable=True))
    op.add_column("message", sa.Column("understood", sa.JSON(), nullable=True))
    op.add_column("message", sa.Column("colleague_id", sa.String(length=36), nullable=True))


def downgrade() -> None:
    for table, names in _ADDED.items():
        for name in names:
            op.drop_column(table, name)
    audit_guards.remove()
    for table in _TABLES:
        op.drop_table(table)
