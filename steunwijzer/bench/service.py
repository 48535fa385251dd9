"""``make bench``: train, start and load both assistants, one after the other, and write ``docs/benchmarks.md``."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steunwijzer.bench import load, stock
from steunwijzer.bench.programs import BenchError, Running, answers, free_port, running
from steunwijzer.bench.report import Measured, render
from steunwijzer.bench.sample import PER_INTENT, copy_project
from steunwijzer.evaluation.held_out import held_out

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "var" / "bench"
STOCK_PYTHON = WORK / ".venv" / "bin" / "python"
_RASA = [str(STOCK_PYTHON), "-m", "rasa"]
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
LONG_CONVERSATION = 200
_QUIET = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much is measured: turns per conversation by number of conversations at once."""

    turns: Mapping[int, int]
    long: int = LONG_CONVERSATION


FULL = Size({1: 120, 8: 20, 32: 7})
QUICK = Size({1: 20, 8: 3, 32: 1}, long=60)


def run(say: Say, *, quick: bool = False, per_intent: int = PER_INTENT) -> str:
    """Measure both and return the report (Markdown). Raises :class:`BenchError`. ``per_intent``: examples of each topic to train on."""
    size = QUICK if quick else FULL
    sentences = _sentences()
    sample = WORK / "steunwijzer"
    examples = copy_project(ROOT, sample, per_intent)
    say(f"Steunwijzer: trainen met {examples} voorbeelden")
    ours = _measure_ours(say, sample, sentences, size)
    theirs = _measure_stock(say, sample / "data" / "nlu", sentences, size)
    report = render(ours, theirs, examples)
    if not quick:
        (ROOT / "docs" / "benchmarks.md").write_text(report, encoding="utf-8")
    return report


def _sentences() -> list[str]:
    """Their words. The topics are spread, so that each conversation wanders through all of them."""
    found = [entry["text"] for entry in held_out()]
    return [sentence for start in range(13) for sentence in found[start::13]]


def _understood(
    command: Sequence[str], folder: Path, encode: Callable[[str], str], intent: Callable[[str], str]
) -> float:
    """Percentage of the held-out topics that a program gets right which reads and writes one line a sentence."""
    labelled = held_out()
    lines = "".join(encode(entry["text"]) + "\n" for entry in labelled)
    result = subprocess.run(
        list(command), cwd=folder, input=lines, capture_output=True, text=True, env=_QUIET, check=False
    )
    if result.returncode != 0:
        raise BenchError(f"'{command[-1]}' mislukt:\n{result.stderr[-1200:]}")
    guesses = [intent(line).split("__")[0] for line in result.stdout.splitlines() if line.startswith(("{", '"'))]
    right = sum(bool(guess == entry["label"]) for guess, entry in zip(guesses, labelled, strict=True))
    return 100 * right / len(labelled)


def _measure_ours(say: Say, sample: Path, sentences: Sequence[str], size: Size) -> Measured:
    """Trained and judged on the sample; asked as it is delivered, with the model of all examples."""
    trained = _timed([str(ENGINE_PYTHON), "-m", "bot.training.train", "--toch"], sample)
    understood = _understood(
        [str(ENGINE_PYTHON), "-m", "bot.parse"],
        sample,
        lambda text: json.dumps({"text": text}),
        lambda line: str(json.loads(line)["intent"]["name"]),
    )
    engine, actions, front = free_port(), free_port(), free_port()
    base, webhook = f"http://127.0.0.1:{front}", f"http://127.0.0.1:{actions}/webhook"
    commands = {
        "machinekamer": [str(ENGINE_PYTHON), "-m", "bot.server", "--port", str(engine), "--acties", webhook],
        "frontoffice": [str(ROOT / ".venv" / "bin" / "python"), "-m", "steunwijzer.server"],
    }
    database = WORK / "steunwijzer.sqlite"
    database.unlink(missing_ok=True)
    settings = {
        "STEUNWIJZER_PORT": str(front),
        "STEUNWIJZER_ACTIONS_PORT": str(actions),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{engine}",
        "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "STEUNWIJZER_RATE_LIMITS": "off",
    }
    with running(commands, ROOT, WORK / "log", lambda: answers(f"{base}/api/v1/ready"), settings) as program:
        return _measure("Steunwijzer", trained, program, load.steunwijzer(base), sentences, size, say, understood)


def _measure_stock(say: Say, examples: Path, sentences: Sequence[str], size: Size) -> Measured:
    say("Kale Rasa: omgeving maken")
    _stock_environment()
    project, actions, port = WORK / "kale_rasa", free_port(), free_port()
    stock.make_project(project, examples)
    model, trained = _stock_model(say, project)
    stock.connect(project, actions)
    command = [str(STOCK_PYTHON), str(ROOT / "bench" / "understand.py"), str(model)]
    understood = _understood(command, project, lambda text: text.replace("\n", " "), lambda line: str(json.loads(line)))
    base = f"http://127.0.0.1:{port}"
    commands = {
        "kale_rasa": [*_RASA, "run", "--model", str(model), "--port", str(port), "--interface", "127.0.0.1"],
        "kale_acties": [*_RASA, "run", "actions", "--port", str(actions)],
    }
    question = {"sender": "bench", "message": "wat is een pgb"}

    def ready() -> bool:
        return answers(f"{base}/webhooks/rest/webhook", method="POST", json=question)

    with running(commands, project, WORK / "log", ready, {"RASA_TELEMETRY_ENABLED": "false"}) as program:
        return _measure("Kale Rasa 3.6.21", trained, program, load.stock_rasa(base), sentences, size, say, understood)


def _stock_model(say: Say, project: Path) -> tuple[Path, float]:
    """Their model and the seconds of processor time its training took. Kept until what it is made from changes."""
    folder = WORK / "kale_modellen" / stock.fingerprint(project, ROOT / "bench" / "requirements.lock")
    kept = folder / "trainen.json"
    if not kept.exists():
        say("Kale Rasa: trainen (dit duurt een kwartier; daarna wordt het model bewaard)")
        seconds = _timed([*_RASA, "train", "--out", str(folder)], project)
        kept.write_text(json.dumps({"seconds": seconds}), encoding="utf-8")
        for older in folder.parent.iterdir():
            if older != folder:
                shutil.rmtree(older)
    return next(folder.glob("*.tar.gz")), float(json.loads(kept.read_text(encoding="utf-8"))["seconds"])


def _measure(
    name: str,
    trained: float,
    program: Running,
    start: load.StartConversation,
    sentences: Sequence[str],
    size: Size,
    say: Say,
    understood: float,
) -> Measured:
    say(f"{name}: klaar na {program.ready_seconds:.1f} s, nu de gesprekken")
    timings = {n: asyncio.run(load.measure(start, sentences, n, turns)) for n, turns in size.turns.items()}
    long = asyncio.run(load.measure_long(start, sentences, size.long))
    edge = min(20, len(long) // 3)
    first, last = statistics.median(long[1 : edge + 1]), statistics.median(long[-edge:])
    return Measured(
        name, trained, program.ready_seconds, program.memory_mb(), timings, first, last, len(long), understood
    )


def _stock_environment() -> None:
    """An environment of its own: stock Rasa needs TensorFlow, which Steunwijzer leaves out."""
    lock = ROOT / "bench" / "requirements.lock"
    stamp = WORK / ".venv" / "klaar"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    uv = shutil.which("uv") or str(ROOT / ".tools" / "uv" / "bin" / "uv")
    environment = {**os.environ, "VIRTUAL_ENV": str(WORK / ".venv")}
    for command in (
        [uv, "venv", "--quiet", "--clear", str(WORK / ".venv")],
        [uv, "pip", "sync", "--quiet", "--require-hashes", str(lock)],
    ):
        result = subprocess.run(
            command, cwd=ROOT / "bench", env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode != 0:
            raise BenchError(f"De omgeving van de kale Rasa is niet te maken:\n{result.stderr[-800:]}")
    stamp.write_bytes(lock.read_bytes())


def _timed(command: Sequence[str], folder: Path) -> float:
    """Seconds of processor time a command takes, so that other work beside it counts little. Raises :class:`BenchError` with its last lines when it fails."""
    before = _processor_seconds()
    result = subprocess.run(list(command), cwd=folder, env=_QUIET, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise BenchError(f"'{' '.join(command[-2:])}' mislukt:\n{(result.stderr or result.stdout)[-1200:]}")
    return _processor_seconds() - before


def _processor_seconds() -> float:
    """Of all programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
