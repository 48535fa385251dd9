"""The documents a municipality starts from are whole, and name what the code has."""

from __future__ import annotations

import json
import re

import pytest

from steunwijzer.chat import limits
from steunwijzer.settings import SETTINGS
from steunwijzer.store import DOORS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
# The fields of the Dutch Algorithm Register's publication standard 1.0, as its delivery interface takes them.
FIELDS = {
    "name",
    "description_short",
    "organization",
    "category",
    "status",
    "begin_date",
    "end_date",
    "contact_email",
    "website",
    "publication_category",
    "url",
    "goal",
    "proportionality",
    "human_intervention",
    "risks",
    "lawful_basis",
    "lawful_basis_grouping",
    "process_index_url",
    "impacttoetsen_grouping",
    "impacttoetsen",
    "source_data",
    "source_data_grouping",
    "methods_and_models",
    "provider",
    "publiccode",
    "lang",
    "standard_version",
    "source_id",
    "tags",
}
ALLOWED = {
    "status": {"In ontwikkeling", "In gebruik", "Buiten gebruik"},
    "publication_category": {"Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"},
    "lang": {"nld"},
    "standard_version": {"1.0"},
}
LONGEST = {"name": 100, "description_short": 350, "organization": 100, "contact_email": 500, "tags": 2500}
NEEDED = {"name", "description_short", "organization", "status", "contact_email", "publication_category", "lang"}


def test_the_registration_has_the_fields_of_the_standard() -> None:
    given = json.loads((DOCS / "algoritmeregister.json").read_text(encoding="utf-8"))
    assert set(given) == FIELDS
    assert all(given[name] for name in NEEDED)
    assert {name: given[name] for name, values in ALLOWED.items() if given[name] not in values} == {}
    assert {name: len(given[name]) for name, most in LONGEST.items() if len(given[name]) > most} == {}
    assert 1 <= len(given["category"]) <= 3


@pytest.mark.parametrize("name", ["beheer", "dpia", "koppelingen", "privacy", "toegankelijkheidsverklaring"])
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([\w./-]+)\)", (DOCS / f"{name}.md").read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), target


def test_the_page_for_administrators_names_settings_doors_and_limits_that_exist() -> None:
    page = (DOCS / "beheer.md").read_text(encoding="utf-8")
    known = {f"STEUNWIJZER_{setting.name}" for setting in SETTINGS}
    connectors = (DOCS / "koppelingen.md").read_text(encoding="utf-8")
    assert set(re.findall(r"STEUNWIJZER_[A-Z_]*[A-Z]", page + connectors)) <= known
    assert all(f"`{door}`" in page for door in DOORS)
    assert f"{limits.REQUESTS_PER_ADDRESS.burst} verzoeken ineens" in page
    assert f"{limits.CONVERSATIONS_PER_ADDRESS.burst} nieuwe gesprekken ineens" in page
    assert f"{limits.TURNS_PER_CONVERSATION.burst} berichten ineens" in page


def test_the_handbook_of_the_desk_names_buttons_as_they_are() -> None:
    handbook = (DOCS / "handleiding-kcc.md").read_text(encoding="utf-8")
    pages = (ROOT / "steunwijzer" / "desk" / "templates").glob("*.html")
    desk = " ".join(page.read_text(encoding="utf-8") for page in [*pages, ROOT / "steunwijzer" / "desk" / "menu.py"])
    # At the start of a line bold words may also be the title of a paragraph.
    bold = re.finditer(r"\*\*([^*\n]+)\*\*", handbook)
    names = [found[1] for found in bold if handbook[found.start() - 1] != "\n"]
    assert len(names) > 20
    assert [name for name in names if name.strip(".").casefold() not in desk.casefold()] == []
