"""The tables of the desk: colleagues and their sessions, hand-overs, deliveries to other systems, and what staff did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from steunwijzer.store.tables import Base

_ID = String(36)
_CONVERSATION = "conversation.id"
_COLLEAGUE = "colleague.id"


class Colleague(Base):
    """Somebody who works at the desk. With ``issuer`` and ``subject`` from an OpenID provider, or else with a password of our own.

    ``password_hash``: argon2id; ``totp_secret``: sealed with the secret of the installation; ``setup_hash``: SHA-256 of the
    one-time link that is not used yet.
    """

    __tablename__ = "colleague"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    issuer: Mapped[str | None] = mapped_column(String(255))
    subject: Mapped[str | None] = mapped_column(String(255))
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_secret: Mapped[str | None] = mapped_column(Text)
    totp_last: Mapped[int] = mapped_column(Integer, default=0)
    setup_hash: Mapped[str | None] = mapped_column(String(64))
    setup_until: Mapped[datetime | None] = mapped_column()
    failures: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column()
    active: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column()
    last_login_at: Mapped[datetime | None] = mapped_column()


class Membership(Base):
    """A role (``medewerker``, ``teamleider``, ``redacteur``, ``beheerder``, ``raadpleger``) of a colleague in one municipality."""

    __tablename__ = "membership"

    colleague_id: Mapped[str] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="CASCADE"), primary_key=True)
    gemeente: Mapped[str] = mapped_column(String(6), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class DeskSession(Base):
    """Somebody is signed in. The browser has the secret; here is its SHA-256."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    colleague_id: Mapped[str] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column()


class Presence(Base):
    """Whether a colleague takes talks of a municipality now: ``beschikbaar`` or ``afwezig`` with a reason; counts while ``seen_at`` is recent."""

    __tablename__ = "presence"

    colleague_id: Mapped[str] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="CASCADE"), primary_key=True)
    gemeente: Mapped[str] = mapped_column(String(6), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(80), default="")
    seen_at: Mapped[datetime] = mapped_column()


class HandoverCase(Base):
    """One time a conversation went to a human. ``state``: ``wachtrij``, ``in_gesprek``, ``teruggegeven`` or ``afgesloten``.

    ``urgency``: 0 everyday, 1 soon, 2 crisis. ``summary``: for whom, topic, law, municipality, what was shown, what failed, own
    words. ``shared``: what the resident agreed to pass on; ``left_out``: message numbers the resident kept back.
    ``claim_until``: after this moment the talk is free again unless the colleague's browser still reports. ``promised_minutes``:
    the waiting time the resident was told when asking; none when none was told.
    """

    __tablename__ = "handover_case"
    __table_args__ = (
        Index("ix_handover_case_queue", "gemeente", "state", "urgency", "asked_at"),
        Index("ix_handover_case_uncounted", "counted", "ended_at"),
        Index("ix_handover_case_colleague", "claimed_by", "conversation_id"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    gemeente: Mapped[str] = mapped_column(String(6), default="")
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str | None] = mapped_column(String(80))
    urgency: Mapped[int] = mapped_column(Integer, default=0)
    team: Mapped[str] = mapped_column(String(80), default="")
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    shared: Mapped[list[Any]] = mapped_column(JSON)
    left_out: Mapped[list[Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column()
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="SET NULL"))
    claimed_at: Mapped[datetime | None] = mapped_column()
    claim_until: Mapped[datetime | None] = mapped_column()
    promised_minutes: Mapped[int | None] = mapped_column(Integer)
    first_reply_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    outcome: Mapped[str | None] = mapped_column(String(40))
    # The numbers of the team leader have it, so they stay when the case goes.
    counted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    @property
    def standing(self) -> str:
        """State, colleague and urgency in one word: another word is news for who has the page open."""
        return f"{self.state}/{self.claimed_by or ''}/{self.urgency}"


class Note(Base):
    """What a colleague wrote for colleagues only."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_at", "at"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    colleague_id: Mapped[str | None] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column()
    text: Mapped[str] = mapped_column(Text)


class Label(Base):
    """A word that colleagues put on a conversation to find it again."""

    __tablename__ = "label"

    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class MaskedValue(Base):
    """What stood where the resident's message now shows a mask; sealed, gone with the conversation, never a BSN."""

    __tablename__ = "masked_value"

    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[str] = mapped_column(Text)


class Delivery(Base):
    """The outbox: something another system must get once. ``state``: ``wacht``, ``bezig``, ``afgeleverd`` or ``mislukt``.

    ``progress``: what the receiver already has (its ids, by step), so that a retry goes on where it stopped.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_due", "state", "next_at"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    connector: Mapped[str] = mapped_column(String(20))
    gemeente: Mapped[str] = mapped_column(String(6), default="")
    subject: Mapped[str] = mapped_column(String(60), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column()
    next_at: Mapped[datetime] = mapped_column()
    delivered_at: Mapped[datetime | None] = mapped_column()


class AuditEntry(Base):
    """What somebody read or did, chained: ``hash`` is over this row and the ``previous`` hash. Never changed, never with what was said."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject"), Index("ix_audit_entry_at", "at"))

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column()
    who: Mapped[str] = mapped_column(_ID)
    gemeente: Mapped[str] = mapped_column(String(6))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """One row: number and hash of the newest audit entry. Who adds an entry changes this row first, so writers wait for each other."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))


class AuditSeal(Base):
    """Entries up to ``number`` went after their retention; ``hash``: of that last one, so that the chain goes on from here."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column()


class Judgement(Base):
    """What staff thought of one message of the assistant: ``goed``, ``fout``, ``ontbreekt`` or ``verouderd``, with the right topic.

    ``state``: ``nieuw``, ``bezig``, ``verwerkt`` or ``afgewezen``, set by an editor.

    ``context``: question and answer as they were, masked; it stays for the editors when the conversation is gone, for the
    retention of an exercise (docs/privacy.md).
    """

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("conversation_id", "seq", "colleague_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(_CONVERSATION, ondelete="SET NULL"), index=True)
    seq: Mapped[int] = mapped_column(Integer)
    gemeente: Mapped[str] = mapped_column(String(6), default="")
    verdict: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str | None] = mapped_column(String(80))
    right_topic: Mapped[str | None] = mapped_column(String(80))
    answer_key: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text, default="")
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), default="nieuw")
    colleague_id: Mapped[str | None] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(index=True)


class HistoryEntry(Base):
    """A conversation that a resident passed on, as the history finds it; made from the other tables, gone with the conversation.

    ``at``: when it was passed on; ``seen``: ``updated_at`` of the conversation when this row was made; ``first_seq``: the first
    message of the resident that may be read; ``outcome``: of the last hand-over, or the status of a call-back request;
    ``noted``: the last internal note whose words can be found.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        Index("ix_history_entry_newest", "gemeente", "at", "number"),
        Index("ix_history_entry_at", "at", "number"),
        Index("ix_history_entry_topic", "gemeente", "topic", "at", "number"),
        Index("ix_history_entry_seen", "seen"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), unique=True)
    gemeente: Mapped[str] = mapped_column(String(6))
    at: Mapped[datetime] = mapped_column()
    seen: Mapped[datetime] = mapped_column()
    noted: Mapped[datetime | None] = mapped_column()
    status: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str | None] = mapped_column(String(40))
    solved: Mapped[str | None] = mapped_column(String(5))
    next_step: Mapped[str | None] = mapped_column(String(5))
    first_seq: Mapped[int | None] = mapped_column(Integer)
    messages: Mapped[int] = mapped_column(Integer)


class SearchWord(Base):
    """A word, and its stem, of a conversation of the history, and the first message with it; 2000000000: only an internal note has it.

    The key is in the order of the letters' numbers, so that the start of a word is looked up like a word.
    """

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    word: Mapped[str] = mapped_column(
        String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True
    )
    number: Mapped[int] = mapped_column(
        ForeignKey("history_entry.number", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    seq: Mapped[int] = mapped_column(Integer)


class ExportJob(Base):
    """A selection of conversations being written to a file under ``var/exports``. ``state``: ``wacht``, ``bezig``, ``klaar`` or ``mislukt``.

    ``selection``: the filters and the municipalities (only those are in it); ``done`` of ``total`` conversations are written.
    """

    __tablename__ = "export_job"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    colleague_id: Mapped[str] = mapped_column(ForeignKey(_COLLEAGUE, ondelete="CASCADE"), index=True)
    gemeente: Mapped[str] = mapped_column(String(6))
    format: Mapped[str] = mapped_column(String(4))
    selection: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
