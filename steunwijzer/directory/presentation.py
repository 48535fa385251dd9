"""An option as a resident sees it: a card, or one line of text."""

from __future__ import annotations

from typing import Any

from steunwijzer.directory.records import Record
from steunwijzer.directory.service import Option

_COSTS = {
    "gratis": "Gratis",
    "eigen_bijdrage": "U betaalt een bijdrage",
    "lidmaatschap": "Voor leden",
    "onbekend": "Vraag naar de kosten",
}
_AUDIENCE = {
    "volwassene": "volwassenen", "jeugdige": "kinderen en jongeren", "ouder_verzorger": "ouders", "mantelzorger": "mantelzorgers", "oudere": "ouderen",
    "lvb": "mensen met een verstandelijke beperking", "ggz": "mensen met psychische klachten", "nieuwkomer": "nieuwkomers", "iedereen": "iedereen",
}  # fmt: skip
_DAYS = {"MA": "ma", "DI": "di", "WO": "wo", "DO": "do", "VR": "vr", "ZA": "za", "ZO": "zo"}
_AREAS = {
    "postcode": "Bij u in de buurt",
    "wijk": "In uw wijk",
    "gemeente": "In uw gemeente",
    "landelijk": "Heel Nederland",
}


def as_card(option: Option) -> dict[str, Any]:
    """The item of a block ``opties``: what, for whom, costs, how to sign up, how to reach, checked on."""
    record = option.record
    phones = [item["nummer"] for item in record.get("telefoon", [])]
    card = {
        "id": record["id"],
        "naam": record["naam"],
        "organisatie": record["organisatie"]["naam"],
        "omschrijving": record["omschrijving"],
        "voor_wie": _for_whom(record),
        "kosten": costs(record),
        "aanmelden": record["aanmelden"],
        "openingstijden": "; ".join(_hours(item) for item in record.get("openingstijden", [])),
        "telefoon": phones[0] if phones else "",
        "email": record.get("email", ""),
        "url": record.get("url", ""),
        "adres": _address(record),
        "gebied": _AREAS[option.level],
        "gecontroleerd_op": record["laatstGecontroleerd"],
    }
    return {name: value for name, value in card.items() if value}


def as_line(option: Option) -> str:
    """One line that is complete without the card."""
    record = option.record
    reach = next((item["nummer"] for item in record.get("telefoon", [])), "") or record.get("url", "")
    description = record["omschrijving"].split(". ")[0].rstrip(".")
    return f"{record['naam']}: {description}. {costs(record)}. " + (
        f"Contact: {reach}." if reach else f"{record['aanmelden']}"
    )


def costs(record: Record) -> str:
    """Costs in words, with the amount when there is one."""
    given = record["kosten"]
    words = _COSTS[given["soort"]]
    if given.get("bedrag"):
        words = f"€ {given['bedrag']:.2f}".replace(".", ",")
    return f"{words} ({given['toelichting']})" if given.get("toelichting") else words


def _for_whom(record: Record) -> str:
    groups = [_AUDIENCE[group] for group in record.get("doelgroep", [])]
    low, high = record.get("leeftijdVan"), record.get("leeftijdTot")
    ages = (
        f"van {low} tot {high} jaar"
        if low is not None and high is not None
        else (f"vanaf {low} jaar" if low is not None else (f"tot {high} jaar" if high is not None else ""))
    )
    return " ".join(filter(None, [" en ".join(groups), ages]))


def _hours(item: dict[str, Any]) -> str:
    days = ", ".join(_DAYS[day] for day in item["dagen"])
    times = f" {item['van']}-{item['tot']}" if item.get("van") and item.get("tot") else ""
    return days + times + (f" ({item['opmerking']})" if item.get("opmerking") else "")


def _address(record: Record) -> str:
    address = record.get("adres")
    return f"{address['straat']} {address['huisnummer']}, {address['plaats']}" if address else ""
