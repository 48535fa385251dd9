"""Rooms import only downwards, and only each other's public face."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What each room may import of ours. A room is the first two parts of a module's name.
PURE_BOT = {"bot.flows", "bot.content", "bot.yamlsource", "bot.paths", "bot.nlu.normalise", "bot.answers.render"}
ALLOWED: dict[str, set[str]] = {
    "steunwijzer.settings": set(),
    "steunwijzer.clock": set(),
    "steunwijzer.network": set(),
    "steunwijzer.stopping": set(),
    "steunwijzer.shared": {"steunwijzer.stopping"},
    "steunwijzer.privacy": set(),
    "steunwijzer.evaluation": {*PURE_BOT},
    "steunwijzer.store": set(),
    "steunwijzer.engine": set(),
    "steunwijzer.pages": {"steunwijzer.directory", "bot.yamlsource"},
    "steunwijzer.directory": {"steunwijzer.settings", "steunwijzer.clock", *PURE_BOT},
    "steunwijzer.guidance": {*PURE_BOT},
    "steunwijzer.handover": {
        "steunwijzer.shared", "steunwijzer.connectors", "steunwijzer.store", "steunwijzer.clock", "steunwijzer.directory", "steunwijzer.audit", "steunwijzer.accounts", "steunwijzer.guidance", *PURE_BOT,
    },
    "steunwijzer.accounts": {"steunwijzer.network", "steunwijzer.store", "steunwijzer.clock", "steunwijzer.privacy", "steunwijzer.audit"},
    "steunwijzer.audit": {"steunwijzer.store", "steunwijzer.clock", "steunwijzer.sheet"},
    "steunwijzer.history": {"steunwijzer.store", "steunwijzer.clock", "steunwijzer.audit", "steunwijzer.sheet"},
    "steunwijzer.quality": {
        "steunwijzer.store", "steunwijzer.clock", "steunwijzer.audit", "steunwijzer.history", "steunwijzer.privacy", "steunwijzer.sheet",
    },
    "steunwijzer.sheet": set(),
    "steunwijzer.upkeep": {
        "steunwijzer.store", "steunwijzer.clock", "steunwijzer.audit", "steunwijzer.history", "steunwijzer.quality",
    },
    "steunwijzer.connectors": {"steunwijzer.store", "steunwijzer.clock", "steunwijzer.settings"},
    "steunwijzer.desk": {
        "steunwijzer.network", "steunwijzer.accounts", "steunwijzer.audit", "steunwijzer.clock", "steunwijzer.connectors", "steunwijzer.directory",
        "steunwijzer.guidance", "steunwijzer.handover", "steunwijzer.history", "steunwijzer.privacy", "steunwijzer.store",
        "steunwijzer.quality", "steunwijzer.sheet", "steunwijzer.stopping", *PURE_BOT,
    },
    "steunwijzer.bench": {
        "steunwijzer.evaluation", "steunwijzer.history", "steunwijzer.store", "steunwijzer.accounts", "steunwijzer.clock", *PURE_BOT,
    },
    "steunwijzer.checks": {"steunwijzer.directory", "steunwijzer.privacy", "steunwijzer.guidance", *PURE_BOT},
    "steunwijzer.chat": {
        "steunwijzer.network", "steunwijzer.shared", "steunwijzer.store", "steunwijzer.privacy", "steunwijzer.engine", "steunwijzer.clock", "steunwijzer.guidance",
        "steunwijzer.handover", "steunwijzer.connectors", "bot.nlu.safety", *PURE_BOT,
    },
    "actions": {"steunwijzer.directory", "steunwijzer.guidance", "steunwijzer.clock"},
    "steunwijzer.actions_app": set(),
    "steunwijzer.metrics": set(),
    "steunwijzer.logs": set(),
    "steunwijzer.app": {
        "actions", "steunwijzer.chat", "steunwijzer.engine", "steunwijzer.guidance", "steunwijzer.handover", "steunwijzer.pages",
        "steunwijzer.privacy", "steunwijzer.settings", "steunwijzer.store", "steunwijzer.clock", "steunwijzer.metrics", "steunwijzer.accounts", "steunwijzer.audit",
        "steunwijzer.connectors", "steunwijzer.desk", "steunwijzer.history", "steunwijzer.shared", "steunwijzer.stopping", "steunwijzer.upkeep", *PURE_BOT,
    },
    "steunwijzer.lean": set(),
    "steunwijzer.server": {"steunwijzer.lean", "steunwijzer.metrics", "steunwijzer.logs", "steunwijzer.app", "steunwijzer.actions_app", "steunwijzer.settings"},
    "steunwijzer.cli": {
        "steunwijzer.settings", "steunwijzer.clock", "steunwijzer.privacy", "steunwijzer.evaluation", "steunwijzer.engine", "steunwijzer.directory",
        "steunwijzer.checks", "steunwijzer.bench", "steunwijzer.store", "steunwijzer.accounts", "steunwijzer.audit", "steunwijzer.connectors",
    },
}  # fmt: skip
FILES = [
    path
    for folder in ("steunwijzer", "actions")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "actions" else ".".join(parts[:2])


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    own = room(module_of(path))
    if own in {"steunwijzer"}:
        return
    ours = {name for name in imports(path) if name.split(".")[0] in {"steunwijzer", "actions", "bot"}}
    for name in ours:
        target = name if name.startswith("bot") else room(name)
        if target in {own, "steunwijzer"}:
            continue
        assert any(target == allowed or target.startswith(allowed + ".") for allowed in ALLOWED[own]), (
            f"{own} mag {name} niet importeren"
        )


BOT_FILES = [path for path in sorted((ROOT / "bot").rglob("*.py")) if ".venv" not in path.parts]


@pytest.mark.parametrize("path", BOT_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_room_knows_nothing_of_the_front_office(path: Path) -> None:
    assert not {name for name in imports(path) if name.split(".")[0] in {"steunwijzer", "actions"}}


@pytest.mark.parametrize(
    "folder", ["flows", "content", "answers/render.py", "yamlsource.py", "nlu/normalise.py", "nlu/safety"]
)
def test_what_both_rooms_share_is_pure(folder: str) -> None:
    place = ROOT / "bot" / folder
    files = [place] if place.is_file() else [*place.rglob("*.py")]
    if folder == "nlu/safety" and not files:
        files = [ROOT / "bot" / "nlu" / "safety.py"]
    for path in files:
        foreign = {name.split(".")[0] for name in imports(path)} & {
            "rasa",
            "rasa_sdk",
            "sanic",
            "spacy",
            "numpy",
            "sqlalchemy",
        }
        assert not foreign, f"{path}: {foreign}"


def test_only_settings_and_the_command_line_read_the_environment() -> None:
    allowed = {"settings.py", "understanding.py", "local.py", "programs.py", "service.py", "report.py"}
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert "os.environ" not in text or path.name in allowed, path


def test_every_room_says_what_it_is_for() -> None:
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or path.parent == ROOT / "steunwijzer", (
            path
        )


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in FILES
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert not long
