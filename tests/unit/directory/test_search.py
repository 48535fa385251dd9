"""A resident looks for help nearby, in his own words."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.yamlsource import load
from steunwijzer.directory import places, store
from steunwijzer.directory.exchange import read_file
from steunwijzer.directory.narrowing import look, remembered
from steunwijzer.directory.service import DirectoryUnavailable, SearchQuery, build, first_words, search, themes
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)
CONTENT = ROOT / "content"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("opties") / "directory.sqlite"
    build(CONTENT, path)
    return path


def record(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
        "naam": name,
        "organisatie": {"naam": "Test"},
        "omschrijving": "Een omschrijving die lang genoeg is.",
        "thema": ["huishouden"],
        "kosten": {"soort": "gratis"},
        "aanmelden": "Bel",
        "gebied": {"gemeenten": ["GM0001"]},
        "laatstGecontroleerd": "2026-10-01",
        "status": "gepubliceerd",
        **more,
    }


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "directory.sqlite"
    old = (TODAY - timedelta(days=400)).isoformat()
    records = [
        record("Landelijk", gebied={"landelijk": True}),
        record("In de gemeente"),
        record("In de wijk", gebied={"wijken": ["WK000101"]}),
        record("In de straat", gebied={"postcodes4": ["1281"]}),
        record("Te oud", laatstGecontroleerd=old),
        record("Nog niet begonnen", geldigVan="2027-01-01"),
        record("Al gestopt", geldigTot="2026-10-31"),
        record("Nog een concept", status="concept"),
        record("Betaald", kosten={"soort": "eigen_bijdrage", "bedrag": 5}),
        record("Met verwijzing", verwijzingNodig="ja"),
        record("Voor jongeren", doelgroep=["jeugdige"]),
    ]
    store.rebuild(path, records, "content", "test")
    return path


def names(path: Path, **query: Any) -> list[str]:
    return [option.name for option in search(path, SearchQuery(today=TODAY, limit=20, **query)).options]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rolstoelen lenen", "Thuiszorgwinkel De Steun"),
        ("iemand die komt poetsen", "Hulp in huis Voorbeeldstad"),
        ("koffie drinken met anderen", "Inloop De Huiskamer"),
        ("klusje in huis", "Klussendienst Hamer en Hart"),
        ("Alzheimer", "Alzheimercafé"),
        ("formulieren invullen", "Formulierenbrigade"),
    ],
)
def test_words_find_what_is_meant(shipped: Path, words: str, found: str) -> None:
    assert found in names(shipped, words=words, municipality="GM9999")


def test_the_nearest_comes_first_and_national_help_last(small: Path) -> None:
    found = names(small, theme="huishouden", postcode4="1281", district="WK000101", municipality="GM0001")
    assert found[:2] == ["In de straat", "In de wijk"]
    assert found[-1] == "Landelijk"


def test_who_names_no_district_sees_offers_of_all_districts(small: Path) -> None:
    assert "In de wijk" in names(small, theme="huishouden", municipality="GM0001")


def test_stale_future_ended_and_unpublished_offers_are_hidden(small: Path) -> None:
    hidden = {"Te oud", "Nog niet begonnen", "Al gestopt", "Nog een concept"}
    assert not hidden & set(names(small, theme="huishouden", municipality="GM0001"))


def test_filters(small: Path) -> None:
    assert "Betaald" not in names(small, theme="huishouden", municipality="GM0001", free_only=True)
    assert "Met verwijzing" not in names(small, theme="huishouden", municipality="GM0001", without_referral=True)
    assert "Voor jongeren" not in names(small, theme="huishouden", municipality="GM0001", audience="oudere")


def test_elsewhere_there_is_only_national_help(small: Path) -> None:
    result = search(small, SearchQuery(today=TODAY, theme="huishouden", municipality="GM0002"))
    assert result.status == "alleen_landelijk"
    assert [option.name for option in result.options] == ["Landelijk"]


@pytest.mark.parametrize("theme", themes(CONTENT))
def test_every_theme_has_something_national(shipped: Path, theme: str) -> None:
    result = search(shipped, SearchQuery(today=TODAY, theme=theme, municipality="GM0363"))
    assert any(option.level == "landelijk" for option in result.options)


def test_what_fits_best_stands_first(shipped: Path) -> None:
    result = search(shipped, SearchQuery(today=TODAY, theme="huishouden", municipality="GM9999"))
    assert result.options[0].record["thema"][0] == "huishouden"


def test_a_missing_or_damaged_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(DirectoryUnavailable):
        search(tmp_path / "weg.sqlite", SearchQuery(today=TODAY))
    (tmp_path / "stuk.sqlite").write_bytes(b"dit is geen database" * 100)
    with pytest.raises(DirectoryUnavailable):
        search(tmp_path / "stuk.sqlite", SearchQuery(today=TODAY))


def test_building_again_changes_nothing_and_keeps_what_was_imported(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    count = build(CONTENT, path)
    made = path.stat().st_mtime_ns
    assert build(CONTENT, path) == count
    assert path.stat().st_mtime_ns == made
    store.put(path, [record("Ingelezen")], "import")
    store.rebuild(path, [], "content", "leeg")
    assert [item["naam"] for item in store.all_records(path)] == ["Ingelezen"]


def test_voorbeeldstad_has_plenty_and_numbers_agree_with_the_telephone_list(shipped: Path) -> None:
    local = read_file(CONTENT / "opties" / "GM9999.csv", themes(CONTENT)).accepted
    assert len(local) >= 60
    known = {entry["nummer"] for entry in load(CONTENT / "telefoonnummers.yml")["nummers"].values()}
    national = [r for r in store.all_records(shipped) if r["gebied"].get("landelijk")]
    numbers = {phone["nummer"] for r in national for phone in r.get("telefoon", [])}
    assert numbers <= known


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Voorbeeldstad", ["GM9999"]),
        ("ik woon in Voorbeeldstad", ["GM9999"]),
        ("Den Haag", ["GM0518"]),
        ("den bosch", ["GM0796"]),
        ("1281", ["GM9999"]),
        ("1011 AB", ["GM0363"]),
        ("Verweggistan", []),
    ],
)
def test_places(said: str, codes: list[str]) -> None:
    assert [item.code for item in places.find(CONTENT / "geografie", said)] == codes


@pytest.mark.parametrize("said", ["Hoorn", "Oosterhout", "Rijswijk"])
def test_a_name_in_more_municipalities_gives_a_choice(said: str) -> None:
    assert len(places.find(CONTENT / "geografie", said)) > 1


def test_all_municipalities_are_there() -> None:
    known = places.gazetteer(CONTENT / "geografie").municipalities
    assert len(set(known) - {"GM9999"}) == 342


def shown(
    path: Path, memory: dict[str, object], **query: object
) -> tuple[list[str], tuple[str, ...], dict[str, object]]:
    found = look(path, SearchQuery(today=TODAY, municipality="GM9999", **query), memory)  # type: ignore[arg-type]
    return [option.name for option in found.result.options], found.dropped, found.memory


def test_weekly_help_stands_before_a_yearly_clean(shipped: Path) -> None:
    core = first_words(ROOT / "content", "huishouden")
    found = search(shipped, SearchQuery(today=TODAY, theme="huishouden", municipality="GM9999", core=core))
    names = [option.name for option in found.options]
    assert names[0] == "Hulp in huis Voorbeeldstad"
    assert names.index("Hulp in huis Voorbeeldstad") < names.index("Grote schoonmaak met studenten")


def test_more_goes_on_where_the_list_stopped_and_says_when_it_ends(shipped: Path) -> None:
    seen: set[str] = set()
    memory: dict[str, object] = {"thema": "ontmoeting"}
    dropped: tuple[str, ...] = ()
    for _ in range(12):
        names, dropped, memory = shown(shipped, memory, theme="ontmoeting")
        if dropped:
            break
        local = set(names[:-1])
        assert not local & seen
        seen |= local
        memory = remembered(memory, "meer")
    assert dropped == ("meer",)
    assert len(seen) > 5
    assert names


@pytest.mark.parametrize("wish", ["gratis", "zonder_verwijzing", "dichterbij", "ouderen", "kinderen", "mantelzorgers"])
@pytest.mark.parametrize("theme", ["huishouden", "vervoer", "ontmoeting", "jeugd", "werk", "pgb"])
def test_a_wish_is_kept_or_named_and_never_leaves_an_empty_list(shipped: Path, theme: str, wish: str) -> None:
    memory = remembered({"thema": theme}, wish)
    found = look(shipped, SearchQuery(today=TODAY, municipality="GM9999", postcode4="1281", theme=theme), memory)
    assert found.result.options
    assert found.result.options[-1].level == "landelijk"
    near = [option for option in found.result.options if option.level != "landelijk"]
    if wish == "gratis" and not found.dropped:
        assert all(option.record["kosten"]["soort"] == "gratis" for option in near)
    if wish == "zonder_verwijzing" and not found.dropped:
        assert all(option.record.get("verwijzingNodig") != "ja" for option in near)
    if wish == "dichterbij" and not found.dropped:
        assert all(option.level in {"postcode", "wijk"} for option in near)
    if wish == "ouderen" and not found.dropped:
        assert all({"oudere", "volwassene", "iedereen"} & set(option.record["doelgroep"]) for option in near)


def test_a_wish_that_cannot_be_had_is_let_go_and_named(shipped: Path) -> None:
    names, dropped, memory = shown(
        shipped, remembered({"thema": "vervoer"}, "dichterbij"), theme="vervoer", postcode4="1284"
    )
    assert dropped == ("dichterbij",)
    assert len(names) > 1
    assert "dichterbij" not in memory


def test_wishes_add_up() -> None:
    memory = remembered(remembered({"thema": "jeugd"}, "gratis"), "kinderen")
    assert memory == {"thema": "jeugd", "gratis": True, "doelgroep": "jeugdige", "getoond": []}


def test_an_age_hides_what_is_for_others(shipped: Path) -> None:
    names, _, _ = shown(shipped, {"thema": "jeugd"}, theme="jeugd", age=40)
    assert "Huiswerkhulp met maatje" not in names


def test_where_nothing_is_near_no_wish_is_made_up(shipped: Path) -> None:
    found = look(shipped, SearchQuery(today=TODAY, municipality="GM1690", theme="ontmoeting", words="zingen"), {})
    assert found.dropped == ()
    assert found.result.status == "alleen_landelijk"
    assert found.result.options
