"""A real OpenID provider (npm ``oidc-provider``, certified) and a desk that uses it.

Not the PyPI package ``oidc-provider-mock``: that asks no PKCE and does not use up a code, so half of what is tested here could not
fail. Node 20 and npm are needed for the widget's tests already, so CI has them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.conftest import ROOT, free_port, wait_for
from tests.unit.desk.conftest import Browser, Desk, desk, empty_database, environment

__all__ = ["desk", "empty_database", "environment"]
FOLDER = ROOT / "tests" / "oidc"
CALLBACK = "/balie/aanmelden/organisatie/terug"
BEGIN = "/balie/aanmelden/organisatie"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "fatima": {
        "name": "Fatima Jansen", "email": "f.jansen@voorbeeldstad.example", "email_verified": True, "roles": ["GM9999:medewerker"],
    },
    "geen-rol": {"name": "Gast", "email": "gast@voorbeeldstad.example", "roles": ["bezoeker", "GM9999:baas"]},
    "niet-nagekeken": {"name": "Iemand", "email": "anne@voorbeeldstad.example", "roles": ["GM9999:beheerder"]},
    "nagekeken": {
        "name": "Anne de Vries", "email": "anne@voorbeeldstad.example", "email_verified": True, "roles": ["GM9999:redacteur"],
    },
    "keycloak": {
        "name": "Kim", "email": "kim@voorbeeldstad.example",
        "resource_access": {"balie.voorbeeldstad": {"roles": ["Klantcontactmedewerker", "GM0518:teamleider"]}},
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def provider_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The provider with its packages, in a folder of its own."""
    if shutil.which("npm") is None:
        reason = "geen npm gevonden (op Debian: apt-get install npm)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("aanmelddienst") / "oidc"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "*.py"))
    done = subprocess.run(["npm", "ci"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "provider.mjs"


@dataclass
class RunningProvider:
    """The provider. ``stop`` and ``start`` pull its plug and put it back."""

    program: Path
    port: int
    desk_site: str
    log: Path
    settings: dict[str, Any]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **changed: Any) -> None:
        """Start it, with other settings where given."""
        self.settings = {**self.settings, **changed}
        with self.log.open("ab") as log:
            command = ["node", str(self.program), json.dumps(self.settings)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_for(f"{self.issuer}/.well-known/openid-configuration", self.process, self.log)

    def stop(self) -> None:
        """Stop it; nothing answers any more."""
        if self.process:
            self.process.kill()
            self.process.wait(10)

    async def approve(self, address: str, login: str) -> str:
        """Do what a person does at the provider: fill in the name, agree. Returns the address one is sent back to."""
        async with httpx.AsyncClient(follow_redirects=False, timeout=30) as person:
            answer = await person.get(address)
            for _ in range(12):
                if answer.is_redirect:
                    onward = str(answer.next_request.url) if answer.next_request else ""
                    if onward.startswith(self.desk_site):
                        return onward
                    answer = await person.get(onward)
                    continue
                form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
                assert form, answer.text
                fields = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', answer.text))
                if fields.get("prompt") == "login":
                    fields |= {"login": login, "password": "om het even"}
                answer = await person.post(form[1], data=fields)
        raise AssertionError("de aanmelddienst stuurt nergens heen")


@pytest.fixture
def more(request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of the desk besides the usual ones."""
    return getattr(request, "param", {})


@pytest.fixture
def provider(
    provider_program: Path, environment: dict[str, str], more: dict[str, str], tmp_path: Path
) -> Iterator[RunningProvider]:
    """The provider, and the settings of the desk that belong to it."""
    port, site = free_port(), f"http://127.0.0.1:{environment['STEUNWIJZER_PORT']}"
    settings = {
        "port": port, "redirect": site + CALLBACK, "home": site + "/balie/aanmelden", "accounts": ACCOUNTS,
        "id_token_seconds": 300, "in_id_token": True,
    }  # fmt: skip
    running = RunningProvider(provider_program, port, site, tmp_path / "aanmelddienst.log", settings)
    environment |= {
        "STEUNWIJZER_PUBLIC_URL": site,
        "STEUNWIJZER_OIDC_ISSUER": running.issuer,
        "STEUNWIJZER_OIDC_CLIENT_ID": "balie",
        "STEUNWIJZER_OIDC_CLIENT_SECRET": "geheim-van-balie",
        "STEUNWIJZER_OIDC_GEMEENTE": "GM9999",
        **more,
    }
    running.start()
    yield running
    running.stop()


@pytest.fixture
def office(provider: RunningProvider, desk: Desk) -> Desk:
    """The desk that uses the provider; with the time of now, which the provider has too."""
    desk.clock.run()
    return desk


@dataclass
class Visit:
    """One person signing in: the browser at the desk, and where the provider sends it back to."""

    browser: Browser
    back: str

    async def arrive(self, **changed: str) -> httpx.Response:
        """Come back to the desk; with something else in the address where given."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.back).query).items()} | changed
        return await self.browser.get(CALLBACK, params=query)


@pytest.fixture
def depart(provider: RunningProvider, office: Desk) -> Callable[..., Any]:
    """Sign in at the provider as somebody; the way back is still to go."""

    async def go(
        login: str, *, change: Callable[[str], str] = lambda address: address, browser: Browser | None = None
    ) -> Visit:
        used = browser or office.browser()
        answer = await used.get(BEGIN)
        assert answer.status_code == 303, answer.text
        return Visit(used, await provider.approve(change(answer.headers["location"]), login))

    return go
