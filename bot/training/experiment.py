"""``python -m bot.training.experiment [FILE.jsonl]``: which way of reading and which heads understand most (docs/nlu.md).

Every variant learns from ``data/nlu`` and is tried on ``tests/nlu`` and, when given, on a file of lines with ``text`` and
``label`` (and ``second_label``): as written, and with typing errors in 3 of 100 letters. Takes a few minutes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.paths import DATA, ROOT
from bot.runtime import environment
from bot.training.typing_errors import with_typing_errors
from bot.yamlsource import load

ERRORS = 0.03
Tested = list[tuple[str, set[str]]]


@dataclass(frozen=True)
class Variant:
    """One way of understanding. ``heads``: as in ``config.yml``; ``read``: what is done to a sentence first."""

    name: str
    heads: dict[str, dict[str, Any]]
    read: Callable[[str], str]


ENCODER, NGRAMS = {"aandeel": 0.5}, {"aandeel": 0.5}
NEIGHBOURS = {"kenmerk": "zinscodering", "buren": 30, "aandeel": 0.5}
NETS = {"neuronen": 128, "aandeel": 0.5}
CHOSEN = {"zinscodering": NETS, "tekens": NGRAMS}


def examples() -> tuple[list[str], list[str]]:
    """Sentences and intents of ``data/nlu``."""
    pairs = [
        (line.strip()[2:].strip(), str(item["intent"]).split("__")[0])
        for path in sorted((DATA / "nlu").glob("*.yml"))
        for item in load(path)["nlu"]
        for line in str(item["examples"]).splitlines()
        if line.strip().startswith("- ")
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


def held_out() -> Tested:
    """Sentences and topics of ``tests/nlu``."""
    return [
        (str(entry["text"]), {str(entry["intent"])})
        for path in sorted((ROOT / "tests" / "nlu").glob("*.yml"))
        for entry in load(path).get("sentences") or []
        if entry.get("intent")
    ]


def labelled(path: Path) -> Tested:
    """Sentences and accepted topics of a JSONL file, without those that need the talk before them."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        (record["text"], {record[name] for name in ("label", "second_label") if record.get(name)})
        for record in records
        if record.get("label") and not record.get("context_light")
    ]


class Bench:
    """The examples, the vectors of everything, and what a variant makes of them."""

    def __init__(self, texts: list[str], labels: list[str]) -> None:
        from bot.nlu.spelling import Speller, dutch_words

        self.texts, self.labels = texts, labels
        self.speller = Speller.learn(texts, dutch_words())

    def run(self, variant: Variant, sets: Sequence[Tested]) -> list[float]:
        """Share right at once, share in the top three of each set, and milliseconds per sentence without the encoder."""
        from bot.nlu.ensemble import train
        from bot.nlu.heads import HeadSettings

        settings = {name: HeadSettings.from_config(name, given) for name, given in variant.heads.items()}
        features = self._features([variant.read(text) for text in self.texts])
        ensemble, _ = train(features, self.labels, settings)
        figures: list[float] = []
        for tested in sets:
            read = [variant.read(text) for text, _ in tested]
            rows = self._features(read)
            started = time.perf_counter()
            order = ensemble.probabilities(rows).argsort(axis=1)[:, ::-1]
            elapsed = (time.perf_counter() - started) * 1000 / len(tested)
            names = [[ensemble.labels[i] for i in row[:3]] for row in order]
            figures += [
                float(np.mean([top[0] in right for top, (_, right) in zip(names, tested, strict=True)])),
                float(np.mean([bool(right & set(top)) for top, (_, right) in zip(names, tested, strict=True)])),
            ]
        return [*figures, elapsed]

    def _features(self, texts: list[str]) -> dict[str, Any]:
        from bot.nlu.char_ngrams import NgramVocabulary
        from bot.nlu.embedding_cache import EmbeddingCache
        from bot.nlu.encoder_package import PACKAGE, encoder_version
        from bot.nlu.ensemble import stack
        from bot.nlu.sentence_encoder import embed

        if not hasattr(self, "_vocabulary"):
            self._vocabulary = NgramVocabulary.learn(self.texts, 2, 5, 3)
        vectors = EmbeddingCache(f"{PACKAGE}-{encoder_version()}").get(texts, embed)
        return {"zinscodering": vectors, "tekens": stack([self._vocabulary.vector(text) for text in texts])}

    def split_compounds(self, text: str) -> str:
        """Long words the dictionary knows as two words, with both parts behind them."""
        words = []
        for word in self.speller.correct(text).split():
            places = (
                n for n in range(4, len(word) - 3) if self.speller.knows(word[:n]) and self.speller.knows(word[n:])
            )
            place = next(places, None)
            words += [word] if place is None else [word, word[:place], word[place:]]
        return " ".join(words)


def lemmas(text: str) -> str:
    """Each word followed by its lemma, where the two differ (all lookup lemmas, not only those of our word lists)."""
    return " ".join(
        part for word in text.split() for part in dict.fromkeys((word, _lemma_table().get(word.lower(), word)))
    )


_lemmas: dict[str, str] = {}


def _lemma_table() -> dict[str, str]:
    if not _lemmas:
        import spacy_lookups_data
        import srsly

        table = spacy_lookups_data.nl["lemma_lookup"]
        _lemmas.update(srsly.read_gzip_json(table.with_name(f"{table.name}.gz")))
    return _lemmas


def variants(bench: Bench) -> list[Variant]:
    """All that is compared; the chosen one last."""
    plain, spelled = (lambda text: text), bench.speller.correct
    return [
        Variant("tekens (lineair)", {"tekens": NGRAMS}, plain),
        Variant("zinscodering (lineair)", {"zinscodering": ENCODER}, plain),
        Variant("30 naaste buren", {"buren": NEIGHBOURS}, plain),
        Variant("zinscodering (kleine netwerken)", {"zinscodering": NETS}, plain),
        Variant("zinscodering (lineair) + tekens", {"zinscodering": ENCODER, "tekens": NGRAMS}, plain),
        Variant(
            "zinscodering (lineair) + tekens + buren",
            {"zinscodering": ENCODER, "tekens": NGRAMS, "buren": NEIGHBOURS},
            plain,
        ),
        Variant("zinscodering (netwerken) + tekens", CHOSEN, plain),
        Variant("… + lemma's", CHOSEN, lambda text: lemmas(spelled(text))),
        Variant("… + samenstellingen gesplitst", CHOSEN, bench.split_compounds),
        Variant("… + spelling (gekozen)", CHOSEN, spelled),
    ]


def main() -> int:
    """Print the table."""
    environment.prepare(training=True)
    sets: list[Tested] = [held_out(), [(with_typing_errors(t, ERRORS), right) for t, right in held_out()]]
    headings = ["eigen toets", "met typefouten"]
    if len(sys.argv) > 1:
        given = labelled(Path(sys.argv[1]))
        sets += [given, [(with_typing_errors(t, ERRORS), right) for t, right in given]]
        headings += [Path(sys.argv[1]).stem, "met typefouten"]
    bench = Bench(*examples())
    print(f"{len(bench.texts)} voorbeelden; per kolom: in één keer / bij de eerste drie\n")
    print(
        "| manier | "
        + " | ".join(f"{h} ({len(s)})" for h, s in zip(headings, sets, strict=True))
        + " | ms zonder codering |"
    )
    print("|---|" + "---:|" * (len(sets) + 1))
    for variant in variants(bench):
        figures = bench.run(variant, sets)
        cells = [f"{once:.1%} / {three:.1%}" for once, three in zip(figures[:-1:2], figures[1:-1:2], strict=True)]
        print(f"| {variant.name} | " + " | ".join(cells) + f" | {figures[-1]:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
