"""SQLite for SQLAlchemy's asyncio, with fewer trips to the database thread.

Each trip between the event loop and the thread of a connection costs more than a small statement itself. SQLAlchemy makes
four of a statement (make a cursor, execute, read, close); here it is one, or two for a statement that gives rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Self

import aiosqlite


def connect(path: str, **options: Any) -> aiosqlite.Connection:
    """As :func:`aiosqlite.connect`, for ``connect_args={"async_creator_fn": connect}``; its thread ends with the program."""
    connection = _Connection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy does with a connection of its own making
    return connection


def prepare(connection: Any, _record: Any) -> None:
    """Readers do not wait for a writer; what is deleted is gone from the file."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class _Connection(aiosqlite.Connection):
    def cursor(self) -> _Cursor:  # type: ignore[override]
        return _Cursor(self)


class _Cursor:
    """A cursor that exists from its first statement on. SQLAlchemy reads all rows at once, which ends the statement."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._cursor: Any = None

    def __getattr__(self, name: str) -> Any:
        """What there is to know of the result: ``description``, ``rowcount``, ``lastrowid``, ``fetchall``."""
        return getattr(self._cursor, name)

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        self._cursor = await self._connection.execute(sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        self._cursor = await self._connection.executemany(sql, parameters)
        return self

    async def close(self) -> None:
        """Nothing is left open: a statement that was read to its end is finished."""
