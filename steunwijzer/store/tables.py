"""The tables. Text and statistics are apart: text goes after the retention period, counters stay."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone: it gets UTC, and what comes out of it is UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What goes into the database is UTC, also when somebody counted in the time of the Netherlands."""
        return value.astimezone(UTC) if value is not None and value.tzinfo is not None else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What comes out of the database knows that it is UTC."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables; Alembic compares its migrations with this."""

    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, datetime: Moment()}  # noqa: RUF012


class Conversation(Base):
    """One conversation. ``state``: the engine's own, not read here. ``on_hold``: kept until somebody lets go. ``token_hash``: SHA-256 of the resident's secret.

    ``solved`` (ja, nee, deels) and ``next_step`` (ja, nee): what the resident thought of it; none as long as nothing was said.
    """

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_updated_at", "updated_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    gemeente: Mapped[str | None] = mapped_column(String(6))
    taal: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(20))
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    on_hold: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    solved: Mapped[str | None] = mapped_column(String(5))
    next_step: Mapped[str | None] = mapped_column(String(5))
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()


_OF_A_COLLEAGUE = text("colleague_id IS NOT NULL")


class Message(Base):
    """One message, by ``sender`` assistent, inwoner, medewerker or systeem. A resident's text is masked before it gets here."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        # Only messages of colleagues; most are not.
        Index("ix_message_colleague", "colleague_id", "conversation_id", sqlite_where=_OF_A_COLLEAGUE, postgresql_where=_OF_A_COLLEAGUE),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    sender: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[Any]] = mapped_column(JSON)
    blocks: Mapped[list[Any]] = mapped_column(JSON)
    answer_key: Mapped[str | None] = mapped_column(Text)
    # Of a resident's message: what the engine made of it. Of the assistant's: which version of the answer this was.
    understood: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Of a colleague's message: who.
    colleague_id: Mapped[str | None] = mapped_column(String(36))


class Choice(Base):
    """A button that was offered. The browser only knows the id; what it means stays here."""

    __tablename__ = "choice"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)


class Turn(Base):
    """The answer to one client message id, so that a repeat is answered and not done twice."""

    __tablename__ = "turn"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)


class CallbackRequest(Base):
    """A call-back request, with a retention of its own. ``status``: wacht_op_gegevens, open, opgepakt, gebeld, niet_bereikt or vervallen.

    ``promised_until``: the moment the resident was told; ``attempts``: how often somebody called in vain. ``summary``: what was passed
    on with it, as with a hand-over; ``left_out``: message numbers the resident kept back, None when the conversation was not passed on;
    ``passed_at``: what was said later was not passed on.
    """

    __tablename__ = "callback_request"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(String(36), index=True)
    gemeente: Mapped[str | None] = mapped_column(String(6))
    topic: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(30))
    best_time: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column()
    promised_until: Mapped[datetime | None] = mapped_column()
    handled_by: Mapped[str | None] = mapped_column(String(36))
    handled_at: Mapped[datetime | None] = mapped_column()
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    left_out: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    passed_at: Mapped[datetime | None] = mapped_column()
    # As with a hand-over: the numbers of the team leader have it.
    counted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Statistic(Base):
    """How often something happened on a day: a kind (``onderwerp``, ``crisis``, ``niet_begrepen`` …) and a key, no text."""

    __tablename__ = "statistic"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    gemeente: Mapped[str] = mapped_column(String(6), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class Deletion(Base):
    """That something was deleted: when, why (``bewaartermijn``, ``inwoner``, ``beheer``) and how many; never what."""

    __tablename__ = "deletion"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(String(20))
    conversations: Mapped[int] = mapped_column(Integer)
    messages: Mapped[int] = mapped_column(Integer)
    callbacks: Mapped[int] = mapped_column(Integer)


class Decision(Base):
    """Something a person decided: a door closed or opened, a conversation kept or let go. ``who``: the name on the command."""

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    reason: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(80))


class Door(Base):
    """A way in (``chat``, ``widget``, ``pages``) that is closed; no row means open."""

    __tablename__ = "door"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime] = mapped_column()
