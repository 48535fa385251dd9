"""What an editor can get wrong is found before it goes live, with the place and the remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from steunwijzer.checks import check_project
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.language import reading_ease, words_in
from tests.conftest import ROOT

TODAY = date(2026, 11, 26)
STANDARD = "content/balie/standaardantwoorden.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the content that an editor can break."""
    for folder in ("content", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "tests" / "nlu", tmp_path / "tests" / "nlu")
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def blocking(project: Path) -> list[Finding]:
    return [finding for finding in check_project(project, TODAY) if finding.blocks]


def test_what_we_ship_has_nothing_to_mend() -> None:
    assert blocking(ROOT) == []


def _unknown_number(project: Path) -> None:
    change(project / "content/antwoorden/besluit.yml", "{telefoon.nationale_ombudsman}", "{telefoon.ombudsmannetje}")


def _unknown_button(project: Path) -> None:
    change(project / "content/antwoorden/acties.yml", "payload: /wmo_melding", "payload: /bestaat_niet")


def _stray_amount(project: Path) -> None:
    change(
        project / "content/antwoorden/acties.yml",
        "De gemeente mag dat verlengen",
        "Dat kost € 12,34. De gemeente mag dat verlengen",
    )


def _broken_yaml(project: Path) -> None:
    change(project / "content/antwoorden/acties.yml", "  utter_termijnen_melding:", "  utter_termijnen_melding: [")


def _one_sided_question(project: Path) -> None:
    change(project / "content/keuzehulp.yml", "      pgb: Hoe betaal ik vervanging uit het budget?\n", "")


def _question_twice(project: Path) -> None:
    change(project / "content/pgb_vaardigheid.yml", "slot: kan_regels", "slot: kan_overzicht")


@pytest.mark.parametrize(
    ("mistake", "file"),
    [
        (_unknown_number, "besluit.yml"),
        (_unknown_button, "acties.yml"),
        (_stray_amount, "acties.yml"),
        (_broken_yaml, "acties.yml"),
        (_one_sided_question, "keuzehulp.yml:"),
        (_question_twice, "pgb_vaardigheid.yml:"),
    ],
)
def test_a_mistake_is_found_with_its_place_and_a_remedy(
    project: Path, mistake: Callable[[Path], None], file: str
) -> None:
    mistake(project)
    found = blocking(project)
    assert any(file in f"{finding.place} {finding.message}" for finding in found), found
    assert all(finding.message and finding.remedy for finding in found)


ACTIES = "content/antwoorden/acties.yml"
BEGIN = "        Het terugbelverzoek kon ik nu niet opslaan."


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (ACTIES, BEGIN, "        U heeft recht op hulp.", "belooft een recht"),
        ("content/begrippen.yml", "uitleg: Het kantoor dat", "uitleg: U heeft recht op hulp. Het kantoor dat", "belooft een recht"),
        ("content/begrippen.yml", "onderwerp: schulden", "onderwerp: bestaat_niet", "gesprek 'bestaat_niet' bestaat niet"),
        ("content/begrippen.yml", "ook: [aanvragen]", "ook: [aanvragen, melding]", "staat ook bij"),
        ("content/begrippen.yml", "    bron: hetcak.nl\n", "", "ontbreekt 'bron'"),
        ("content/telefoonnummers.yml", "https://www.113.nl", "http://www.113.nl", "begint niet met https://"),
        (STANDARD, "Kan ik nog iets voor u doen?", "Kan ik nog iets voor je doen?", "zegt 'je'"),
        (STANDARD, "onderwerpen: [jeugdhulp]", "onderwerpen: [bestaat_niet]", "het onderwerp 'bestaat_niet' bestaat niet"),
        (STANDARD, "{gemeente.jeugdteam}", "{gemeente.jeugdclubje}", "is niet bekend"),
        (STANDARD, "id: afscheid\n", "id: begroeting\n", "staat er twee keer"),
        (STANDARD, "titel: Afscheid\n", "title: Afscheid\n", "'title' is geen veld"),
        (STANDARD, "Kan ik nog iets voor u doen?", f"{'Kan ik voor u ' * 8}nog iets doen?", "een zin van"),
        ("content/telefoonnummers.yml", "https://www.113.nl", "https://www 113 nl", "geen geldige naam"),
        ("content/telefoonnummers.yml", "nummer: 0800-2000", "nummer: 0801-2000", "vreemde vorm"),
        (ACTIES, BEGIN, "        Bel mij: jan@voorbeeld.nl.", "e-mailadres"),
        (ACTIES, BEGIN, "        Mijn bsn is 111222333.", "bsn"),
        (ACTIES, BEGIN, "        Uw {gemeente.loketje} helpt u.", "bestaat niet"),
        (ACTIES, BEGIN, "        " + " ".join(["lang"] * 30) + ".", "een zin van 30 woorden"),
        (ACTIES, BEGIN, "        " + "Dit is een tekst. " * 20, "is lang: "),
        (ACTIES, BEGIN, "        Indien u belt, helpt de gemeente u.", "'indien' is een moeilijk woord"),
        ("content/antwoorden/besluit.yml", "lang_tot: {woorden: 90,", "lang_tot: {woorden: 61,", "hoogstens 61"),
        ("content/bedragen/recht.yml", "  dwangsom_max:", "  dwangsom_hoogst:", "bedrag 'dwangsom_hoogst' staat in geen enkele tekst"),
        ("content/keuzehulp.yml", "      vraag: Wie mag kiezen wie jou helpt?", "      vraag: Wie mag kiezen wie u helpt?", "zegt bij 'vraag' u tegen een jongere"),
        ("content/keuzehulp.yml", "maakt_niet_uit: Maakt je niet uit", "maakt_niet_uit: Maakt u niet uit", "zegt u tegen een jongere"),
        ("content/gemeenten/GM9999.yml", "wijkteam:", "wijkteem:", "geen veld van een profiel"),
        ("data/nlu/patronen.yml", "      - jawel\n", "      - jawel\n      - mijn bsn is 111222333\n", "bsn"),
        ("data/flows/wmo.yml", "      - call: clientondersteuning_kort\n      - action: utter_wmo_melding_hoe\n",
         "      - action: utter_wmo_melding_hoe\n      - call: clientondersteuning_kort\n", "zonder eerst cliëntondersteuning"),
        ("content/zorgvormen.yml", "[Veel papierwerk, ", "[", "noem evenveel nadelen"),
        ("content/zorgvormen.yml", "      pgb: [Uitleggen waarom zorg in natura niet past]", "      pgb: []", "bij jeugdwet: 4 en 3"),
        ("content/zorgvormen.yml", "    pgb: Zelf vervanging zoeken.\n", "", "klopt niet"),
        ("content/keuzehulp.yml", "{pgb: Ik zoek zelf iemand anders, zin: De organisatie stuurt iemand anders}",
         "{zin: De organisatie stuurt iemand anders, pgb: Ik zoek zelf iemand anders}", "keer vooraan"),
        ("content/keuzehulp.yml", "slot: keuze_wie", "slot: keuze_gezellig", "niet precies deze vragen"),
        ("content/pgb_vaardigheid.yml", "slot: kan_regels", "slot: kan_zwemmen", "staan niet zo in domain.yml"),
        (ACTIES, "  utter_terugbel_storing:\n    - text", "  utter_terugbel_storing:\n    - titel: Storing\n      text", "'titel' is geen veld"),
        (ACTIES, "  utter_terugbel_storing:\n    - text: |", "  utter_terugbel_storing:\n    - simpel: |", "ontbreekt 'text'"),
        (ACTIES, "  utter_terugbel_storing:\n    - text", "  utter_terugbel_storing:\n    - gecontroleerd_op: gisteren\n      text", "gecontroleerd_op' klopt niet"),
        (ACTIES, "  utter_terugbel_storing:\n    - text", "  utter_terugbel_storing:\n    - bron: [{titel: X, url: www.x.nl}]\n      text", "url' klopt niet"),
        (ACTIES, "  utter_terugbel_storing:\n    - text", "  utter_terugbel_storing:\n    - condition: [{type: slot, name: bestaat_niet, value: ja}]\n      text", "onbekend slot 'bestaat_niet'"),
        (ACTIES, "  utter_terugbel_storing:\n", "  utter_nergens_gebruikt:\n    - text: Hallo daar.\n  utter_terugbel_storing:\n", "wordt nergens gebruikt"),
        (ACTIES, "  utter_terugbel_storing:\n", "  utter_terugbel_storing:\n    - {text: Eerst.}\n  utter_terugbel_storing:\n", "voor de tweede keer"),
        (ACTIES, "  utter_terugbel_storing:\n", "  utter_terugbel_storing:\n    - {condition: [{type: slot, name: jongere, value: ja}], text: Dag.}\n    - {condition: [{type: slot, name: wet, value: wlz}], text: Dag.}\n", "is gelijk aan"),
        (ACTIES, BEGIN, "        Bel mij op 06-12345678.", "telefoonnummer"),
        (ACTIES, BEGIN, "        Mijn rekening is NL91ABNA0417164300.", "rekeningnummer"),
        (ACTIES, BEGIN, "        Gemeentelijke ondersteuningsmogelijkheden, verantwoordelijkheidsverdelingen, toegankelijkheidsvoorzieningen en samenwerkingsovereenkomsten bestaan onverminderd, overeenkomstig uitvoeringsbepalingen.", "leest zwaar"),
        ("content/antwoorden/pgb_kiezen.yml", "U hoeft nog niet te kiezen.", "Wij raden een pgb aan.", "geeft een oordeel"),
    ],
)  # fmt: skip
def test_each_check_fails_on_bad_content_with_file_line_and_remedy(
    project: Path, file: str, old: str, new: str, words: str
) -> None:
    change(project / file, old, new)
    found = [finding for finding in blocking(project) if words in finding.message]
    assert found, blocking(project)
    assert re.search(rf"{re.escape(Path(file).name)}:\d+$", found[0].place), found[0]
    assert found[0].remedy


def test_a_text_may_read_heavier_only_with_a_reason(project: Path) -> None:
    heavy = (
        "        Gemeentelijke ondersteuningsmogelijkheden en toegankelijkheidsvoorzieningen bestaan. "
        + "Dat is zo. " * 3
    )
    change(project / ACTIES, BEGIN, heavy)
    begin = "  utter_terugbel_storing:\n    - text"
    assert any("leest zwaar" in finding.message for finding in blocking(project))
    change(project / ACTIES, begin, "  utter_terugbel_storing:\n    - leesbaar_vanaf: {score: 5}\n      text")
    assert any("ontbreekt 'reden'" in finding.message for finding in blocking(project))
    change(project / ACTIES, "{score: 5}", "{score: 5, reden: Vaste woorden uit de wet.}")
    assert not any("leest zwaar" in finding.message for finding in blocking(project))


def test_short_plain_sentences_read_easily() -> None:
    assert reading_ease("De gemeente helpt u. U belt en u vraagt wat er kan. Het kost niets.") > 80
    assert reading_ease("Gemeentelijke ondersteuningsmogelijkheden vereisen verantwoordelijkheidsverdelingen.") < 20


def test_a_key_that_two_files_have_is_named_with_its_place(project: Path) -> None:
    change(project / "content/antwoorden/besluit.yml", "  utter_status_aanvraag_bel:", "  utter_terugbel_storing:")
    found = [finding for finding in blocking(project) if "bestaat al in" in finding.message]
    assert re.fullmatch(r"content/antwoorden/besluit\.yml:\d+", found[0].place)


def test_an_amount_past_its_day_blocks_unless_an_editor_said_what_happens_then(project: Path) -> None:
    later = date(2027, 2, 1)
    path = project / "content/bedragen/wmo.yml"
    assert not [f for f in check_project(project, later) if "verlopen" in f.message]
    path.write_text(re.sub(r"^    na_afloop:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    expired = [
        f.place for f in check_project(project, later) if "wmo_eigen_bijdrage' is verlopen" in f.message and f.blocks
    ]
    assert expired == ["content/bedragen/wmo.yml:4"]
    assert not [f for f in check_project(project, TODAY) if "verlopen" in f.message]


def test_a_text_past_its_day_blocks(project: Path) -> None:
    begin = "  utter_terugbel_storing:\n    - text"
    change(project / ACTIES, begin, '  utter_terugbel_storing:\n    - geldig_tot: "2026-01-01"\n      text')
    assert any("was geldig tot 2026-01-01" in finding.message for finding in blocking(project))


def test_a_hard_word_blocks_with_an_easier_one_unless_the_text_says_why(project: Path) -> None:
    change(project / ACTIES, BEGIN, "        Indien u belt, helpt de gemeente u.")
    found = [finding for finding in blocking(project) if "'indien'" in finding.message]
    assert "'als'" in found[0].remedy
    assert found[0].place.startswith(f"{ACTIES}:")
    begin = "  utter_terugbel_storing:\n    - text"
    allowed = (
        "  utter_terugbel_storing:\n    - moeilijk_mag: {woorden: [indien], reden: Staat zo in de wet.}\n      text"
    )
    change(project / ACTIES, begin, allowed)
    assert not [finding for finding in blocking(project) if "'indien'" in finding.message]


def test_a_bound_of_its_own_needs_a_reason(project: Path) -> None:
    begin = "  utter_terugbel_storing:\n    - text"
    change(project / ACTIES, begin, "  utter_terugbel_storing:\n    - lang_tot: {woorden: 80}\n      text")
    assert any("lang_tot" in finding.message and "reden" in finding.message for finding in blocking(project))


def test_a_long_text_counts_words_not_the_dashes_of_a_list() -> None:
    assert words_in("Zo gaat het:\n- u belt;\n- u krijgt {termijn.bezwaar}.") == 8


def test_a_word_that_is_in_no_text_is_pointed_out_unless_it_says_where_it_is_read(project: Path) -> None:
    place = "content/begrippen.yml"
    change(project / place, "    staat_in: brief van de gemeente\n", "")
    found = [finding for finding in check_project(project, TODAY) if "staat in geen enkele tekst" in finding.message]
    assert [re.sub(r":\d+", "", finding.place) for finding in found] == [place]
    assert "staat_in" in found[0].remedy
    assert not found[0].blocks


def test_far_more_words_about_one_form_is_for_an_editor_to_weigh(project: Path) -> None:
    change(project / "content/zorgvormen.yml", "pgb: Zelf vervanging zoeken.", f"pgb: {'Nog een zin erbij. ' * 40}")
    found = [finding for finding in check_project(project, TODAY) if "krijgt de ene vorm" in finding.message]
    assert found
    assert not any(finding.blocks for finding in found)


def test_the_comparison_does_not_say_u_to_the_young(project: Path) -> None:
    change(project / "content/zorgvormen.yml", "pgb: Zelf vervanging zoeken.", "pgb: U zoekt zelf vervanging.")
    assert any("u tegen een jongere" in finding.message for finding in blocking(project))
