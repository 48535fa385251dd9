"""Every difficult word can be asked for in the words of residents, and is found in the texts it stands in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from bot.content.glossary import Glossary
from bot.flows import load_flows
from tests.conftest import ROOT

FACTS = load_facts(ROOT / "content")
GLOSSARY = Glossary(FACTS.glossary)
FLOWS = load_flows(ROOT / "data" / "flows")
TODAY = date(2026, 11, 26)
RENDERER = Renderer(load_answers(ROOT / "content"), FACTS, {flow.id: flow.name for flow in FLOWS.values()})


@pytest.mark.parametrize("key", GLOSSARY.terms)
def test_every_term_can_be_asked_by_each_of_its_names(key: str) -> None:
    entry = FACTS.glossary[key]
    for name in [entry["term"], *entry.get("ook", [])]:
        for question in (f"Wat is een {name}?", f"wat betekent {name}", f"{name}?"):
            found = GLOSSARY.asked(question)
            assert found is not None, question
            assert found.key == key, question


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("wat bedoelt u met een beschikking", "beschikking"),
        ("wat zijn maatwerkvoorzieningen?", "maatwerkvoorziening"),
        ("ik snap het woord verordening niet", "verordening"),
        ("kunt u uitleggen wat een ingebrekestelling is", "ingebrekestelling"),
        ("en wat betekent zin", "zin"),
        ("wat is een beschiking", "beschikking"),
        ("wat houdt eigen kracht in", "eigen_kracht"),
        ("keukentafelgesprek, wat is dat?", "keukentafelgesprek"),
        ("wat is de wmo eigenlijk", "wmo"),
        ("wat is het telefoonnummer van de gemeente", None),
        ("ik heb een beschikking gekregen en ben het er niet mee eens", None),
        ("wat kost de hulp?", None),
        ("hoe lang duurt een melding?", None),
        ("mantelzorg", None),
    ],
)
def test_only_a_question_about_a_word_is_one(said: str, key: str | None) -> None:
    found = GLOSSARY.asked(said)
    assert (found.key if found else None) == key


@pytest.mark.parametrize("term", GLOSSARY.terms.values(), ids=lambda term: term.key)
def test_the_explanation_has_a_source_and_leads_on(term: object) -> None:
    key = term.key  # type: ignore[attr-defined]
    message = RENDERER.render_term(key, Situation({}, TODAY))
    assert GLOSSARY.terms[key].explanation in message["text"]
    assert message["bron"]
    topic = GLOSSARY.terms[key].topic
    assert topic is None or message["choices"][0]["payload"] == f"/{topic}"
    assert topic is None or topic in FLOWS


def test_words_in_a_text_can_be_tapped_each_once() -> None:
    message = RENDERER.render("utter_pgb_uitleg", Situation({}, TODAY))
    block = next(block for block in message["blocks"] if block["type"] == "begrippen")
    ids = [item["id"] for item in block["items"]]
    assert len(ids) == len(set(ids)) <= 3
    assert all(item["uitleg"] for item in block["items"])


def test_a_text_about_a_crisis_has_nothing_to_tap() -> None:
    for key, variations in load_answers(ROOT / "content").items():
        if variations[0].source.startswith("crisis"):
            assert "begrippen" not in {block["type"] for block in RENDERER.render(key, Situation({}, TODAY))["blocks"]}


def test_simpler_versions_come_together_in_one_message() -> None:
    text = RENDERER.render_simpler(["utter_clientondersteuning", "utter_contact_landelijk"], Situation({}, TODAY))[
        "text"
    ]
    assert "Het kost niets." in text
    assert "netnummer" in text
    assert RENDERER.render_simpler([], Situation({}, TODAY))["key"] == "utter_leg_uit_geen"
