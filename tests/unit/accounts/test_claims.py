"""Roles out of what providers say, as Keycloak and Entra write them."""

from __future__ import annotations

from typing import Any

import pytest

from steunwijzer.accounts import Refused, RoleClaim
from steunwijzer.accounts.claims import roles_in, vouched

NAMES = {"klantcontactmedewerker": "medewerker"}
STAFF, LEADER = ("GM9999", "medewerker"), ("GM0518", "teamleider")


def read(claims: dict[str, Any], path: str = "roles", gemeente: str = "GM9999") -> set[tuple[str, str]]:
    return set(roles_in(claims, RoleClaim(path, gemeente, NAMES)))


@pytest.mark.parametrize(
    ("value", "roles"),
    [
        (["medewerker"], {STAFF}),
        (["Medewerker"], {STAFF}),
        (["Klantcontactmedewerker"], {STAFF}),
        (["GM0518:teamleider", "medewerker"], {STAFF, LEADER}),
        (["gm0518:Teamleider"], {LEADER}),
        (["/GM0518/teamleider"], {LEADER}),
        ("medewerker", {STAFF}),
        (
            ["baas", "GM9999:baas", "GM99:medewerker", "GM9999:medewerker:extra", "GM9999", "", ":", "offline_access"],
            set(),
        ),
        ([None, 3, {"a": 1}], set()),
        (None, set()),
        ({"medewerker": True}, set()),
    ],
)
def test_values(value: Any, roles: set[tuple[str, str]]) -> None:
    assert read({"roles": value}) == roles


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("resource_access.steunwijzer.roles", {"resource_access": {"steunwijzer": {"roles": ["medewerker"]}}}),
        (
            "resource_access.balie.gemeente.nl.roles",
            {"resource_access": {"balie.gemeente.nl": {"roles": ["medewerker"]}}},
        ),
        ("realm_access.roles", {"realm_access": {"roles": ["medewerker"]}}),
        ("https://gemeente.nl/rollen", {"https://gemeente.nl/rollen": ["medewerker"]}),
    ],
)
def test_places(path: str, claims: dict[str, Any]) -> None:
    assert read(claims, path) == {STAFF}
    assert read({}, path) == set()
    assert read({"resource_access": "tekst", "realm_access": []}, path) == set()


def test_a_role_without_municipality_is_nothing_when_none_is_set() -> None:
    assert read({"roles": ["medewerker", "GM0518:teamleider"]}, gemeente="") == {LEADER}


def test_a_colleague_is_known_by_an_e_mail_address() -> None:
    how = RoleClaim("roles", "GM9999", NAMES)
    base = {"iss": "https://inloggen.example", "sub": "123"}
    entra = vouched({**base, "preferred_username": "Kim@Voorbeeldstad.example", "name": " Kim  Bos "}, how)
    assert (entra.email, entra.name, entra.verified) == ("kim@voorbeeldstad.example", "Kim Bos", False)
    assert vouched({**base, "email": "k@b.example", "email_verified": True}, how).verified
    assert not vouched({**base, "email": "k@b.example", "email_verified": "true"}, how).verified
    with pytest.raises(Refused, match="geen e-mailadres"):
        vouched({**base, "preferred_username": "kim"}, how)
