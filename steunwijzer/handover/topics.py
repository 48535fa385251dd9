"""Topics as a colleague chooses them: what a resident can ask about, without the gestures of a talk."""

from __future__ import annotations

from steunwijzer.handover.rules import Rules

# Flows that are no topic of their own: greetings, corrections, questions about the answer before.
_NO_TOPIC = ("pattern_", "los_", "smalltalk_", "vervolg_", "opties_")
_DANGER = "crisis_"
_HOW_TO_REACH = ("contact_gemeente", "medewerker_spreken")
_NOT_OFFERED = frozenset({
    "bot_challenge", "out_of_scope", "andere_taal", "medewerker_spreken", "nummers_blijven", "zeker_weten", "zware_tijd",
    "huiselijk_geweld", "kindermishandeling", "euthanasie", "vraag_gemeente", "clientondersteuning_kort",
    "clientondersteuning_en_melding", "bezwaar_brief_kort", "schulden_dreigt", "spoed",
})  # fmt: skip


def to_offer(rules: Rules) -> dict[str, str]:
    """For a button: flow id and name, by name."""
    return {
        flow: name
        for flow, name in of_talks(rules).items()
        if not flow.startswith(_DANGER) and flow not in _NOT_OFFERED
    }


def to_judge(rules: Rules) -> dict[str, str]:
    """What a question can have been about, also when that was only how to reach somebody: flow id and name, by name."""
    return _by_name({**of_talks(rules), **{flow: rules.topics[flow] for flow in _HOW_TO_REACH}})


def of_talks(rules: Rules) -> dict[str, str]:
    """What a talk can be about: flow id and name, by name."""
    found = {
        flow: name
        for flow, name in rules.topics.items()
        if not flow.startswith(_NO_TOPIC) and flow not in rules.no_topic
    }
    return _by_name(found)


def _by_name(found: dict[str, str]) -> dict[str, str]:
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))
