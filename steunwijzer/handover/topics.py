"""Topics a colleague can offer as a button: what a resident can ask about, without the gestures of a talk."""

from __future__ import annotations

from steunwijzer.handover.rules import Rules

# Flows that are no topic of their own: greetings, corrections, questions about the answer before, danger.
_NO_TOPIC = ("pattern_", "los_", "smalltalk_", "vervolg_", "crisis_", "opties_")
_NOT_OFFERED = frozenset({
    "bot_challenge", "out_of_scope", "andere_taal", "medewerker_spreken", "nummers_blijven", "zeker_weten", "zware_tijd",
    "huiselijk_geweld", "kindermishandeling", "euthanasie", "vraag_gemeente", "clientondersteuning_kort",
    "clientondersteuning_en_melding", "bezwaar_brief_kort", "schulden_dreigt", "spoed",
})  # fmt: skip


def to_offer(rules: Rules) -> dict[str, str]:
    """Flow id and name, by name."""
    offered = {
        flow: name for flow, name in rules.topics.items() if not flow.startswith(_NO_TOPIC) and flow not in _NOT_OFFERED
    }
    return dict(sorted(offered.items(), key=lambda item: item[1].casefold()))
