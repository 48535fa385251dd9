"""``python -m bot.training.train``: train the model of today's data, or say that it is there already."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from bot.nlu.encoder_package import encoder_version
from bot.paths import MODELS, ROOT, VAR
from bot.runtime import environment
from bot.training.acceptance import has_record, judge, keep_record, last_record, understood_by
from bot.training.fingerprint import training_fingerprint, understanding_fingerprint

_KEEP = 3
# Exit code of a refused model: the old one still serves.
REFUSED = 4


def wanted_model() -> Path:
    """Where the model of today's data stands, or will stand."""
    return MODELS / f"steunwijzer-{training_fingerprint(encoder_version())}.tar.gz"


class UnderstandsLess(RuntimeError):
    """The new model is refused. The message is Dutch and shows the sentences it lost."""


def refused_model() -> Path:
    """Where the model of today's data stands when it was refused."""
    return MODELS / f"geweigerd-{wanted_model().name.removeprefix('steunwijzer-')}"


def train(*, force: bool = False, anyway: bool = False) -> Path:
    """Train when needed; returns the model's path.

    ``force``: also when the model is there; ``anyway``: keep it even when it understands less. Raises RuntimeError when
    Rasa makes no model, :class:`UnderstandsLess` when the new one is refused.
    """
    path = wanted_model()
    if anyway and refused_model().exists():
        refused_model().replace(path)
        keep_record(understanding_fingerprint(encoder_version()), understood_by(path))
    if path.exists() and not force:
        print(f"Model is bij: {path.relative_to(ROOT)}")
        return path
    started = time.monotonic()
    _run_rasa(path, force)
    print(f"Model getraind in {time.monotonic() - started:.0f} s: {path.relative_to(ROOT)}")
    _judge(path, anyway)
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-_KEEP]:
        old.unlink()
    return path


def _judge(path: Path, anyway: bool) -> None:
    """Once for each way of understanding; a model in which only dialogue changed understands the same."""
    name = understanding_fingerprint(encoder_version())
    if has_record(name):
        return
    understood = understood_by(path)
    verdict = judge(understood, last_record())
    if not verdict.accepted and not anyway:
        path.replace(refused_model())
        lost = "\n".join(f"  - {text}" for text in verdict.lost)
        raise UnderstandsLess(
            f"dit model begrijpt {len(verdict.lost)} van {verdict.total} proefzinnen niet meer (en {len(verdict.won)} nieuwe "
            f"wel):\n{lost}\nHet vorige model blijft in gebruik. Schrijf voorbeelden bij, of neem dit model toch: make train TOCH=1"
        )
    keep_record(name, understood)
    print(f"Begrepen: {sum(understood.values())} van {len(understood)} proefzinnen")


def _run_rasa(path: Path, force: bool) -> None:
    os.environ["RASA_CACHE_DIRECTORY"] = str(_cache())
    environment.prepare(training=True)
    from rasa.model_training import train as rasa_train

    MODELS.mkdir(parents=True, exist_ok=True)
    result = rasa_train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu")],
        output=str(VAR / "models"),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.code != 0 or not path.exists():
        raise RuntimeError("Rasa heeft geen model gemaakt. De regels hierboven zeggen waarom.")


def _cache() -> Path:
    """What Rasa learned before, kept only while it still fits: Rasa itself does not see that a helper module changed."""
    folder = VAR / "cache" / "rasa" / understanding_fingerprint(encoder_version())
    if not folder.exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
    return folder


def main() -> int:
    """Command line; exit code 1 when training fails."""
    parser = argparse.ArgumentParser(description="Traint het taalmodel als voorbeelden of instellingen zijn veranderd.")
    parser.add_argument("--kijk", action="store_true", help="train niet; uitgang 3 als trainen nodig is")
    parser.add_argument("--opnieuw", action="store_true", help="train ook als het model al bij is")
    parser.add_argument("--toch", action="store_true", help="neem het model ook als het minder begrijpt dan het vorige")
    arguments = parser.parse_args()
    if arguments.kijk:
        return 0 if wanted_model().exists() or refused_model().exists() else 3
    try:
        train(force=arguments.opnieuw, anyway=arguments.toch)
    except UnderstandsLess as refused:
        print(f"Geweigerd: {refused}", file=sys.stderr)
        return REFUSED
    except (RuntimeError, ValueError, OSError) as error:
        print(f"Trainen lukt niet: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
