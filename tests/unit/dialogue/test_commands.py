"""From a resident's words to commands: danger first, then answers, then topics, then a kind question."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content.glossary import Glossary
from bot.dialogue.answers_to_questions import Question, button_values, read_answer, read_free_text
from bot.dialogue.commands_from_nlu import commands_for, label_key
from bot.dialogue.refine import refinement
from bot.dialogue.situation import Situation
from bot.dialogue.understanding import Understanding, slots_of_payload
from bot.flows.commands import (
    Back,
    Cancel,
    CannotHandle,
    Clarify,
    Command,
    Crisis,
    Explain,
    ExplainTerm,
    Repeat,
    Restart,
    SetSlots,
    StartFlow,
)

TOPICS = {
    "pgb_uitleg": "pgb_uitleg",
    "vervoer": "vervoer",
    "smalltalk_greet": "smalltalk_greet",
    "crisis_suicide": "crisis_suicide",
}
LAW = Question(
    "wet",
    "categorical",
    ("wmo", "wlz", "weet_niet"),
    button_values(
        [
            {"title": "De gemeente", "payload": "/SetSlots(wet=wmo)"},
            {"title": "Het zorgkantoor", "payload": "/SetSlots(wet=wlz)"},
            {"title": "Weet ik niet", "payload": "/SetSlots(wet=weet_niet)"},
        ]
    ),
)
PLACE = Question("plaats", "text")


def said(text: str, *ranking: tuple[str, float], **more: Any) -> Understanding:
    return Understanding(text, ranking, **more)


def commands(understanding: Understanding, question: Question | None = None) -> list[Command]:
    known = frozenset({"wet", "plaats", "voor_wie", "gemeente"})
    return commands_for(understanding, Situation(TOPICS, frozenset({"smalltalk_greet"}), known, question))


def test_a_clear_question_starts_its_topic() -> None:
    assert commands(said("wat is een pgb", ("pgb_uitleg", 0.9))) == [StartFlow("pgb_uitleg")]


def test_what_is_told_along_the_way_is_remembered_first() -> None:
    understood = said("hulp voor mijn moeder", ("vervoer", 0.9), entities={"voor_wie": "ouder", "onbekend": 1})
    assert commands(understood) == [SetSlots({"voor_wie": "ouder"}), StartFlow("vervoer")]


def test_danger_beats_the_question_that_stands_open() -> None:
    understood = said(
        "weet niet, ik wil dood", ("weet_niet", 0.9), danger="crisis_suicide", danger_details={"crisis_wie": "zelf"}
    )
    assert commands(understood, LAW) == [Crisis("crisis_suicide", {"crisis_wie": "zelf"})]


def test_who_clearly_wants_a_human_gets_one_whatever_question_stands_open() -> None:
    asked = Question("hulpmiddel_soort", "categorical", ("nieuw", "reparatie"))
    topics = TOPICS | {"medewerker_spreken": "medewerker_spreken"}
    situation = Situation(topics, frozenset(), frozenset(), asked, topic="hulpmiddelen")
    # "Wil een" says elsewhere that something new is wanted.
    wants = said("ik wil een medewerker spreken", ("medewerker_spreken", 0.99))
    assert commands_for(wants, situation) == [StartFlow("medewerker_spreken")]
    tells = said("ik wil een nieuwe", ("medewerker_spreken", 0.3))
    assert commands_for(tells, situation) == [SetSlots({"hulpmiddel_soort": "nieuw"}, answer=True)]


def test_a_sentence_that_may_be_danger_gets_the_gentle_question_before_its_topic() -> None:
    assert commands(said("ik durf niet meer naar buiten", ("vervoer", 0.8), doubt=True)) == [
        StartFlow("vervoer"),
        StartFlow("zeker_weten"),
    ]
    assert commands(said("het is me te veel", ("vervoer", 0.02), doubt=True)) == [StartFlow("zeker_weten")]


def test_who_is_being_asked_about_danger_is_not_asked_again() -> None:
    asked = Question("crisis_nu", "categorical", ("ja", "nee"))
    assert commands(said("ik weet het niet goed", ("weet_niet", 0.2), doubt=True), asked) == [CannotHandle()]


def test_only_the_gate_starts_a_conversation_about_a_crisis() -> None:
    understood = Understanding.from_parse(
        "ik durf de trap niet meer op",
        {
            "intent_ranking": [
                {"name": "crisis_suicide", "confidence": 0.5},
                {"name": "vervoer", "confidence": 0.3},
                {"name": "pgb_uitleg", "confidence": 0.02},
            ]
        },
    )
    assert [name for name, _ in understood.ranking] == ["vervoer", "pgb_uitleg"]
    assert commands(understood) == [StartFlow("vervoer", also=("pgb_uitleg",))]


def test_an_answer_we_are_less_than_certain_of_comes_with_a_way_back() -> None:
    assert commands(said("taxi", ("vervoer", 0.6), ("pgb_uitleg", 0.05))) == [
        StartFlow("vervoer", also=("pgb_uitleg",))
    ]
    assert commands(said("taxi", ("vervoer", 0.6))) == [StartFlow("vervoer", also=())]
    assert commands(said("taxi", ("vervoer", 0.9), ("pgb_uitleg", 0.05))) == [StartFlow("vervoer")]


def test_two_topics_in_one_message_are_both_offered() -> None:
    both = said("pgb voor de taxi", ("vervoer", 0.76), ("pgb_uitleg", 0.22))
    assert commands(both) == [StartFlow("vervoer", also=("pgb_uitleg",))]


def test_something_else_offers_the_topics_that_were_thought_of() -> None:
    known = frozenset({"wet"})
    pressed = said("", payload="/bedoel_anders")
    assert commands_for(pressed, Situation(TOPICS, frozenset(), known, meant=("vervoer", "pgb_uitleg"))) == [
        Clarify(("vervoer", "pgb_uitleg"))
    ]
    assert commands_for(pressed, Situation(TOPICS, frozenset(), known)) == [CannotHandle()]


def test_a_heavy_time_asks_about_safety_itself() -> None:
    topics = {**TOPICS, "zware_tijd": "zware_tijd"}
    heavy = said("ik trek het niet meer", ("vervoer", 0.3), doubt=True, mild=True)
    assert commands_for(heavy, Situation(topics, frozenset(), frozenset())) == [StartFlow("zware_tijd")]


def test_what_changes_no_text_is_told_and_not_answered_again() -> None:
    topics = {**TOPICS, "vervolg_verteld": "vervolg_verteld"}
    about_mother = Situation(topics, frozenset({"smalltalk_greet"}), frozenset(), topic="vervoer", person="ouder")
    aged = said("hij is 82", ("smalltalk_greet", 0.3), entities={"leeftijd": 82}, spans=((7, 9),))
    father = said("voor mijn vader", ("smalltalk_greet", 0.3), entities={"voor_wie": "ouder"}, spans=((10, 15),))
    child = said("voor mijn zoon", ("smalltalk_greet", 0.3), entities={"voor_wie": "kind"}, spans=((10, 14),))
    assert commands_for(aged, about_mother) == [StartFlow("vervolg_verteld")]
    assert commands_for(father, about_mother) == [StartFlow("vervolg_verteld")]
    assert commands_for(child, about_mother) == [StartFlow("vervoer")]


def test_back_to_another_topic_leaves_the_open_question() -> None:
    asked = Situation(TOPICS, frozenset(), frozenset(), LAW, topic="pgb_uitleg")
    back = said("terug naar het vervoer", ("vervoer", 0.99))
    assert commands_for(back, asked) == [StartFlow("vervoer", instead=True)]


@pytest.mark.parametrize(
    ("text", "entities", "again"),
    [
        ("en voor mijn zoon?", {"voor_wie": "kind"}, True),
        ("nee, voor mijn vader", {"voor_wie": "ouder"}, True),
        ("en als hij 82 jaar is?", {"leeftijd": 82}, True),
        ("en in Almere?", {"gemeente": "GM0034"}, True),
        ("mijn vader is gevallen", {"voor_wie": "ouder"}, False),
        ("wat kost een taxi voor mijn vader", {"voor_wie": "ouder"}, False),
    ],
)
def test_another_person_or_place_asks_the_same_topic_again(text: str, entities: dict[str, Any], again: bool) -> None:
    word = {"kind": "zoon", "ouder": "vader", 82: "82", "GM0034": "Almere"}[next(iter(entities.values()))]
    start = text.index(word)
    heard = said(
        text, ("pgb_uitleg", 0.3), ("smalltalk_greet", 0.2), entities=entities, spans=((start, start + len(word)),)
    )
    found = commands_for(heard, Situation(TOPICS, frozenset({"smalltalk_greet"}), frozenset(), topic="vervoer"))
    assert (StartFlow("vervoer") in found) is again


@pytest.mark.parametrize("text", ["en wat kost dat?", "moet ik daarvoor betalen", "hoeveel kost het"])
def test_what_does_it_cost_is_about_the_topic_at_hand(text: str) -> None:
    topics = {**TOPICS, "wmo_eigen_bijdrage": "wmo_eigen_bijdrage", "vervolg_kosten": "vervolg_kosten"}
    for topic, flow in (("hulpmiddelen", "wmo_eigen_bijdrage"), ("bezwaar_klacht", "vervolg_kosten")):
        assert commands_for(said(text), Situation(topics, frozenset(), frozenset(), topic=topic)) == [StartFlow(flow)]
    assert commands_for(said(text), Situation(topics, frozenset(), frozenset())) == [CannotHandle()]


@pytest.mark.parametrize(
    ("text", "aside"),
    [("en wat kost dat per maand?", True), ("wat kost het om een traplift te krijgen", False), ("wat moet ik dan doen", True)],
)  # fmt: skip
def test_a_side_question_is_the_whole_message_and_goes_before_an_open_question(text: str, aside: bool) -> None:
    topics = {**TOPICS, "vervolg_kosten": "vervolg_kosten", "vervolg_doen": "vervolg_doen"}
    heard = said(text, ("pgb_uitleg", 0.95))
    found = commands_for(heard, Situation(topics, frozenset(), frozenset({"wet"}), LAW, topic="bezwaar_klacht"))
    assert (found in ([StartFlow("vervolg_kosten")], [StartFlow("vervolg_doen")])) is aside


LETTER = (
    "Geachte mevrouw, ons kenmerk 12. Op 3 november heeft u een aanvraag gedaan. Wij hebben besloten dat u de gevraagde "
    "hulp niet krijgt. Binnen zes weken kunt u bezwaar maken. Hoogachtend, namens het college"
)


def test_a_letter_and_a_long_story_are_asked_about_first() -> None:
    ranking = (("vervoer", 0.9), ("pgb_uitleg", 0.05))
    assert commands(said(LETTER, *ranking)) == [Clarify(("vervoer", "pgb_uitleg"), "brief")]
    assert commands(said("ik kan niet meer met de bus. " * 20, *ranking)) == [
        Clarify(("vervoer", "pgb_uitleg"), "lang")
    ]


def test_doubt_gives_a_choice_without_small_talk() -> None:
    understood = said("iets met vervoer of budget", ("vervoer", 0.3), ("smalltalk_greet", 0.25), ("pgb_uitleg", 0.2))
    assert commands(understood) == [Clarify(("vervoer", "pgb_uitleg"))]


def test_nothing_to_go_on_is_not_understood() -> None:
    assert commands(said("bla", ("vervoer", 0.03), ("pgb_uitleg", 0.02))) == [CannotHandle()]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("de gemeente", "wmo"),
        ("Zorgkantoor", "wlz"),
        ("het zorgkantoor!", "wlz"),
        ("weet ik niet", "weet_niet"),
        ("wlz", "wlz"),
    ],
)
def test_a_typed_button_is_the_button(words: str, value: str | None) -> None:
    answer = read_answer(LAW, said(words))
    assert (answer or {}).get("wet") == value


def test_i_do_not_know_answers_any_question_that_allows_it() -> None:
    assert commands(said("geen idee", ("weet_niet", 0.8)), LAW) == [SetSlots({"wet": "weet_niet"}, answer=True)]


POINT = Question("kan_papieren", "categorical", ("ja", "soms", "nee", "weet_niet"))


@pytest.mark.parametrize(
    ("words", "act", "confidence", "command"),
    [
        ("dat vind ik lastig", "leg_uit", 0.6, SetSlots({"kan_papieren": "nee"}, answer=True)),
        ("dat gaat wel", "stop", 0.6, SetSlots({"kan_papieren": "soms"}, answer=True)),
        ("ik vind de vraag lastig, wat bedoelt u", "leg_uit", 0.9, Explain()),
        ("wat bedoelt u daarmee", "leg_uit", 0.6, Explain()),
    ],
)
def test_words_that_answer_the_question_go_before_a_move_we_only_guess(
    words: str, act: str, confidence: float, command: Command
) -> None:
    assert commands(said(words, (act, confidence)), POINT) == [command]


CHOICE = Question("keuze_wie", "categorical", ("zin", "pgb", "maakt_niet_uit", "weet_niet"))


def test_a_plain_answer_to_the_choice_aid_is_no_ground_for_worry() -> None:
    understood = said("ik wil het graag zelf bepalen", ("pgb_uitleg", 0.03), doubt=True)
    assert commands(understood, CHOICE) == [SetSlots({"keuze_wie": "pgb"}, answer=True)]


@pytest.mark.parametrize(
    "words", ["ik wil zelf bepalen wanneer het stopt", "ik wil het zelf niet meer", "het maakt allemaal niets meer uit"]
)
def test_more_than_an_answer_still_gets_the_gentle_question(words: str) -> None:
    assert commands(said(words, ("pgb_uitleg", 0.03), doubt=True), CHOICE)[-1] == StartFlow("zeker_weten")
    assert commands(said("ik wil het zelf bepalen", ("pgb_uitleg", 0.03), doubt=True))[-1] == StartFlow("zeker_weten")


def test_words_that_say_enough_need_no_topic_at_hand() -> None:
    topics = {**TOPICS, "keuzehulp": "keuzehulp"}
    for topic in (None, "pgb_uitleg", "vervoer"):
        assert commands_for(said("keuzehulp"), Situation(topics, frozenset(), frozenset(), topic=topic)) == [
            StartFlow("keuzehulp")
        ]


def test_a_question_in_return_goes_first() -> None:
    assert commands(said("wat is een pgb?", ("pgb_uitleg", 0.9)), PLACE) == [StartFlow("pgb_uitleg")]


def test_a_few_words_answer_an_open_question() -> None:
    assert commands(said("Voorbeeldstad", ("vervoer", 0.95)), PLACE) == [
        SetSlots({"plaats": "Voorbeeldstad"}, answer=True)
    ]


def test_a_story_while_a_question_stands_open_is_a_topic() -> None:
    assert commands(said("ik kan niet meer met de bus naar mijn zus", ("vervoer", 0.9)), PLACE) == [
        StartFlow("vervoer")
    ]


@pytest.mark.parametrize(("act", "command"), [("stop", Cancel()), ("terug", Back()), ("leg_uit", Explain())])
def test_steering_words_work_everywhere(act: str, command: Command) -> None:
    assert commands(said("…", (act, 0.9)), LAW) == [command]
    assert commands(said("…", (act, 0.9))) == [command]


@pytest.mark.parametrize(
    ("payload", "values"),
    [
        ("/SetSlots(wet=wmo)", {"wet": "wmo"}),
        ("/SetSlots(a=x y, b=true, c=null)", {"a": "x y", "b": True, "c": None}),
        ("/pgb_uitleg", None),
    ],
)
def test_button_payloads(payload: str, values: dict[str, Any] | None) -> None:
    assert slots_of_payload(payload) == values


def test_an_unknown_button_does_nothing_wrong() -> None:
    assert commands(said("", payload="/bestaat_niet")) == [CannotHandle()]


@pytest.mark.parametrize(
    ("words", "number"), [("82", 82.0), ("ik ben zevenentachtig", 87.0), ("ongeveer 7,5 uur", 7.5), ("veel", None)]
)
def test_numbers_in_figures_and_words(words: str, number: float | None) -> None:
    answer = read_answer(Question("leeftijd", "float"), said(words))
    assert (answer or {}).get("leeftijd") == number


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("stop", Cancel()),
        ("Stop maar, alstublieft", Cancel()),
        ("TERUG", Back()),
        ("mag ik terug?", Back()),
        ("herhaal", Repeat()),
        ("nog een keer graag", Repeat()),
        ("opnieuw", Restart()),
        ("makkelijker", Explain()),
        ("Kan het makkelijker?", Explain()),
    ],
)
def test_a_steering_word_alone_needs_no_understanding(words: str, command: Command) -> None:
    for question in (None, LAW, PLACE):
        assert commands(said(words, ("vervoer", 0.9)), question) == [command]


def test_a_steering_word_inside_a_sentence_is_no_command() -> None:
    assert commands(said("ik kan niet meer terug naar mijn huis", ("vervoer", 0.9))) == [StartFlow("vervoer")]


GLOSSARY = Glossary(
    {
        "beschikking": {"term": "beschikking", "uitleg": "De brief met het besluit."},
        "pgb": {"term": "pgb", "uitleg": "Een budget.", "uitleg_in": "pgb_uitleg"},
    }
)


def asked(words: str, question: Question | None = None, *, options: bool = False) -> list[Command]:
    topics = {**TOPICS, "opties_gratis": "opties_gratis"}
    known = frozenset({"wet"})
    situation = Situation(topics, frozenset(), known, question, glossary=GLOSSARY, options_shown=options)
    return commands_for(said(words, ("vervoer", 0.9)), situation)


def test_a_difficult_word_can_be_asked_anywhere() -> None:
    assert asked("wat is een beschikking?") == [ExplainTerm("beschikking")]
    assert asked("wat is een beschikking?", LAW) == [ExplainTerm("beschikking")]
    assert asked("wat is een pgb") == [StartFlow("pgb_uitleg")]
    assert asked("wat is een pgb", PLACE) == [StartFlow("pgb_uitleg")]


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("meer", "opties_meer"),
        ("zijn er nog andere mogelijkheden?", "opties_meer"),
        ("is er iets goedkopers", "opties_gratis"),
        ("heeft u ook iets gratis", "opties_gratis"),
        ("iets dichterbij", "opties_dichterbij"),
        ("en voor mijn moeder?", "opties_ouderen"),
        ("voor ouderen", "opties_ouderen"),
        ("iets voor mijn zoontje", "opties_kinderen"),
        ("zonder verwijzing graag", "opties_zonder_verwijzing"),
        ("wat is het telefoonnummer van de gemeente", None),
        ("mijn moeder wordt steeds vergeetachtiger en ik wil weten wat de gemeente daar nu voor doet", None),
    ],
)
def test_wishes_about_the_list(words: str, flow: str | None) -> None:
    assert refinement(words, "lokale_opties") == flow


def test_for_whom_is_about_the_topic_when_that_is_spoken_of() -> None:
    assert refinement("en voor mijn zoon?", "hulpmiddelen") is None
    assert refinement("iets gratis", "hulpmiddelen") == "opties_gratis"


def test_a_wish_counts_only_after_a_list() -> None:
    assert asked("iets gratis", options=True) == [StartFlow("opties_gratis")]
    assert asked("iets gratis") == [StartFlow("vervoer")]


DANGER_NOW = Question("crisis_nu", "categorical", ("ja", "nee", "weet_niet"))


def test_no_to_the_question_about_danger_is_heard_as_no() -> None:
    calm = said("nee nu niet, hij is weg", ("ontkennen", 0.4), danger="crisis_suicide")
    assert commands(calm, DANGER_NOW) == [SetSlots({"crisis_nu": "nee"}, answer=True)]


@pytest.mark.parametrize("words", ["nee nu niet maar vanavond wel", "nee hij heeft een mes", "nu niet meer te harden"])
def test_danger_in_the_answer_still_beats_the_question(words: str) -> None:
    understood = said(words, ("ontkennen", 0.4), danger="crisis_suicide")
    assert commands(understood, DANGER_NOW) == [Crisis("crisis_suicide", {})]


def test_a_question_back_is_no_answer_about_danger() -> None:
    asked_back = said("moeten mijn ouders het weten", ("weet_niet", 0.9))
    assert commands(asked_back, DANGER_NOW) == [CannotHandle()]


def test_the_same_topic_again_answers_its_open_question_instead_of_asking_it_twice() -> None:
    situation = Situation(TOPICS, frozenset(), frozenset(), LAW, topic="pgb_uitleg")
    again = commands_for(said("ik wil gewoon graag zo'n pgb", ("pgb_uitleg", 0.9)), situation)
    assert again == [SetSlots({"wet": "weet_niet"}, answer=True)]
    elsewhere = commands_for(said("ik zoek ook een taxi", ("vervoer", 0.9)), situation)
    assert isinstance(elsewhere[0], StartFlow)


def test_eviction_is_helped_at_once_instead_of_asked_about() -> None:
    topics = {**TOPICS, "spoed": "spoed"}
    evicted = said("dinsdag word ik uit mn huis gezet", ("spoed", 0.45), doubt=True)
    assert commands_for(evicted, Situation(topics, frozenset(), frozenset()))[0] == StartFlow("spoed")
    unclear = said("het loopt hier uit de hand", ("spoed", 0.45), doubt=True)
    assert commands_for(unclear, Situation(topics, frozenset(), frozenset()))[-1] == StartFlow("zeker_weten")


def test_what_is_told_about_the_topic_at_hand_is_no_riddle() -> None:
    topics = {**TOPICS, "vervolg_verteld": "vervolg_verteld"}
    situation = Situation(topics, frozenset(), frozenset(), topic="vervoer")
    unsure = (("vervoer", 0.3), ("pgb_uitleg", 0.2))
    assert commands_for(said("ik heb een nieuwe heup", *unsure), situation) == [StartFlow("vervolg_verteld")]
    assert isinstance(commands_for(said("wat kan een nieuwe heup?", *unsure), situation)[0], Clarify)


def test_a_long_sentence_that_looks_like_a_move_is_none() -> None:
    long_one = said("ze zeiden dat ik terug moest naar Rotterdam", ("terug", 0.7), ("vervoer", 0.2))
    assert Back() not in commands(long_one)
    assert commands(said("mag ik weer terug", ("terug", 0.7))) == [Back()]


PLACES = {
    **TOPICS,
    "vervolg_plaats": "vervolg_plaats",
    "vervolg_lijst": "vervolg_lijst",
    "vervolg_verteld": "vervolg_verteld",
}
SLOTS = frozenset({"plaats", "gemeente", "gemeente_status", "postcode4"})


def _place(text: str, question: Question | None = None, *, options: bool = False) -> list[Command]:
    start = text.index("voorbeeldstad")
    entities = {"plaats": "voorbeeldstad", "gemeente": "GM9999"}
    understood = said(text, ("leg_uit", 0.52), entities=entities, spans=((start, len(text)),))
    situation = Situation(PLACES, frozenset(), SLOTS, question, topic="huishoudelijke_hulp", options_shown=options)
    return commands_for(understood, situation)


def test_a_place_alone_tells_where_and_starts_nothing_anew() -> None:
    assert _place("voorbeeldstad")[-1] == StartFlow("vervolg_plaats")
    assert _place("ze woont in voorbeeldstad", options=True)[-1] == StartFlow("vervolg_lijst")
    assert _place("voorbeeldstad", LAW) == [
        SetSlots({"gemeente_status": None, "postcode4": None, "plaats": "voorbeeldstad", "gemeente": "GM9999"}, correction=True)
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["nee", "nee liever niet", "weet ik niet"])
def test_no_to_the_place_passes_it_over(words: str) -> None:
    question = Question("plaats", "text", (), {"Sla over": {"plaats": "overslaan"}})
    intent = "weet_niet" if "weet" in words else "ontkennen"
    assert read_answer(question, said(words, (intent, 0.9))) == {"plaats": "overslaan"}
    assert read_answer(question, said("nee, hij is kapot", ("ontkennen", 0.9))) is None


@pytest.mark.parametrize(
    ("words", "is_place"),
    [("Lutjebroekerveen", True), ("ik woon in Lutjebroekerveen", True), ("ben ik dan werkgever?", False), ("ik zoek hulp", False)],
)  # fmt: skip
def test_a_question_or_a_story_is_no_place(words: str, is_place: bool) -> None:
    assert bool(read_free_text(PLACE, said(words))) is is_place


def test_what_stands_on_a_button_may_be_typed() -> None:
    situation = Situation(TOPICS, frozenset(), frozenset(), labels={label_key("Stappen naar een pgb?"): "/pgb_uitleg"})
    assert commands_for(said("stappen naar een PGB"), situation) == [StartFlow(TOPICS["pgb_uitleg"])]


def test_worry_at_the_gentle_question_is_no_shrug() -> None:
    gentle = Question("zeker_weten", "categorical", ("geen_gevaar", "onveilig", "weet_niet"))
    calm, worried = said("overdag is ze onrustig"), said("ik durf thuis niets te zeggen", doubt=True)
    assert commands(calm, gentle) == [SetSlots({"zeker_weten": "weet_niet"}, answer=True)]
    assert SetSlots({"zeker_weten": "weet_niet"}, answer=True) not in commands(worried, gentle)
