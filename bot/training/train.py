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
from bot.training.fingerprint import training_fingerprint, understanding_fingerprint

_KEEP = 3


def wanted_model() -> Path:
    """Where the model of today's data stands, or will stand."""
    return MODELS / f"steunwijzer-{training_fingerprint(encoder_version())}.tar.gz"


def train(*, force: bool = False) -> Path:
    """Train when needed; returns the model's path. Raises RuntimeError when Rasa makes no model."""
    path = wanted_model()
    if path.exists() and not force:
        print(f"Model is bij: {path.relative_to(ROOT)}")
        return path
    started = time.monotonic()
    _run_rasa(path, force)
    for old in sorted(MODELS.glob("steunwijzer-*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-_KEEP]:
        old.unlink()
    print(f"Model getraind in {time.monotonic() - started:.0f} s: {path.relative_to(ROOT)}")
    return path


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
    arguments = parser.parse_args()
    if arguments.kijk:
        return 0 if wanted_model().exists() else 3
    try:
        train(force=arguments.opnieuw)
    except (RuntimeError, ValueError, OSError) as error:
        print(f"Trainen lukt niet: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
