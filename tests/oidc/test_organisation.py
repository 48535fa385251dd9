"""Signing in with the organisation's account at a real provider: what must work, and every answer that must be refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from steunwijzer.accounts import MEDEWERKER, REDACTEUR
from tests.oidc.conftest import BEGIN, CALLBACK, RunningProvider
from tests.unit.desk.conftest import VOORBEELDSTAD, Desk

FATIMA = "f.jansen@voorbeeldstad.example"
ANNE = "anne@voorbeeldstad.example"
Depart = Callable[..., Any]


def session_of(browser: Any) -> bool:
    return "__Host-balie" in browser.cookies


async def refused(answer: httpx.Response, browser: Any, says: str) -> None:
    assert answer.status_code in {401, 403}
    assert says in answer.text
    assert not session_of(browser)


@pytest.mark.parametrize("in_id_token", [True, False])
async def test_a_colleague_of_the_organisation_signs_in_and_has_the_roles_it_gave(
    office: Desk, provider: RunningProvider, depart: Depart, in_id_token: bool
) -> None:
    provider.stop()
    provider.start(in_id_token=in_id_token)
    visit = await depart("fatima")
    answer = await visit.arrive()
    assert answer.status_code == 303
    assert answer.headers["location"] == "/balie"
    page = (await visit.browser.get("/balie/account")).text
    assert "Fatima Jansen" in page
    assert "het account van uw organisatie" in page
    assert (await office.who(FATIMA)).roles == {VOORBEELDSTAD: frozenset({MEDEWERKER})}


async def test_the_sign_in_page_offers_it(office: Desk) -> None:
    assert f'href="{BEGIN}"' in (await office.browser().get("/balie/aanmelden")).text


async def test_one_comes_back_to_the_page_one_asked_for(office: Desk, provider: RunningProvider) -> None:
    browser = office.browser()
    left = await browser.get(BEGIN, params={"verder": "/balie/account?x=1"})
    back = await provider.approve(left.headers["location"], "fatima")
    answer = await browser.get(back.removeprefix(office.site))
    assert answer.headers["location"] == "/balie/account?x=1"


@pytest.mark.parametrize(
    "more", [{"STEUNWIJZER_OIDC_ROLES_CLAIM": "resource_access.balie.voorbeeldstad.roles"}], indirect=True
)
async def test_roles_as_keycloak_writes_them_with_names_of_the_organisation(office: Desk, depart: Depart) -> None:
    await (await depart("keycloak")).arrive()
    who = await office.who("kim@voorbeeldstad.example")
    assert who.roles == {VOORBEELDSTAD: frozenset({"medewerker"}), "GM0518": frozenset({"teamleider"})}


async def test_without_a_known_role_there_is_no_session_and_no_account(office: Desk, depart: Depart) -> None:
    visit = await depart("geen-rol")
    await refused(await visit.arrive(), visit.browser, "geen rol voor de balie")
    assert "Er is nog geen account" in (await office.browser().get("/balie/aanmelden")).text


async def test_roles_are_those_of_the_last_time_one_signed_in(
    office: Desk, provider: RunningProvider, depart: Depart
) -> None:
    first = await depart("fatima")
    await first.arrive()
    provider.stop()
    provider.start(accounts={"fatima": {"name": "Fatima", "email": FATIMA, "roles": ["GM9999:redacteur"]}})
    await (await depart("fatima")).arrive()
    assert (await office.who(FATIMA)).roles == {VOORBEELDSTAD: frozenset({REDACTEUR})}
    provider.stop()
    provider.start(accounts={"fatima": {"name": "Fatima", "email": FATIMA, "roles": []}})
    visit = await depart("fatima")
    await refused(await visit.arrive(), visit.browser, "geen rol voor de balie")
    assert (await first.browser.get("/balie/account")).status_code == 303
    assert (await office.who(FATIMA)).roles == {}


async def test_an_answer_with_another_state_is_refused(depart: Depart) -> None:
    visit = await depart("fatima")
    await refused(await visit.arrive(state="verzonnen"), visit.browser, "Begin opnieuw")


async def test_an_answer_in_another_browser_is_refused(office: Desk, depart: Depart) -> None:
    visit = await depart("fatima")
    visit.browser = office.browser()
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_an_answer_is_good_once(depart: Depart) -> None:
    visit = await depart("fatima")
    kept = dict(visit.browser.cookies)
    assert (await visit.arrive()).status_code == 303
    visit.browser.cookies = dict(kept)
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_a_token_with_another_nonce_is_refused(depart: Depart) -> None:
    visit = await depart("fatima", change=lambda address: re.sub(r"nonce=[^&]+", "nonce=verzonnen", address))
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_a_code_for_another_challenge_is_refused(depart: Depart) -> None:
    other = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    visit = await depart("fatima", change=lambda address: re.sub(r"code_challenge=[^&]+", other, address))
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_a_code_for_another_client_is_refused(depart: Depart) -> None:
    visit = await depart("fatima", change=lambda address: address.replace("client_id=balie", "client_id=iets-anders"))
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_an_answer_of_another_issuer_is_refused(depart: Depart) -> None:
    visit = await depart("fatima")
    await refused(await visit.arrive(iss="https://elders.example"), visit.browser, "Begin opnieuw")


async def test_a_token_that_has_expired_is_refused(office: Desk, provider: RunningProvider, depart: Depart) -> None:
    provider.stop()
    provider.start(id_token_seconds=10)
    visit = await depart("fatima")
    office.clock.forward(minutes=5)
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_who_takes_too_long_begins_again(office: Desk, depart: Depart) -> None:
    visit = await depart("fatima")
    office.clock.forward(minutes=10)
    await refused(await visit.arrive(), visit.browser, "Begin opnieuw")


async def test_who_is_refused_at_the_organisation_reads_so(office: Desk) -> None:
    browser = office.browser()
    left = await browser.get(BEGIN)
    state = re.search(r"state=([^&]+)", left.headers["location"])
    assert state
    answer = await browser.get(CALLBACK, params={"error": "access_denied", "state": state[1]})
    await refused(answer, browser, "heeft u niet aangemeld")


async def test_when_the_provider_is_down_the_page_says_so_and_local_accounts_work(
    office: Desk, provider: RunningProvider, depart: Depart
) -> None:
    provider.stop()
    answer = await office.browser().get(BEGIN)
    assert answer.status_code == 503
    assert "antwoordt niet" in answer.text
    provider.start()
    visit = await depart("fatima")
    provider.stop()
    answer = await visit.arrive()
    assert answer.status_code == 503
    assert not session_of(visit.browser)
    await office.signed_in("lokaal@voorbeeldstad.example", (VOORBEELDSTAD, MEDEWERKER))


async def test_a_local_account_is_taken_over_only_when_the_address_was_verified(office: Desk, depart: Depart) -> None:
    local = await office.signed_in(ANNE, (VOORBEELDSTAD, MEDEWERKER))
    visit = await depart("niet-nagekeken")
    await refused(await visit.arrive(), visit.browser, "al een ander account")
    assert (await local.get("/balie/account")).status_code == 200
    assert (await (await depart("nagekeken")).arrive()).status_code == 303
    assert (await local.get("/balie/account")).status_code == 303
    assert (await office.who(ANNE)).roles == {VOORBEELDSTAD: frozenset({REDACTEUR})}
    assert (await office.browser().post("/balie/aanmelden", office.filled_in(ANNE))).status_code == 401


async def test_an_account_that_is_off_stays_out(office: Desk, depart: Depart) -> None:
    await (await depart("fatima")).arrive()
    admin = await office.signed_in("baas@voorbeeldstad.example", (VOORBEELDSTAD, "beheerder"))
    page = f"/balie/collegas/{(await office.who(FATIMA)).id}"
    assert (await admin.post(f"{page}/uit", on=page)).status_code == 303
    visit = await depart("fatima")
    await refused(await visit.arrive(), visit.browser, "staat uit")


async def test_signing_out_offers_to_sign_out_at_the_organisation_too(office: Desk, depart: Depart) -> None:
    visit = await depart("fatima")
    await visit.arrive()
    answer = await visit.browser.post("/balie/afmelden", on="/balie/account")
    page = (await visit.browser.get(answer.headers["location"])).text
    link = re.search(r'href="(http://[^"]+/session/end[^"]+)"', page)
    assert link
    asked = await office.client.get(link[1].replace("&amp;", "&"))
    assert asked.status_code == 200
    # Another client, or another address to come back to, would be refused with 400.
    assert "/session/end/confirm" in asked.text


async def test_authlib_is_loaded_only_when_somebody_signs_in_this_way(office: Desk) -> None:
    import subprocess
    import sys

    # Not cryptography: Sanic itself takes trustme, a test package, wherever it finds it.
    code = "import sys, steunwijzer.app; print(sorted({'authlib', 'joserfc', 'segno', 'jinja2', 'argon2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
