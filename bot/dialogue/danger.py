"""What the rules do with danger, and with doubt about it: who is helped at once, who is first asked whether all is well."""

from __future__ import annotations

import re
from typing import Any

from bot.dialogue.acts import BY_INTENT, act_of
from bot.dialogue.situation import Situation
from bot.dialogue.told import AGE, says_only, told, value_in
from bot.dialogue.understanding import Understanding
from bot.flows.commands import Clarify, Command, SetSlots, StartFlow
from bot.nlu.normalise import fold
from bot.nlu.wordlists import word_list

# Who is being asked about danger need not be asked whether there may be danger.
ABOUT_DANGER = frozenset({"zeker_weten", "zware_check", "crisis_nu", "spoed_soort"})
# In danger only this is taken along from the words; for whom other help is asked, is not known from "my husband hits me".
_MATTERS_IN_DANGER = frozenset({"jongere", "gemeente", "plaats", "postcode4", "wijk"})
DYING, _NAMES_DYING = "euthanasie", "noemt_euthanasie"
DOUBT = "zeker_weten"
# Moves in the talk, and another language: their words are no ground for worry.
_MOVES = frozenset({"bevestigen", "ontkennen", "weet_niet", "corrigeer", "anders", *BY_INTENT, "andere_taal"})
_SURE_OF_A_MOVE = 0.4
_STOP = "stop"
# From here on a question could hardly be clearer.
CLEAR_QUESTION = 0.9
OUT_OF_SCOPE = "out_of_scope"
# Slots of the choice aid and the self-check: to whom is asked who may decide, "zelf bepalen" is no ground for worry.
_QUESTIONNAIRES = ("keuze_", "kan_")
# Questions with yes or no about danger: "nee, nu niet" answers them, however much it speaks of danger.
_NO_TO_DANGER = {"zware_check": "nee", "crisis_nu": "nee", "zeker_weten": "geen_gevaar"}
_NO_DANGER = "geen_gevaar"
URGENT, URGENT_KIND = "spoed", "spoed_soort"
_URGENT_INTENTS = frozenset({URGENT, "schulden"})
_SHELTER = "beschermd_wonen_opvang"
# Words for these leave no doubt that it is urgent, and say nothing about other danger.
_PLAINLY_URGENT = frozenset({"geld", "onderdak", "eten"})


def denied(said: Understanding, situation: Situation) -> dict[str, Any] | None:
    """ "Nee, nu niet" or "nee, daar denk ik niet aan" to a question about danger, without a "but" after it."""
    question, words = situation.question, fold(said.text).split()
    if question is None or question.slot not in _NO_TO_DANGER or not words:
        return None
    plain = re.sub(r"[^\w' ]", " ", fold(said.text))
    denies = words[0].strip(",.!") in {"nee", "neen"} and "maar" not in words
    named = any(re.search(rf"\b{re.escape(phrase)}\b", plain) for phrase in word_list(_NO_DANGER))
    return {question.slot: _NO_TO_DANGER[question.slot]} if denies and named else None


def plainly_urgent(said: Understanding, situation: Situation) -> bool:
    """Eviction, nowhere to sleep or nothing to eat: that is helped at once, not asked about first."""
    asked = situation.question is not None and situation.question.slot in ABOUT_DANGER
    urgent = said.intent in _URGENT_INTENTS and URGENT in situation.topics
    return urgent and not asked and value_in(URGENT_KIND, said.text) in _PLAINLY_URGENT


def asks_for_shelter(said: Understanding) -> bool:
    """Who sleeps outside hears at once where to sleep tonight; that answer asks no question first."""
    return said.intent == _SHELTER and value_in(URGENT_KIND, said.text) == "onderdak"


def plain_answer(said: Understanding, situation: Situation) -> bool:
    """Whether the open question itself takes the doubt away: it is about danger, or a questionnaire's and just answered."""
    question = situation.question
    if question is None or question.slot in ABOUT_DANGER:
        return question is not None
    return question.slot.startswith(_QUESTIONNAIRES) and says_only(question.slot, said.text)


def asks_about_dying(said: Understanding, situation: Situation) -> bool:
    """A question about euthanasia is for the doctor, unless the words clearly ask for something else."""
    clear = said.confidence >= situation.thresholds.sure and not said.doubt and said.intent != OUT_OF_SCOPE
    return DYING in situation.topics and not clear and value_in(_NAMES_DYING, said.text) is not None


def told_in_danger(said: Understanding, situation: Situation) -> dict[str, Any]:
    """Who speaks and where, and what the words say about this danger; nobody has to tell it twice now."""
    known = {name: said.entities[name] for name in _MATTERS_IN_DANGER & situation.known_slots & said.entities.keys()}
    slots = situation.details.get(situation.topics[str(said.danger)], frozenset())
    found = told(slots, said.text, said.entities.get(AGE))
    return {**known, **dict.fromkeys(slots), **found, **said.danger_details}


def wants_it_to_stop(said: Understanding) -> bool:
    """ "Ik wil gewoon dat het ophoudt", from who may be in danger or carries too much. Only "stop" itself is about this talk."""
    return said.intent == _STOP and (said.doubt or said.mild) and act_of(said.text) is None


def in_doubt(said: Understanding) -> bool:
    """Whether to ask if all is well. The conversation for a heavy time asks it itself; a yes or no says too little.

    Who asks something that could hardly be clearer is answered: the gentle question would come between.
    """
    moves = said.intent in _MOVES and said.confidence >= _SURE_OF_A_MOVE and not wants_it_to_stop(said)
    # One word outside every topic says too little to be worried about.
    loose_word = said.intent == OUT_OF_SCOPE and len(said.text.split()) == 1
    return said.doubt and not said.mild and not moves and not loose_word and said.confidence < CLEAR_QUESTION


def with_a_gentle_question(commands: list[Command]) -> list[Command]:
    """First whether all is well. The topic, or the question which one is meant, comes after it; "not understood" and "I know
    nothing of that" would be poor answers now.
    """
    topic = [
        command
        for command in commands
        if isinstance(command, (SetSlots, StartFlow, Clarify)) and command != StartFlow(OUT_OF_SCOPE)
    ]
    return [*topic, StartFlow(DOUBT)]
