"""The real front office on a real port, without an engine: its pages need none."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sanic import Sanic

from steunwijzer.app import make_app
from steunwijzer.settings import load_settings
from tests.conftest import free_port


@pytest.fixture
async def front(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the front office; ``front.doors`` are its doors."""
    shutil.copy(sqlite_template, tmp_path / "pages.sqlite")
    settings = load_settings(
        {
            "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'pages.sqlite'}",
            "STEUNWIJZER_SECRET_KEY": "een geheim van de tests, lang genoeg",
            "STEUNWIJZER_PORT": str(free_port()),
            "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
            "STEUNWIJZER_RETENTION_DAYS": "21",
            "STEUNWIJZER_CALLBACK_RETENTION_DAYS": "1",
        },
        tmp_path,
    )
    app = make_app(settings, f"pages-{uuid.uuid4().hex}")
    app.config.TOUCHUP = False
    server = await app.create_server(host="127.0.0.1", port=settings.port, return_asyncio_server=True)
    assert server
    await server.startup()
    await server.before_start()
    await server.start_serving()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}", timeout=30) as client:
        client.doors = app.ctx.doors  # type: ignore[attr-defined]
        yield client
    server.close()
    await server.wait_closed()
    await server.before_stop()
    Sanic.unregister_app(app)
