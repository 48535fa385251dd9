"""Runs the checks and tests in order, with a heading and a time each: what CI runs is what a developer runs.

``python scripts/verify.py check``: lint, format, types, content and fast tests. ``… test``: those and the slow ones.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONT = ROOT / ".venv" / "bin"
ENGINE = ROOT / "bot" / ".venv" / "bin"
FAST = ["-m", "not slow and not browser"]
# The shared fixtures are the front office's; the engine has other packages.
TESTS = [str(FRONT / "python"), "-m", "pytest", "-q"]
# Pages wait for a browser much of the time; the other tests go on meanwhile.
PAGES = ["tests/browser", "tests/oidc", "tests/start"]
ENGINE_TESTS = [str(ENGINE / "python"), "-m", "pytest", "-q", "tests/engine", "--confcutdir", "tests/engine"]

CHECKS = (
    ("opmaak en stijl", [str(FRONT / "ruff"), "check", "."]),
    ("opmaak", [str(FRONT / "ruff"), "format", "--check", "--quiet", "."]),
    ("typen", [str(FRONT / "mypy")]),
    ("inhoud", [str(FRONT / "steunwijzer"), "check"]),
)


def steps(kind: str) -> list[tuple[str, list[list[str]]]]:
    """What is run for ``check`` or ``test``: a name, and the commands that run at the same time."""
    chosen = FAST if kind == "check" else []
    return [
        *((name, [command]) for name, command in CHECKS),
        ("tests van de machinekamer", [[*ENGINE_TESTS, *chosen]]),
        ("tests", [[*TESTS, *PAGES, *chosen], [*TESTS, "tests", *(f"--ignore={page}" for page in PAGES), *chosen]]),
    ]


def succeed(commands: list[list[str]]) -> bool:
    """Run commands at the same time; what each printed comes after the other, when it is done. Exit code 5: pytest had nothing to do."""
    if len(commands) == 1:
        return subprocess.run(commands[0], cwd=ROOT).returncode == 0
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(_quietly, commands))
    for result in results:
        print(result.stdout, flush=True)
    return all(result.returncode in {0, 5} for result in results)


def _quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main() -> int:
    """Exit code 1 when a step fails; the others still run, so that one round shows everything."""
    failed = []
    for name, commands in steps(sys.argv[1] if len(sys.argv) > 1 else "test"):
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        if not succeed(commands):
            failed.append(name)
        print(f"=== {name}: {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        print(f"\nNiet goed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print("\nAlles is goed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
