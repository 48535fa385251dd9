"""The connection to the database: migrated at start, one transaction per turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from steunwijzer.store.tables import CallbackRequest, Conversation, Statistic

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 5


class Database:
    """A database by its SQLAlchemy address (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``)."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        options: dict[str, Any] = (
            {"connect_args": {"timeout": _BUSY_SECONDS}} if self._is_sqlite else {"pool_pre_ping": True}
        )
        if self._is_sqlite and self._url.database:
            Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_async_engine(self._url, **options)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        if self._is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _prepare_sqlite)

    async def migrate(self) -> None:
        """Bring the tables up to date."""
        async with self._engine.begin() as connection:
            await connection.run_sync(_upgrade)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Everything in it is stored together, or nothing is."""
        async with self._sessions() as session, session.begin():
            yield session

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def count(self, day: date, kind: str, key: str, gemeente: str | None) -> None:
        """Add one to a counter."""
        where = (
            Statistic.day == day,
            Statistic.kind == kind,
            Statistic.key == key,
            Statistic.gemeente == (gemeente or ""),
        )
        values = {"day": day, "kind": kind, "key": key, "gemeente": gemeente or "", "count": 1}
        for _ in range(2):  # a second time when somebody else made the row in between
            try:
                async with self.transaction() as session:
                    result = await session.execute(update(Statistic).where(*where).values(count=Statistic.count + 1))
                    if not result.rowcount:  # type: ignore[attr-defined]
                        await session.execute(insert(Statistic).values(**values))
                return
            except IntegrityError:
                continue

    async def purge(self, now: datetime, conversation_days: int, callback_days: int) -> tuple[int, int]:
        """Delete old conversations (text, state, choices) and call-backs; counters stay. Returns how many of each."""
        old = now - timedelta(days=conversation_days)
        async with self.transaction() as session:
            found = list(await session.scalars(select(Conversation.id).where(Conversation.updated_at < old)))
            await session.execute(delete(Conversation).where(Conversation.id.in_(found)))
            gone = await session.execute(
                delete(CallbackRequest).where(CallbackRequest.created_at < now - timedelta(days=callback_days))
            )
        return len(found), int(gone.rowcount)  # type: ignore[attr-defined]


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(connection: Any) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrate_now(url: str) -> None:
    """For scripts without an event loop."""

    async def run() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(run())
