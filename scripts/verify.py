"""Runs the checks and tests in order, with a heading and a time each: what CI runs is what a developer runs.

``python scripts/verify.py check``: lint, format, types, content and fast tests. ``… test``: those and the slow ones.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONT = ROOT / ".venv" / "bin"
ENGINE = ROOT / "bot" / ".venv" / "bin"
FAST = ["-m", "not slow and not browser"]
# The shared fixtures are the front office's; the engine has other packages.
ENGINE_TESTS = [str(ENGINE / "python"), "-m", "pytest", "-q", "tests/engine", "--confcutdir", "tests/engine"]

CHECKS = (
    ("opmaak en stijl", [str(FRONT / "ruff"), "check", "."]),
    ("opmaak", [str(FRONT / "ruff"), "format", "--check", "--quiet", "."]),
    ("typen", [str(FRONT / "mypy")]),
    ("inhoud", [str(FRONT / "steunwijzer"), "check"]),
)


def steps(kind: str) -> list[tuple[str, list[str]]]:
    """What is run for ``check`` or ``test``."""
    chosen = FAST if kind == "check" else []
    return [
        *CHECKS,
        ("tests van de machinekamer", [*ENGINE_TESTS, *chosen]),
        ("tests", [str(FRONT / "python"), "-m", "pytest", "-q", "tests", *chosen]),
    ]


def main() -> int:
    """Exit code 1 when a step fails; the others still run, so that one round shows everything."""
    failed = []
    for name, command in steps(sys.argv[1] if len(sys.argv) > 1 else "test"):
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            failed.append(name)
        print(f"=== {name}: {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        print(f"\nNiet goed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print("\nAlles is goed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
