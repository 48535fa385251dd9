"""Buttons that open a topic from another place in a talk, with what is known by then; no words lead there as surely."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.flows import load_flows
from tests.conftest import ROOT
from tests.dialogue.turns import asked, keys, send

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
GENTLE = asked("zeker_weten", "s2", FLOWS["zeker_weten"].steps["s2"].utter)


def press(client: httpx.Client, payload: str, slots: dict[str, Any]) -> list[str]:
    return keys(send(client, {"type": "choice", "payload": payload}, {"slots": slots}))


@pytest.mark.parametrize(
    ("chosen", "young", "expected"),
    [
        ("geen_gevaar", None, ["utter_zeker_weten_goed"]),
        ("zelfdoding", None, ["utter_crisis_suicide", "utter_ask_crisis_nu_suicide"]),
        ("onveilig", None, ["utter_huiselijk_geweld", "utter_ask_crisis_nu"]),
        ("onveilig", "ja", ["utter_kindermishandeling_kind", "utter_ask_crisis_nu_kind"]),
        ("spoed", None, ["utter_spoed", "utter_ask_spoed_soort"]),
        ("weet_niet", None, ["utter_zeker_weten_twijfel", "utter_crisis_mens_dicht"]),
    ],
)
def test_each_answer_to_the_gentle_question_leads_on(
    client: httpx.Client, chosen: str, young: str | None, expected: list[str]
) -> None:
    slots = {"onderwerp": "zeker_weten", "flow_stack": GENTLE, "jongere": young}
    assert press(client, f"/SetSlots(zeker_weten={chosen})", slots) == expected


def test_who_is_young_and_not_safe_is_helped_as_a_child_to_the_end(client: httpx.Client) -> None:
    slots = {"onderwerp": "zeker_weten", "flow_stack": GENTLE, "jongere": "ja"}
    begun = send(client, {"type": "choice", "payload": "/SetSlots(zeker_weten=onveilig)"}, {"slots": slots})
    ended = send(client, {"type": "text", "text": "nee"}, begun["state"])
    assert keys(ended) == ["utter_kindermishandeling_kind_niet_nu"]


@pytest.mark.parametrize(("years", "expected"), [(9, "onder_17"), (17, "bijna_18"), (40, "volwassen")])
def test_the_way_to_a_counter_does_not_ask_an_age_that_is_known(
    client: httpx.Client, years: int, expected: str
) -> None:
    reply = send(
        client, {"type": "choice", "payload": "/wetwijzer"}, {"slots": {"voor_wie": "kind", "leeftijd": years}}
    )
    assert keys(reply) == ["utter_ask_wijzer_nodig"]
    assert reply["state"]["slots"]["kind_leeftijd"] == expected
