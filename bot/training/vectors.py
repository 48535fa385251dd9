"""``python -m bot.training.vectors``: make the vectors that come with the project again, after many examples changed.

Not needed for a good model: a sentence without a shipped vector gets one while training, which takes time and nothing else.
"""

from __future__ import annotations

import sys

from bot.paths import ROOT
from bot.runtime import environment


def main() -> int:
    """Write ``data/vectoren.npz``."""
    environment.prepare(training=True)
    from bot.nlu.embedding_cache import SHIPPED, EmbeddingCache
    from bot.nlu.encoder_package import PACKAGE, encoder_version
    from bot.nlu.sentence_encoder import embed

    texts = examples()
    EmbeddingCache(f"{PACKAGE}-{encoder_version()}").ship(texts, embed)
    print(f"{len(texts)} vectoren in {SHIPPED.name} ({SHIPPED.stat().st_size / 1e6:.1f} MB)")
    return 0


def examples() -> list[str]:
    """Every sentence the model is trained on, once."""
    from bot.training.importer import ContentImporter

    importer = ContentImporter(
        config_file=str(ROOT / "config.yml"),
        domain_path=str(ROOT / "domain.yml"),
        training_data_paths=[str(ROOT / "data" / "nlu")],
    )
    found = (example.get("text") for example in importer.get_nlu_data().training_examples)
    return list(dict.fromkeys(text for text in found if text))


if __name__ == "__main__":
    sys.exit(main())
