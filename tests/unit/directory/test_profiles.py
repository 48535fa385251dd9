"""Profiles of municipalities: what is filled in, what lacks, what is wrong; and the page that shows it."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sanic import Sanic
from sanic_testing.testing import SanicASGITestClient

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from steunwijzer.directory import places
from steunwijzer.directory.profiles import fields, problems, profile, profiles
from steunwijzer.pages.gemeenten import profile_pages
from tests.conftest import ROOT

TODAY = date(2026, 11, 26)
ANSWERS = load_answers(ROOT / "content")
TEXTS = [text for variations in ANSWERS.values() for a in variations for text in (a.text, a.simple) if text]
PARTLY = """\
gemeente: GM9998
naam: Testeradeel
verzonnen: true
ook_bekend_als: [Testwijzer]
telefoon: 14 0998
wijkteam: het Dorpenteam
bron: ["Verzonnen voor de tests"]
gecontroleerd_op: "2024-01-10"
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The shipped content with a second municipality that filled in little."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content/gemeenten/GM9998.yml").write_text(PARTLY, encoding="utf-8")
    return tmp_path / "content"


def test_the_demo_municipality_lacks_nothing() -> None:
    demo = next(profile for profile in profiles(ROOT / "content") if profile.code == "GM9999")
    assert demo.missing == ()
    assert list(problems(ROOT / "content")) == []


def test_a_profile_says_what_it_lacks_and_residents_read_the_national_words(content: Path) -> None:
    partly = next(profile for profile in profiles(content) if profile.code == "GM9998")
    assert set(partly.filled) == {"naam", "telefoon", "wijkteam"}
    assert {field.name for field in partly.missing} == {field.name for field in fields(content)} - set(partly.filled)
    assert partly.is_stale(TODAY)
    facts = load_facts(content)
    assert facts.municipal("wijkteam", "GM9998") == "het Dorpenteam"
    for field in partly.missing:
        assert facts.municipal(field.name, "GM9998") == field.national != ""


@pytest.mark.parametrize("field", [field.name for field in fields(ROOT / "content")])
def test_every_text_can_be_said_when_a_municipality_left_this_field_out(tmp_path: Path, field: str) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    path = tmp_path / "content/gemeenten/GM9999.yml"
    without = re.sub(rf"^{field}:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(without, encoding="utf-8")
    facts = load_facts(tmp_path / "content")
    words = facts.municipal(field, "GM9999")
    assert words
    national = facts.municipal(field, "GM0000")
    assert field == "naam" or words == national
    renderer = Renderer(ANSWERS, facts, {})
    for text in [text for text in TEXTS if f"{{gemeente.{field}}}" in text]:
        line = next(line for line in text.splitlines() if f"{{gemeente.{field}}}" in line)
        part = next(part for part in re.split(r"(?<=[.!?])\s+", line) if f"{{gemeente.{field}}}" in part)
        if re.search(r"\{(?!gemeente\.|telefoon\.|termijn\.)", part):
            continue
        assert words in renderer.fill(part, Situation({}, TODAY, "GM9999")), part


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("telefoon: 14 0998", "telefon: 14 0998", 5),
        ("naam: Testeradeel", "naam: ''", 2),
        ("gemeente: GM9998", "gemeente: GM9997", 1),
        ("wijkteam: het Dorpenteam", "website: testeradeel punt nl", 6),
        ('gecontroleerd_op: "2024-01-10"', "# geen datum", 1),
    ],
)
def test_a_mistake_in_a_profile_is_found_on_its_line(content: Path, old: str, new: str, line: int) -> None:
    path = content / "gemeenten/GM9998.yml"
    path.write_text(PARTLY.replace(old, new), encoding="utf-8")
    found = list(problems(content))
    assert [(problem.file, problem.line) for problem in found] == [("GM9998.yml", line)]
    assert found[0].message
    assert found[0].remedy


def test_a_field_without_national_words_is_found(content: Path) -> None:
    path = content / "gemeenten/_landelijk.yml"
    path.write_text(re.sub(r"^opvang:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    assert [problem.file for problem in problems(content)] == ["_landelijk.yml"]


def test_the_name_residents_use_leads_to_the_municipality() -> None:
    found = places.find(ROOT / "content" / "geografie", "de Voorbeeldwijzer")
    assert [item.code for item in found] == ["GM9999"]


async def test_the_page_shows_what_lacks_and_stays_out_of_search_engines(content: Path) -> None:
    app: Sanic[None, None] = Sanic("profielpagina")
    app.blueprint(profile_pages(content, lambda: datetime(2026, 11, 26, tzinfo=UTC)))
    _, response = await SanicASGITestClient(app).get("/gemeenten")
    assert response.status == 200
    assert "noindex" in response.headers["x-robots-tag"]
    assert "3 van 25" in response.text
    assert "Ontbreekt." in response.text
    assert "de onafhankelijke cliëntondersteuning in uw gemeente" in response.text
    assert "ouder dan een jaar" in response.text
    _, style = await SanicASGITestClient(app).get("/gemeenten.css")
    assert style.status == 200


def test_one_profile_by_its_code_and_nothing_but_a_code() -> None:
    found = profile(ROOT / "content", "GM9999")
    assert found is not None
    assert (found.name, found.websites) == ("Voorbeeldstad", ("https://voorbeeldstad.example",))
    assert found == next(each for each in profiles(ROOT / "content") if each.code == "GM9999")
    for code in ("GM0000", "_landelijk", "../gemeenten/GM9999", "GM9999\n", ""):
        assert profile(ROOT / "content", code) is None
