"""Who, when, which law, what kind of support: as residents say it."""

from __future__ import annotations

import pytest

from bot.nlu.entities import dates, persons, places, words


def values(found: list, entity: str) -> list:
    return [item.value for item in found if item.entity == entity]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("mijn moeder van 82 kan haar huis niet meer schoonhouden", "ouder"),
        ("Ik zoek hulp voor m'n man", "partner"),
        ("ons zoontje kan niet stilzitten op school", "kind"),
        ("mijn oude buurvrouw redt het niet alleen", "ander"),
        ("ik ben wijkverpleegkundige en mijn cliënt wil een traplift", "client"),
        ("het is voor mezelf", "mijzelf"),
        ("niet voor mijn moeder, voor mijn vader", "ouder"),
        ("nee niet voor mijn man, voor mezelf", "mijzelf"),
    ],
)
def test_for_whom(sentence: str, who: str) -> None:
    assert values(persons.find(sentence), "voor_wie") == [who]


@pytest.mark.parametrize(
    "sentence",
    [
        "mijn dochter helpt mij met de boodschappen",
        "mijn man is overleden en nu zit ik hier alleen",
        "mijn man is in mei overleden en ik red het huis niet meer",
        "sinds mijn vrouw er niet meer is lukt het koken niet",
        "ik kan niet meer zelf koken",
        "kan ik zelf kiezen wie er komt",
        "moet ik zelf iets doen",
        "laat maar, ik vraag mijn zoon",
        "kan mijn zus mij helpen en betaald worden uit een pgb",
        "ik zoek vervoer naar mijn zus",
        "mag mijn dochter erbij zijn",
    ],
)
def test_a_helper_or_a_late_husband_is_not_the_person_who_needs_help(sentence: str) -> None:
    assert not values(persons.find(sentence), "voor_wie")


@pytest.mark.parametrize(
    ("sentence", "age"),
    [
        ("mijn moeder van 82 woont alleen", 82),
        ("ik ben zevenentachtig jaar", 87),
        ("mijn zoon is bijna 18", 18),
        ("een 10-jarige jongen", 10),
        ("ik word 67", 67),
        ("ik ben man 71", 71),
        ("vrouw, 80, alleen", 80),
        ("mijn vader is begin tachtig", 80),
        ("ze is dik in de negentig", 90),
        ("een kras tachtiger", 80),
        ("mijn zus is achtenveertig jaar", 48),
    ],
)
def test_age(sentence: str, age: int) -> None:
    assert values(persons.find(sentence), "leeftijd") == [age]


@pytest.mark.parametrize(
    "sentence",
    [
        "dat was 12 jaar geleden",
        "ik krijg 3 uur hulp",
        "voor mijn man 20 euro",
        "de rekening is 21 euro",
        "ik wacht al 5 weken",
    ],
)
def test_other_numbers_are_no_age(sentence: str) -> None:
    assert not values(persons.find(sentence), "leeftijd")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("ik heb op 3 november gemeld", "3 november"),
        ("gemeld op 03-11-2026", "03-11-2026"),
        ("dat was twee weken geleden", "twee weken geleden"),
        ("Gisteren heb ik gebeld", "Gisteren"),
        ("vorige week maandag kwam de brief", "vorige week maandag"),
        ("op drie november heb ik gebeld", "3 november"),
        ("de derde van november", "3 november"),
        ("het was de 21e september", "21 september"),
        ("eenentwintig oktober 2026 kwam de brief", "21 oktober 2026"),
    ],
)
def test_dates_stay_as_the_resident_said_them(sentence: str, said: str) -> None:
    assert values(dates.find(sentence), "datum") == [said]


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("mijn moeder van 82", "oudere"),
        ("ik ben 15", "jongere"),
        ("onze kleuter praat niet", "kind"),
        ("mijn zoon is 17 jaar", "jongere"),
        ("ik ben 45 jaar", "volwassene"),
        ("een bejaarde vrouw in de straat", "oudere"),
    ],
)
def test_age_group_comes_from_the_age_or_else_from_a_word(sentence: str, group: str) -> None:
    assert values(persons.find(sentence), "leeftijdsgroep") == [group]


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [("kan ik jullie bellen", "telefoon"), ("liever per mail", "mail"), ("mag ik langskomen", "balie")],
)
def test_channel(sentence: str, channel: str) -> None:
    assert values(words.find("kanaal", "kanalen", sentence, tokens(sentence)), "kanaal") == [channel]


def test_no_date_without_a_date() -> None:
    assert not dates.find("ik woon op nummer 12 met 3 katten")


def tokens(sentence: str, **lemmas: str) -> list[words.Token]:
    return [(word, lemmas.get(word, word), 0, len(word)) for word in sentence.split()]


def test_law_is_found_by_name_and_by_counter() -> None:
    assert values(words.find("wet", "wetten", "een pgb uit de Wlz", tokens("een pgb uit de Wlz")), "wet") == ["wlz"]
    assert values(
        words.find("wet", "wetten", "brief van het zorgkantoor", tokens("brief van het zorgkantoor")), "wet"
    ) == ["wlz"]


def test_theme_is_found_by_lemma() -> None:
    sentence = "waar leen ik rolstoelen"
    assert values(words.find("thema", "themas", sentence, tokens(sentence, rolstoelen="rolstoel")), "thema") == [
        "hulpmiddelen"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "ik ben 15 en heb ruzie thuis",
        "Ik ben nog maar twaalf",
        "ik ben een meisje van 13",
        "ik word 18, wat verandert er",
        "ik zit in de brugklas en zorg voor mijn moeder",
    ],
)
def test_a_young_person_who_speaks_is_known(sentence: str) -> None:
    assert values(persons.find(sentence), "jongere") == ["ja"]


@pytest.mark.parametrize(
    "sentence",
    [
        "mijn zoon is 15 en luistert niet",
        "ik ben 15 jaar getrouwd",
        "ik ben 17 weken zwanger",
        "ik ben 81 en zoek hulp",
        "mijn dochter zit in de brugklas",
    ],
)
def test_an_adult_is_not_taken_for_a_young_person(sentence: str) -> None:
    assert not values(persons.find(sentence), "jongere")


def test_an_article_is_no_age() -> None:
    assert not values(persons.find("begeleiding thuis van een vaste persoon"), "leeftijd")
    assert values(persons.find("mijn dochter is een jaar"), "leeftijd") == [1]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("woon in voorbeeldstad", "voorbeeldstad"),
        ("ik wonen enschede heb hulp nodig", "enschede"),
        ("die woont in Enschede", "Enschede"),
        ("we wonen in zwolle", "zwolle"),
    ],
)
def test_where_somebody_lives_in_small_letters_and_broken_dutch(sentence: str, place: str) -> None:
    assert values(places.find(sentence), "plaats") == [place]


@pytest.mark.parametrize(
    "sentence",
    ["ik woon alleen", "hij woont nog thuis", "vervoer naar mijn zus in Groningen", "ik ga verhuizen naar Zwolle"],
)
def test_no_place_or_a_place_where_nobody_lives_yet(sentence: str) -> None:
    assert not values(places.find(sentence), "plaats")
