"""The database of the settings, opened for one command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.cli.files import fail
from steunwijzer.clock import now
from steunwijzer.settings import SettingsError, load_settings
from steunwijzer.store import Database

__all__ = ["change", "now", "records"]


async def records[Result](work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Do something with the database; exits with a Dutch reason when a setting is wrong."""
    try:
        database = Database(load_settings().database_url)
    except SettingsError as error:
        raise fail(str(error)) from error
    try:
        await database.migrate()
        return await work(database)
    finally:
        await database.close()


async def change[Result](work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    """Do something in one transaction."""

    async def in_transaction(database: Database) -> Result:
        async with database.transaction() as session:
            return await work(session)

    return await records(in_transaction)
