"""From what was understood to commands. The order of the rules is the order of importance; danger comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.acts import BY_INTENT, act_of
from bot.dialogue.answers_to_questions import Question, read_answer, read_free_text
from bot.dialogue.danger import (
    ABOUT_DANGER,
    CLEAR_QUESTION,
    DYING,
    OUT_OF_SCOPE,
    URGENT,
    URGENT_KIND,
    asks_about_dying,
    asks_for_shelter,
    denied,
    in_doubt,
    plain_answer,
    plainly_urgent,
    told_in_danger,
    wants_it_to_stop,
    with_a_gentle_question,
)
from bot.dialogue.follow_ups import about_the_topic, names_only_a_place, same_topic_for_somebody_else, side_question
from bot.dialogue.long_messages import kind_of_long
from bot.dialogue.refine import refinement
from bot.dialogue.situation import Situation
from bot.dialogue.told import AGE, told, value_in
from bot.dialogue.understanding import Understanding, slots_of_payload
from bot.flows.commands import CannotHandle, Clarify, Command, Crisis, ExplainTerm, SetSlots, StartFlow
from bot.flows.engine import HUMAN_FLOW, QUESTIONNAIRES
from bot.nlu.normalise import fold

_OTHER = "anders"
# The button beside an answer that may not be what was meant.
SOMETHING_ELSE = "bedoel_anders"
START = "pattern_session_start"
MILD = "zware_tijd"
PERSON, PLACE, LAW = "voor_wie", "plaats", "wet"
_CHILD = "kind"
# A place that is named anew: what was known of the place before no longer holds.
_ASKS_FOR_A_PLACE = frozenset({PLACE, "gemeente_keuze", "dichtbij_postcode"})
_OF_A_PLACE = ("gemeente", "gemeente_naam", "gemeente_status", "gemeente_kandidaten", "postcode4", "wijk")
# Topics for loose words such as "ja", "nee" and "ik bedoel iets anders" begin so.
LOOSE = "los_"
_MAX_OFFERED = 4
# A longer sentence that looks like "terug" or "leg uit" mostly says something else ("ze zeiden dat ik terug moest").
_LONGEST_MOVE = 6
_UNKNOWN = "weet_niet"
# Who was sent away while looking for a bed, or asks for a talk that the parents do not hear of, gets the numbers or what to say
# in the answer itself; nothing else is asked first.
_ANSWERS_THE_DOUBT = frozenset({"vervolg_weggestuurd", "vervolg_ouders"})
# Who sounds worried is not asked the same question again when the answer is no clear one.
_ASKED_ONCE = frozenset({"zeker_weten", "zware_check", URGENT_KIND})
# The topic at hand hears more about the resident: anything, or the place, with or without a list of help that was shown.
TOLD_MORE, TOLD_PLACE, TOLD_PLACE_OF_LIST = "vervolg_verteld", "vervolg_plaats", "vervolg_lijst"
# Who has a letter with a decision, talks about that from now on; what was asked before does not come back.
_INSTEAD = frozenset({"vervolg_datum_brief"})
# Who says these once more asks once more: a human, or where the municipality is.
_ASKED_FOR = frozenset({HUMAN_FLOW, "contact_gemeente"})
_SHORT = 4
# A fact about somebody, and no wish: "hij heeft parkinson".
_STATES = re.compile(
    r"^(?:en |maar |nou |ja )*(?:ik|hij|ze|zij|wij|we|mijn \w+) (?:heeft|heb|hebben|is|ben|zijn|was|kreeg|loopt|slaapt|ligt)\b(?!.*\bvra(?:ag|gen)\b)"
)
_TO_ANOTHER = re.compile(r"\bterug naar\b|\b(?:toch|weer|verder) (?:liever |maar |weer )*(?:over|met)\b")
_GROWN_UP = 18
_QUESTION_WORDS = frozenset(
    [
        "wat",
        "wie",
        "hoe",
        "waar",
        "wanneer",
        "waarom",
        "welke",
        "hoeveel",
        "kan",
        "kunnen",
        "mag",
        "mogen",
        "moet",
        "moeten",
    ]
)
_TELLS = frozenset(
    [
        "ik",
        "wij",
        "we",
        "ze",
        "zij",
        "mijn",
        "wat",
        "wie",
        "hoe",
        "waar",
        "wanneer",
        "waarom",
        "welke",
        "kan",
        "mag",
        "moet",
        "hij",
        "kost",
        "help",
        "hulp",
    ]
)


def commands_for(said: Understanding, situation: Situation) -> list[Command]:
    """The commands of one message, at least one."""
    if said.start:
        return [StartFlow(START)]
    if said.payload:
        return _from_payload(said.payload, situation)
    calm = denied(said, situation)
    if calm:
        return [SetSlots(calm, answer=True)]
    if said.danger and said.danger in situation.topics:
        return [Crisis(situation.topics[said.danger], told_in_danger(said, situation))]
    typed = situation.labels.get(label_key(said.text))
    if typed:
        return _from_payload(typed, situation)
    if asks_about_dying(said, situation):
        return [StartFlow(DYING)]
    known = _known(said, situation)
    correction = _correction(known, said, situation)
    if correction and not said.doubt:
        return correction
    told_first: list[Command] = [SetSlots(known)] if known else []
    commands = [*told_first, *_with_details(_with_more(_from_words(said, situation), said, situation), said, situation)]
    if any(isinstance(command, StartFlow) and command.flow in QUESTIONNAIRES for command in commands):
        return commands
    if in_doubt(said) and plainly_urgent(said, situation):
        return [*told_first, *_with_details([StartFlow(URGENT)], said, situation)]
    helped = any(isinstance(command, StartFlow) and command.flow in _ANSWERS_THE_DOUBT for command in commands)
    helped = helped or asks_for_shelter(said)
    asks_first = in_doubt(said) and not plain_answer(said, situation) and not helped
    return with_a_gentle_question(commands) if asks_first else commands


def _known(said: Understanding, situation: Situation) -> dict[str, Any]:
    """What the words tell about the resident. Another person is of another age, and may be helped by another law."""
    known = {name: value for name, value in said.entities.items() if name in situation.known_slots}
    if PLACE in known:
        known = {**dict.fromkeys(situation.known_slots.intersection(_OF_A_PLACE)), **known}
    another = situation.person is not None and known.get(PERSON, situation.person) != situation.person
    return {**dict.fromkeys({AGE, LAW} & situation.known_slots), **known} if another else known


def _correction(known: Mapping[str, Any], said: Understanding, situation: Situation) -> list[Command]:
    """ "Nee, het is voor mijn moeder" at a question that it does not answer: ask once more, what was answered stays."""
    named = PERSON in said.entities or AGE in said.entities
    loose = situation.topics.get(said.intent, "").startswith(LOOSE) and said.confidence >= situation.thresholds.sure
    unsure = said.confidence < situation.thresholds.interrupt
    no_place = situation.question is not None and situation.question.kind == "text" and unsure
    only_a_place = names_only_a_place(said) and not _asks_for_a_place(situation.question)
    grown_up = (
        PERSON not in said.entities and _is_grown_up(said) and same_topic_for_somebody_else(said, situation.topic)
    )
    told_only = (named and (loose or no_place or grown_up)) or only_a_place
    if not (told_only and situation.question) or read_answer(situation.question, said):
        return []
    anew = not (situation.answered or only_a_place or grown_up) and same_topic_for_somebody_else(said, situation.topic)
    return [] if anew else [SetSlots(known, correction=True)]


def _is_grown_up(said: Understanding) -> bool:
    """Whether it tells an age that changes no text and no law."""
    age = said.entities.get(AGE)
    return isinstance(age, (int, float)) and age >= _GROWN_UP


def _asks_for_a_place(question: Question | None) -> bool:
    return question is not None and question.slot in _ASKS_FOR_A_PLACE


def _with_more(commands: list[Command], said: Understanding, situation: Situation) -> list[Command]:
    """An answer that tells more of what the topic looks at: "beschermd wonen" says which shelter as well as what is needed."""
    question = situation.question
    answers = [command for command in commands if isinstance(command, SetSlots) and command.answer]
    if question is None or not answers or question.slot in ABOUT_DANGER:
        return commands
    open_slots = situation.details.get(str(situation.topic), frozenset()) - situation.answered.keys()
    more = told(open_slots - {question.slot}, said.text)
    return [SetSlots({**more, **answers[0].values}, answer=True)] if more else commands


def _with_details(commands: list[Command], said: Understanding, situation: Situation) -> list[Command]:
    """A topic that starts takes along what the same words say about it; what was told about another topic is over."""
    topic = next((command.flow for command in commands if isinstance(command, StartFlow)), "")
    slots = situation.details.get(topic, frozenset()) - situation.answered.keys()
    if not slots or said.payload:
        return commands
    return [*commands, SetSlots({**dict.fromkeys(slots), **told(slots, said.text, said.entities.get(AGE))})]


def _from_payload(payload: str, situation: Situation) -> list[Command]:
    values = slots_of_payload(payload)
    if values is not None:
        question = situation.question
        if question is not None and question.slot in values:
            return [SetSlots(values, answer=True)]
        asked_before = values.keys() & situation.answered.keys()
        again = next((situation.askers[slot] for slot in values if slot in situation.askers), None)
        return [SetSlots(values)] if asked_before or again is None else [StartFlow(again), SetSlots(values)]
    name = payload.lstrip("/")
    if name in BY_INTENT:
        return [BY_INTENT[name]()]
    if name == SOMETHING_ELSE:
        return [Clarify(situation.meant)] if situation.meant else [CannotHandle()]
    return [StartFlow(situation.topics[name])] if name in situation.topics else [CannotHandle()]


def _from_words(said: Understanding, situation: Situation) -> list[Command]:
    steering = _steering(said, situation)
    if steering:
        return [steering]
    question = situation.question
    if question is None and names_only_a_place(said) and TOLD_PLACE in situation.topics:
        return [StartFlow(TOLD_PLACE_OF_LIST if situation.options_shown else TOLD_PLACE)]
    aside = side_question(said, situation.topic, frozenset(situation.topics.values()))
    if aside and not (question and question.slot in said.entities):
        return [StartFlow(aside, instead=aside in _INSTEAD)]
    if _clearly_wants_a_human(said, situation):
        return [StartFlow(HUMAN_FLOW)]
    if question and question.slot in said.entities:
        answer = read_answer(question, said)
        if answer is not None:
            return [SetSlots(answer, answer=True)]
    sure = situation.thresholds.interrupt if question else situation.thresholds.sure
    act = None if _too_long_for_a_move(said) or wants_it_to_stop(said) else BY_INTENT.get(said.intent)
    if (
        act
        and said.confidence >= situation.thresholds.sure
        and not (names_only_a_place(said) or _answers(said, situation) or _asks_more(said, situation))
    ):
        return [act()]
    topic = situation.topics.get(said.intent)
    asks_something = (
        topic and said.confidence >= sure and topic not in situation.not_offered and _is_a_question(said.text)
    )
    if question and topic and asks_something:
        return _more_on_the_topic(said, topic, situation) or [StartFlow(topic)]
    if question and not _asks_back_about_danger(said, question):
        answer = read_answer(question, said)
        if answer is not None:
            return [SetSlots(answer, answer=True)]
    changed = _changed(said.text, situation)
    elsewhere = topic and said.confidence >= sure and topic not in situation.not_offered
    if changed and (not elsewhere or changed.keys() <= situation.details.get(str(topic), frozenset())):
        return [SetSlots(changed)]
    if question and _looks_like_an_answer(question, said.text):
        return [SetSlots({question.slot: said.text.strip()}, answer=True)]
    if said.mild and MILD in situation.topics.values():
        return [StartFlow(MILD)]
    reason = kind_of_long(said.text)
    if reason and not question:
        return [Clarify(tuple(_candidates(said, situation)), reason)]
    follow_up = _follow_up(said, situation)
    if follow_up:
        return [StartFlow(follow_up)]
    if (
        topic
        and said.confidence >= sure
        and not (question and topic in situation.not_offered and said.intent == _OTHER)
        and not (topic.startswith(LOOSE) and (_too_long_for_a_move(said) or _is_a_question(said.text)))
    ):
        if _goes_back(said, topic, situation):
            return [StartFlow(topic, instead=True)]
        more = _more_on_the_topic(said, topic, situation) or _no_answer(said, topic, situation)
        if more:
            return more
        changed_topic = _changes_what_was_told(said, topic, situation)
        if changed_topic:
            return [StartFlow(changed_topic)]
        if _says_it_again(said, topic, situation) or _only_tells(said, topic, situation):
            return [StartFlow(TOLD_MORE)]
        return [StartFlow(topic, _also(said, topic, situation))]
    if question:
        words = read_free_text(question, said)
        return [SetSlots(words, answer=True)] if words else _no_answer(said, "", situation) or [CannotHandle()]
    offered = _candidates(said, situation)
    about_it = bool(offered) and (offered[0] == situation.topic or AGE in said.entities)
    if about_it and _tells_more(said, situation):
        return [StartFlow(TOLD_MORE)]
    return [Clarify(tuple(offered))] if len(offered) > 1 else [CannotHandle()]


def _too_long_for_a_move(said: Understanding) -> bool:
    return len(fold(said.text).split()) > _LONGEST_MOVE and said.confidence < CLEAR_QUESTION


def _asks_back_about_danger(said: Understanding, question: Question) -> bool:
    """ "Moeten mijn ouders het weten" is no "weet ik niet" to the question whether there is danger."""
    return question.slot in ABOUT_DANGER and said.intent == _UNKNOWN and _is_a_question(said.text)


def _more_on_the_topic(said: Understanding, topic: str, situation: Situation) -> list[Command] | None:
    """More words on the topic whose question stands open answer it, or leave it: the same is not asked twice.

    Words that matter elsewhere in the topic start it anew (None).
    """
    question = situation.question
    if question is None or topic != situation.topic or question.slot in ABOUT_DANGER - {URGENT_KIND}:
        return None
    answer = read_answer(question, said)
    others = situation.details.get(topic, frozenset()) - situation.answered.keys() - {question.slot}
    if answer is None and (_UNKNOWN not in question.values or told(others, said.text, said.entities.get(AGE))):
        return None
    return [SetSlots(answer or {question.slot: _UNKNOWN}, answer=True)]


def _no_answer(said: Understanding, topic: str, situation: Situation) -> list[Command] | None:
    """A bare yes or no where something else is asked, or a story: the answer is not known then. The same is not asked twice."""
    question = situation.question
    if question is None or (topic and not topic.startswith(LOOSE)) or said.intent == _OTHER:
        return None
    story = len(fold(said.text).split()) >= _SHORT and _tells_more(said, situation)
    if (
        said.doubt
        or question.slot in ABOUT_DANGER - _ASKED_ONCE
        or not (topic or story or question.slot in _ASKED_ONCE)
    ):
        return None
    if question.takes(_UNKNOWN):
        return [SetSlots({question.slot: _UNKNOWN}, answer=True)]
    return [StartFlow(TOLD_MORE)] if story else None


def _says_it_again(said: Understanding, topic: str, situation: Situation) -> bool:
    """More about a topic that was just answered, with nothing new that it looks at: the same texts would come again."""
    if topic != situation.topic or topic in situation.not_offered or not _tells_more(said, situation):
        return False
    return not ({PERSON, AGE, PLACE}.intersection(said.entities) or _news(said, topic, situation))


def _news(said: Understanding, topic: str, situation: Situation) -> dict[str, Any]:
    """What the words tell that the topic looks at, and was not told a moment ago."""
    found = told(situation.details.get(topic, frozenset()), said.text, said.entities.get(AGE))
    return {slot: value for slot, value in found.items() if situation.concluded.get(slot) != value}


def _goes_back(said: Understanding, topic: str, situation: Situation) -> bool:
    """ "Terug naar de dagbesteding": the question that stands open about something else is left for good."""
    return situation.question is not None and topic != situation.topic and bool(_TO_ANOTHER.search(fold(said.text)))


def _changes_what_was_told(said: Understanding, topic: str, situation: Situation) -> str | None:
    """ "Nee, het is voor reparatie", when the answer is already there: the topic once more, with what was meant."""
    current = situation.topic
    if current is None or situation.question is not None or not topic.startswith(LOOSE):
        return None
    return current if _news(said, current, situation) else None


def _only_tells(said: Understanding, topic: str, situation: Situation) -> bool:
    """ "Ik ben een man van 71" looks a little like "ik bedoel iets anders", and "hij heeft parkinson" like nothing we know of."""
    guessed = topic.startswith(LOOSE) and said.confidence < situation.thresholds.certain
    fact = topic == OUT_OF_SCOPE and _STATES.match(fold(said.text)) and not _news(said, topic, situation)
    return bool(guessed or fact) and situation.question is None and _tells_more(said, situation)


def _tells_more(said: Understanding, situation: Situation) -> bool:
    """ "Ik ben 84 en heb een kunstheup", while hearing about help in the house: told, not asked."""
    tells = _TELLS.intersection(fold(said.text).split()) or AGE in said.entities
    hears = TOLD_MORE in situation.topics and situation.topic not in {None, *_ASKED_FOR}
    return hears and bool(tells) and not _is_a_question(said.text)


def _answers(said: Understanding, situation: Situation) -> bool:
    """Whether the words answer the open question, where a move is only guessed: "dat vind ik lastig" says no here."""
    question, guessed = situation.question, said.confidence < situation.thresholds.certain
    return question is not None and guessed and value_in(question.slot, said.text) is not None


def _asks_more(said: Understanding, situation: Situation) -> bool:
    """Whether it asks about the topic at hand, where a move is only guessed: "hoe vraag ik dat aan" is no "leg uit"."""
    guessed = said.confidence < situation.thresholds.certain
    return guessed and about_the_topic(said, situation.topic, frozenset(situation.topics.values())) is not None


def _follow_up(said: Understanding, situation: Situation) -> str | None:
    """The topic at hand for somebody else, or another side of it."""
    flows = frozenset(situation.topics.values())
    if situation.topic in flows and same_topic_for_somebody_else(said, situation.topic):
        return situation.topic if _for_somebody_else(said, situation) else TOLD_MORE
    return about_the_topic(said, situation.topic, flows)


def _for_somebody_else(said: Understanding, situation: Situation) -> bool:
    """Whether what is named asks for other texts: "hij is 82", or "nee, voor mijn vader" after "mijn moeder", does not."""
    person = said.entities.get(PERSON, situation.person)
    of_age = _is_grown_up(said) and person != _CHILD and not _is_a_question(said.text)
    return (
        person != situation.person
        or (AGE in said.entities and not of_age)
        or bool({PLACE, *_OF_A_PLACE}.intersection(said.entities))
    )


def _also(said: Understanding, topic: str, situation: Situation) -> tuple[str, ...] | None:
    """Other topics to offer beside this one: its runner-up when two are asked about, more when we are less than certain."""
    if topic in situation.not_offered:
        return None
    others = [flow for flow in _candidates(said, situation) if flow != topic]
    if said.confidence < situation.thresholds.certain:
        return tuple(others[: _MAX_OFFERED - 1])
    runner_up = next((c for intent, c in said.ranking[1:] if situation.topics.get(intent) in others), 0.0)
    return tuple(others[:1]) if runner_up >= situation.thresholds.second else None


def _changed(text: str, situation: Situation) -> dict[str, Any]:
    """Other values for earlier answers: "nee, hij is kapot" while the place is asked."""
    return {slot: value for slot, value in told(situation.answered, text).items() if value != situation.answered[slot]}


def _steering(said: Understanding, situation: Situation) -> Command | None:
    """What means the same wherever somebody says it: a steering word, a word to explain, a wish about the list just shown."""
    act = act_of(said.text)
    if act:
        return act
    wish = refinement(said.text, situation.topic) if situation.options_shown else None
    if wish and wish in situation.topics:
        return StartFlow(situation.topics[wish])
    term = situation.glossary.asked(said.text) if situation.glossary else None
    if term is None:
        return None
    if term.told_in_full and term.topic in situation.topics:
        return StartFlow(situation.topics[term.topic])
    return ExplainTerm(term.key)


def _clearly_wants_a_human(said: Understanding, situation: Situation) -> bool:
    """Whatever question stands open: "ik wil een medewerker" is no answer to it, though "ik wil een" may be one elsewhere."""
    asks = situation.topics.get(said.intent) == HUMAN_FLOW and said.confidence >= situation.thresholds.certain
    return asks and situation.question is not None and situation.topic != HUMAN_FLOW


def _is_a_question(text: str) -> bool:
    """Somebody who answers a question with a question wants to know something first."""
    words = fold(text).split()
    return len(words) > 2 and ("?" in text or words[0] in _QUESTION_WORDS)


def _looks_like_an_answer(question: Question, text: str) -> bool:
    """A few words without a question or a story answer an open question ("samen zingen"), whatever topic they resemble."""
    words = fold(text).split()
    return question.kind == "text" and 0 < len(words) <= _SHORT and "?" not in text and not _TELLS.intersection(words)


def label_key(label: str) -> str:
    """What stands on a button, as it may be typed."""
    return " ".join(re.sub(r"[^\w]", " ", fold(label)).split())


def _candidates(said: Understanding, situation: Situation) -> Sequence[str]:
    """The likeliest topics that are a choice: those worth naming, and at least two of them."""
    likely: dict[str, float] = {}
    for intent, confidence in said.ranking:
        flow = situation.topics.get(intent)
        if flow and flow not in situation.not_offered:
            likely.setdefault(flow, confidence)
    worth = [flow for flow, confidence in likely.items() if confidence >= situation.thresholds.worth_naming]
    if not worth:
        return []
    return list(likely)[: min(max(len(worth), 2), _MAX_OFFERED)]
