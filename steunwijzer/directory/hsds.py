"""Records as Open Referral HSDS 3 and back, without loss.

What HSDS has a place for goes there; what it has none for (doelgroep, thema, verwijzing, area codes) becomes an ``attribute``
with a taxonomy of ours, as HSDS means it to.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from steunwijzer.directory.records import Record

_NAMESPACE = uuid.UUID("2a9f1c55-6a1e-4f0d-8f0e-2f9f5a8b7c10")
_STATUS = {"gepubliceerd": "active", "concept": "inactive", "ter_beoordeling": "inactive", "gearchiveerd": "defunct"}
_DAYS = {"MA": "MO", "DI": "TU", "WO": "WE", "DO": "TH", "VR": "FR", "ZA": "SA", "ZO": "SU"}
_TEXT = {
    "voorwaarden": "eligibility_description",
    "email": "email",
    "url": "url",
    "laatstGecontroleerd": "assured_date",
    "gecontroleerdDoor": "assurer_email",
    "gewijzigdOp": "last_modified",
}
_ATTRIBUTES = ("verwijzingNodig", "verwijzingDoor", "geldigVan", "geldigTot", "bron", "status", "versie")
_AREA_URI = "https://identifier.overheid.nl/tooi/id/gemeente/"


def _id(owner: str, *parts: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "|".join([owner, *map(str, parts)])))


def to_hsds(record: Record) -> dict[str, Any]:
    """An HSDS 3 service with its organization, location, phones, schedules, costs, areas and attributes nested."""
    own = record["id"]
    service: dict[str, Any] = {
        "id": own,
        "name": record["naam"],
        "description": record["omschrijving"],
        "status": _STATUS[record["status"]],
        "application_process": record["aanmelden"],
        "organization": _organization(record["organisatie"]),
        "cost_options": [_cost(own, record["kosten"])],
        "service_areas": _areas(own, record["gebied"]),
        "attributes": _attributes(own, record),
    }
    service |= {there: record[here] for here, there in _TEXT.items() if here in record}
    if "leeftijdVan" in record:
        service["minimum_age"] = record["leeftijdVan"]
    if "leeftijdTot" in record:
        service["maximum_age"] = record["leeftijdTot"]
    if "telefoon" in record:
        service["phones"] = [_phone(own, number, item) for number, item in enumerate(record["telefoon"])]
    if "openingstijden" in record:
        service["schedules"] = [_schedule(own, number, item) for number, item in enumerate(record["openingstijden"])]
    if "talen" in record:
        service["languages"] = [{"id": _id(own, "taal", code), "code": code} for code in record["talen"]]
    if "adres" in record or "toegankelijkheid" in record:
        service["service_at_locations"] = [
            {"id": _id(own, "plek"), "service_id": own, "location": _location(own, record)}
        ]
    return service


def from_hsds(service: Mapping[str, Any]) -> Record:
    """The record that :func:`to_hsds` made this of."""
    attributes = _read_attributes(service.get("attributes", []))
    record: Record = {
        "id": service["id"],
        "naam": service["name"],
        "omschrijving": service["description"],
        "aanmelden": service["application_process"],
        "organisatie": _read_organization(service["organization"]),
        "kosten": _read_cost(service["cost_options"][0]),
        "gebied": _read_areas(service["service_areas"]),
        **attributes,
    }
    record |= {here: service[there] for here, there in _TEXT.items() if there in service}
    if "minimum_age" in service:
        record["leeftijdVan"] = service["minimum_age"]
    if "maximum_age" in service:
        record["leeftijdTot"] = service["maximum_age"]
    if "phones" in service:
        record["telefoon"] = [
            _only({"nummer": item["number"], "opmerking": item.get("description")}) for item in service["phones"]
        ]
    if "schedules" in service:
        record["openingstijden"] = [_read_schedule(item) for item in service["schedules"]]
    if "languages" in service:
        record["talen"] = [item["code"] for item in service["languages"]]
    for place in service.get("service_at_locations", []):
        record |= _read_location(place["location"])
    return record


def _only(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _organization(given: Mapping[str, Any]) -> dict[str, Any]:
    own = given.get("id") or _id("organisatie", given["naam"])
    made: dict[str, Any] = {
        "id": own,
        "name": given["naam"],
        "description": given["naam"],
        **_only({"website": given.get("website")}),
    }
    if "kvk" in given:
        made["organization_identifiers"] = [
            {"id": _id(own, "kvk"), "identifier_type": "kvk", "identifier": given["kvk"]}
        ]
    if "id" in given:
        made["attributes"] = [_attribute(own, "eigen_id", "ja", 0)]
    return made


def _read_organization(given: Mapping[str, Any]) -> dict[str, Any]:
    identifiers = {item["identifier_type"]: item["identifier"] for item in given.get("organization_identifiers", [])}
    own = given["id"] if given.get("attributes") else None
    return {"naam": given["name"], **_only({"id": own, "website": given.get("website"), "kvk": identifiers.get("kvk")})}


def _cost(own: str, given: Mapping[str, Any]) -> dict[str, Any]:
    amount = {"amount": given["bedrag"], "currency": "EUR"} if "bedrag" in given else {}
    return {
        "id": _id(own, "kosten"),
        "service_id": own,
        "option": given["soort"],
        **amount,
        **_only({"amount_description": given.get("toelichting")}),
    }


def _read_cost(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "soort": given["option"],
        **({"bedrag": given["amount"]} if "amount" in given else {}),
        **_only({"toelichting": given.get("amount_description")}),
    }


def _areas(own: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    if given.get("landelijk"):
        return [{"id": _id(own, "landelijk"), "service_id": own, "name": "Nederland", "extent_type": "landelijk"}]
    made = []
    for kind, codes in given.items():
        for code in codes:
            uri = {"uri": _AREA_URI + code.lower()} if kind == "gemeenten" else {}
            made.append({"id": _id(own, kind, code), "service_id": own, "name": code, "extent_type": kind, **uri})
    return made


def _read_areas(given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if given[0]["extent_type"] == "landelijk":
        return {"landelijk": True}
    return {given[0]["extent_type"]: [item["name"] for item in given]}


def _attribute(own: str, taxonomy: str, value: object, number: int) -> dict[str, Any]:
    term = {
        "id": _id("term", taxonomy, value),
        "taxonomy": taxonomy,
        "code": str(value),
        "name": str(value),
        "description": str(value),
    }
    return {
        "id": _id(own, taxonomy, number),
        "link_id": own,
        "link_entity": "service",
        "label": str(number),
        "taxonomy_term": term,
    }


def _attributes(own: str, record: Record) -> list[dict[str, Any]]:
    made = [
        _attribute(own, name, value, n)
        for name in ("thema", "doelgroep", "uplUri")
        for n, value in enumerate(record.get(name, []))
    ]
    if record.get("doelgroep") == []:
        made.append(_attribute(own, "doelgroep_leeg", "ja", 0))
    return [*made, *(_attribute(own, name, record[name], 0) for name in _ATTRIBUTES if name in record)]


def _read_attributes(given: Sequence[Mapping[str, Any]]) -> Record:
    record: Record = {}
    for item in given:
        taxonomy, code = item["taxonomy_term"]["taxonomy"], item["taxonomy_term"]["code"]
        if taxonomy in {"thema", "doelgroep", "uplUri"}:
            record.setdefault(taxonomy, []).append(code)
        elif taxonomy == "doelgroep_leeg":
            record["doelgroep"] = []
        else:
            record[taxonomy] = int(code) if taxonomy == "versie" else code
    return record


def _phone(own: str, number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _id(own, "telefoon", number),
        "number": given["nummer"],
        **_only({"description": given.get("opmerking")}),
    }


def _schedule(own: str, number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    times = _only({"opens_at": given.get("van"), "closes_at": given.get("tot"), "notes": given.get("opmerking")})
    return {
        "id": _id(own, "tijd", number),
        "freq": "WEEKLY",
        "byday": ",".join(_DAYS[day] for day in given["dagen"]),
        **times,
    }


def _read_schedule(given: Mapping[str, Any]) -> dict[str, Any]:
    back = {there: here for here, there in _DAYS.items()}
    times = _only({"van": given.get("opens_at"), "tot": given.get("closes_at"), "opmerking": given.get("notes")})
    return {"dagen": [back[day] for day in given["byday"].split(",")], **times}


def _location(own: str, record: Record) -> dict[str, Any]:
    made: dict[str, Any] = {"id": _id(own, "locatie"), "location_type": "physical"}
    if "adres" in record:
        given = record["adres"]
        address = {
            "address_1": f"{given['straat']}",
            "address_2": given["huisnummer"],
            "city": given["plaats"],
            "country": "NL",
            "address_type": "physical",
        }
        made["addresses"] = [
            {"id": _id(own, "adres"), **address, "state_province": "", **_only({"postal_code": given.get("postcode")})}
        ]
    if "toegankelijkheid" in record:
        made["accessibility"] = [{"id": _id(own, "toegang"), "description": record["toegankelijkheid"]}]
    return made


def _read_location(given: Mapping[str, Any]) -> Record:
    record: Record = {}
    for address in given.get("addresses", []):
        fields = {
            "straat": address["address_1"],
            "huisnummer": address["address_2"],
            "plaats": address["city"],
            "postcode": address.get("postal_code"),
        }
        record["adres"] = _only(fields)
    for item in given.get("accessibility", []):
        record["toegankelijkheid"] = item["description"]
    return record
