"""``python -m bot.training.vectors``: make the vectors that come with the project again, after data/veiligheid changed much.

Not needed for a good model: a sentence without a shipped vector gets one while training, which takes time and nothing else.
"""

from __future__ import annotations

import sys

from bot.runtime import environment


def main() -> int:
    """Write ``data/veiligheid/vectoren.npz``."""
    environment.prepare(training=True)
    from bot.nlu.embedding_cache import SHIPPED, EmbeddingCache
    from bot.nlu.encoder_package import PACKAGE, encoder_version
    from bot.nlu.safety import examples
    from bot.nlu.sentence_encoder import embed

    texts = list(dict.fromkeys(sentence.text for sentence in examples.read()))
    EmbeddingCache(f"{PACKAGE}-{encoder_version()}").ship(texts, embed)
    print(f"{len(texts)} vectoren in {SHIPPED.name} ({SHIPPED.stat().st_size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
