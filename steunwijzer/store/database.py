"""The connection to the database: migrated at start, one transaction per turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, exc, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from steunwijzer.store import sqlite
from steunwijzer.store.deletion import delete_old
from steunwijzer.store.tables import Base, Statistic

MIGRATIONS = Path(__file__).parent / "migrations"
# As long as a resident's browser waits for an answer (15 seconds), less what an answer itself takes.
_BUSY_SECONDS = 10
# Nobody waits long for tidying up: what does not fit in, is done the next time.
_TIDY_WAITS_MS = 50


class DatabaseBusy(exc.SQLAlchemyError):
    """Nothing was stored, because others kept the database busy too long or it cannot be reached; later it may do."""


class Database:
    """A database by its SQLAlchemy address (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``)."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        kind = address.get_backend_name()
        is_sqlite = kind == "sqlite"
        options: dict[str, Any] = {"pool_pre_ping": True}
        if is_sqlite:
            options = {"connect_args": {"timeout": _BUSY_SECONDS, "async_creator_fn": sqlite.connect}}
        if is_sqlite and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_async_engine(address, **options)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        # "Insert, or else update" is written per kind of database; only that kind's module is loaded.
        self._insert = import_module(f"sqlalchemy.dialects.{kind}").insert
        if is_sqlite:
            event.listen(self._engine.sync_engine, "connect", sqlite.prepare)

    async def migrate(self) -> None:
        """Bring the tables up to date."""
        async with self._engine.begin() as connection:
            if await connection.run_sync(_revision) != newest_revision():
                await connection.run_sync(_upgrade)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Everything in it is stored together, or nothing is. Raises :class:`DatabaseBusy`."""
        try:
            async with self._sessions() as session, session.begin():
                yield session
        except (exc.InterfaceError, exc.OperationalError, exc.TimeoutError) as error:
            raise DatabaseBusy from error

    async def overwrite_journal(self) -> bool:
        """SQLite: what was deleted leaves the journal file too, where its old pages would stay until they are used again.

        False when others were busy: try again later. PostgreSQL cleans up by itself (autovacuum).
        """
        if self._engine.dialect.name != "sqlite":
            return True
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql(f"PRAGMA busy_timeout={_TIDY_WAITS_MS}")
            try:
                busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
            finally:
                await connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
        return not busy

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def count(
        self, session: AsyncSession, day: date, gemeente: str | None, counted: Iterable[tuple[str, str]]
    ) -> None:
        """Add one to each counter (kind, key) of a day, as part of a transaction."""
        # Always in the same order: two transactions that wait for each other's row would wait forever.
        rows = [
            {"day": day, "kind": kind, "key": key, "gemeente": gemeente or "", "count": 1}
            for kind, key in sorted(counted)
        ]
        if rows:
            more = {"count": Statistic.count + 1}
            key = list(Statistic.__table__.primary_key)
            statement = self._insert(Statistic.__table__).on_conflict_do_update(index_elements=key, set_=more)
            await session.execute(statement, rows)

    async def put(self, session: AsyncSession, row: Base) -> None:
        """Insert a row, or else update it, whoever comes first; as part of a transaction."""
        mapped = inspect(type(row))
        values = {column.key: getattr(row, column.key) for column in mapped.column_attrs}
        key = [column.key for column in mapped.primary_key]
        more = {name: value for name, value in values.items() if name not in key}
        statement = self._insert(mapped.local_table).values(values)
        await session.execute(statement.on_conflict_do_update(index_elements=key, set_=more))

    async def purge(self, now: datetime, conversation_days: int, callback_days: int) -> tuple[int, int]:
        """Delete old conversations (text, state, choices) and call-backs that nobody keeps; counters stay. Returns how many of each."""
        async with self.transaction() as session:
            return await delete_old(session, now, conversation_days, callback_days)


def newest_revision() -> str:
    """Number of the last migration, read from the names of the files."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    """Number of the migration that the tables have; none for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _upgrade(connection: Connection) -> None:
    # Alembic costs 11 MB and is needed once per version, not at every start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
