"""Short side questions ("wat kost dat?") are answered for the topic at hand, whatever that is, also while a question stands open."""

from __future__ import annotations

import httpx
import pytest

from bot.flows import load_flows
from tests.conftest import ROOT
from tests.dialogue.turns import asked, keys, say

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
TOPICS = sorted(flow.id for flow in FLOWS.values() if flow.triggers and not flow.id.startswith(("los_", "smalltalk_")))
IN_DANGER = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling"})
# Where the contribution of the Wmo is the answer; anywhere else the words "eigen bijdrage" alone would be wrong.
WMO_MONEY = frozenset(
    {"huishoudelijke_hulp", "begeleiding_dagbesteding", "woningaanpassing", "hulpmiddelen", "wmo_melding", "wmo_procedure_termijn",
     "wmo_eigen_bijdrage", "pgb_uitleg", "zin_uitleg", "pgb_vs_zin", "pgb_voorwaarden", "pgb_beheer", "pgb_wisselen", "pgb_combineren", "pgb_stappen"}
)  # fmt: skip
ASKED = {
    "wat kost dat?": "utter_vervolg_kosten",
    "moet ik daarvoor betalen": "utter_vervolg_kosten",
    "hoe lang duurt dat?": "utter_vervolg_duur",
    "waar moet ik zijn?": "utter_vervolg_waar",
    "wie regelt dat": "utter_vervolg_waar",
    "wat moet ik doen?": "utter_vervolg_doen",
}
GOES_ON = {
    "wmo_eigen_bijdrage": "utter_wmo_eigen_bijdrage",
    "wmo_procedure_termijn": "utter_wmo_procedure",
    "wmo_melding": "utter_wmo_melding",
    "pgb_stappen": "utter_ask_wet",
}


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_answers_the_side_questions(client: httpx.Client, topic: str) -> None:
    for words, key in ASKED.items():
        reply = say(client, words, {"onderwerp": topic, "na_crisis": topic if topic in IN_DANGER else None})
        said = keys(reply)
        if topic in IN_DANGER:
            assert "utter_wmo_eigen_bijdrage" not in said, (topic, words, said)
            assert any(block["type"] == "noodnummers" for message in reply["messages"] for block in message["blocks"])
            continue
        assert key in said or any(go in said for go in GOES_ON.values()) or topic == "zware_tijd", (topic, words, said)
        assert not {"utter_niet_begrepen", "utter_verduidelijken"}.intersection(said)


@pytest.mark.parametrize("topic", sorted(set(TOPICS) - WMO_MONEY - IN_DANGER))
def test_the_contribution_of_the_wmo_is_not_the_answer_for_everything(client: httpx.Client, topic: str) -> None:
    assert "utter_wmo_eigen_bijdrage" not in keys(say(client, "en wat kost dat?", {"onderwerp": topic}))


@pytest.mark.parametrize(
    ("topic", "words", "parts"),
    [
        ("bezwaar_klacht", "wat kost dat?", ["Bezwaar maken is gratis", "0800-8020"]),
        ("bezwaar_klacht", "is dat gratis?", ["Bezwaar maken is gratis"]),
        ("bezwaar_klacht", "hoe lang duurt het?", ["6 weken"]),
        ("bezwaar_klacht", "waar moet ik zijn", ["Postbus 1"]),
        ("schulden", "en wat kost dat", ["Geldfit is gratis"]),
        ("schulden", "hoe lang gaat dat duren", ["4 weken", "3 werkdagen"]),
        ("inkomen_bijstand", "wanneer hoor ik iets", ["8 weken"]),
        ("jeugdhulp", "moeten we daarvoor betalen?", ["geen eigen bijdrage"]),
        ("wlz", "wat kost dat", ["inkomen en vermogen", "0800-1925"]),
        ("zvw_wijkverpleging", "hoeveel kost dat", ["geen eigen risico"]),
        ("clientondersteuning", "kost dat geld", ["kost niets"]),
        ("mantelzorg", "wat kost dat", ["kost niets"]),
        ("vervoer", "wat kost dat per rit", ["klein bedrag"]),
        ("beschermd_wonen_opvang", "waar kan ik terecht", ["elke gemeente"]),
    ],
)
def test_the_answer_fits_the_topic(client: httpx.Client, topic: str, words: str, parts: list[str]) -> None:
    text = " ".join(message["text"] for message in say(client, words, {"onderwerp": topic})["messages"])
    assert all(part in text for part in parts), text


def test_a_side_question_leaves_the_open_question_open(client: httpx.Client) -> None:
    step = next(step for step in FLOWS["bezwaar_klacht"].steps.values() if step.kind == "collect")
    stack = asked("bezwaar_klacht", step.id, step.utter)
    reply = say(client, "en wat kost dat?", {"onderwerp": "bezwaar_klacht", "flow_stack": stack})
    assert keys(reply) == ["utter_vervolg_kosten", "utter_verder_met", step.utter]
    assert reply["flow"] == {"id": "bezwaar_klacht", "step": step.id}
    again = say(client, "hoe lang duurt dat?", reply["state"]["slots"])
    assert keys(again)[0] == "utter_vervolg_duur"


def test_a_longer_question_with_a_subject_of_its_own_is_no_side_question(client: httpx.Client) -> None:
    said = keys(say(client, "wat kost het om een traplift te krijgen", {"onderwerp": "bezwaar_klacht"}))
    assert "utter_vervolg_kosten" not in said


@pytest.mark.parametrize("topic", ["huishoudelijke_hulp", "hulpmiddelen", "vervoer", "jeugdhulp", "woningaanpassing"])
def test_the_same_topic_for_somebody_else(client: httpx.Client, topic: str) -> None:
    reply = say(client, "en voor mijn zoon?", {"onderwerp": topic, "voor_wie": "ouder"})
    assert topic in {event["flow"] for event in reply["events"] if event["type"] == "flow_started"}
    assert reply["state"]["slots"]["voor_wie"] == "kind"


def test_a_place_for_somebody_before_any_topic_leads_to_the_right_counter(client: httpx.Client) -> None:
    reply = say(client, "ze woont in voorbeeldstad", {"voor_wie": "ouder"})
    assert keys(reply) == ["utter_ask_wijzer_nodig"]
    assert reply["state"]["slots"]["gemeente"] == "GM9999"
