"""The parts that learn, each on a handful of sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.char_ngrams import NgramVocabulary, ngrams
from bot.nlu.ensemble import Ensemble, stack, train
from bot.nlu.fallback import is_nonsense
from bot.nlu.heads import HeadSettings

SENTENCES = [
    "ik zoek hulp in de huishouding",
    "wie helpt mij met schoonmaken",
    "mijn huis is vies",
    "poetshulp gezocht",
]
COSTS = ["wat kost het", "eigen bijdrage betalen", "rekening van het cak", "moet ik iets betalen"]
OTHERS = ["hoe hoog is een pgb", "wat is een pgb", "pgb aanvragen", "budget voor zorg"]


@pytest.mark.parametrize("text", ["???", "👍", "asdfgh", "qwerty qwerty", "12345", "   ", "bcdfgh"])
def test_nonsense_is_seen(text: str) -> None:
    assert is_nonsense(text)


@pytest.mark.parametrize("text", ["pgb", "wmo?", "hlp", "ik wil hulp asdfgh", "Wlz", "hoi", "cak"])
def test_short_and_clumsy_words_are_not_nonsense(text: str) -> None:
    assert not is_nonsense(text)


def test_ngrams_see_through_a_missing_space() -> None:
    together, apart = ngrams("huishoudelijkehulp", 3, 3), ngrams("huishoudelijke hulp", 3, 3)
    assert sum((together & apart).values()) > 0.7 * sum(together.values())


def test_vectors_have_length_one_and_survive_storage(tmp_path: Path) -> None:
    vocabulary = NgramVocabulary.learn(SENTENCES + OTHERS, 2, 4, at_least=1)
    vocabulary.save(tmp_path / "reeksen.npz")
    again = NgramVocabulary.read(tmp_path / "reeksen.npz")
    for sentence in SENTENCES:
        row, same = vocabulary.vector(sentence), again.vector(sentence)
        assert np.isclose(np.sqrt(row.multiply(row).sum()), 1)
        assert abs(row - same).max() < 1e-4
    assert vocabulary.vector("€€€").nnz == 0


@pytest.fixture(scope="module")
def ensemble() -> tuple[Ensemble, NgramVocabulary]:
    texts = SENTENCES + OTHERS + COSTS
    vocabulary = NgramVocabulary.learn(texts, 2, 4, at_least=1)
    tekens = stack([vocabulary.vector(text) for text in texts])
    zinnen = np.eye(3)[[0] * 4 + [1] * 4 + [2] * 4]
    settings = {
        "tekens": HeadSettings("tekens", 0.4),
        "zinnen": HeadSettings("zinnen", 0.4),
        "buren": HeadSettings("zinnen", 0.2, neighbours=3),
        "net": HeadSettings("zinnen", 0.2, hidden=8),
    }
    labels = ["huis"] * 4 + ["pgb"] * 4 + ["kosten"] * 4
    return train({"tekens": tekens, "zinnen": zinnen}, labels, settings, folds=2)[0], vocabulary


def test_the_classifier_learns_and_its_confidences_add_up(ensemble: tuple[Ensemble, NgramVocabulary]) -> None:
    model, vocabulary = ensemble
    row = model.probabilities({"tekens": vocabulary.vector("ik wil een pgb"), "zinnen": np.array([[0.0, 1.0, 0.0]])})
    assert model.labels[int(row.argmax())] == "pgb"
    assert np.isclose(row.sum(), 1)


def test_the_classifier_works_without_the_sentence_encoder(ensemble: tuple[Ensemble, NgramVocabulary]) -> None:
    model, vocabulary = ensemble
    row = model.probabilities({"tekens": vocabulary.vector("schoonmaken van mijn huis")})
    assert model.labels[int(row.argmax())] == "huis"


def test_without_any_feature_it_says_to_train_again(ensemble: tuple[Ensemble, NgramVocabulary]) -> None:
    with pytest.raises(ValueError, match="make train"):
        ensemble[0].probabilities({})


def test_the_classifier_survives_storage(ensemble: tuple[Ensemble, NgramVocabulary], tmp_path: Path) -> None:
    model, vocabulary = ensemble
    model.save(tmp_path / "intents.npz")
    features = {"tekens": vocabulary.vector("poetsen")}
    assert np.allclose(
        Ensemble.read(tmp_path / "intents.npz").probabilities(features), model.probabilities(features), atol=1e-4
    )
