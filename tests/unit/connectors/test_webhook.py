"""The webhook signs, goes only where it may, and shows in a check whether it would work."""

from __future__ import annotations

import pytest

from steunwijzer.connectors.connector import Refused, TryLater
from steunwijzer.connectors.http import Caller, address_fault
from steunwijzer.connectors.parcel import TALK, Parcel
from steunwijzer.connectors.webhook import Webhook, WebhookSettings, message_of
from tests.unit.connectors.parcels import NOW, Time
from tests.unit.connectors.receiver import SECRET, Receiver


def webhook(url: str, secret: str = SECRET, *, private: bool = False) -> Webhook:
    return Webhook(WebhookSettings(url, secret), Caller(private), Time(), "https://chat.example.nl")


async def test_a_check_sends_a_signed_test_message(receiver: Receiver) -> None:
    (finding,) = await webhook(receiver.url).check()
    assert finding.ok
    ((message_id, message),) = receiver.posts
    assert message_id.startswith("test_")
    assert message == {"type": "test", "timestamp": NOW.isoformat(), "data": {}}


async def test_a_check_with_another_secret_says_so(receiver: Receiver) -> None:
    (finding,) = await webhook(receiver.url, "whsec_" + "A" * 32).check()
    assert not finding.ok
    assert "geheim" in finding.text
    assert receiver.taken == {}


async def test_a_check_of_nobody_says_there_is_no_connection() -> None:
    (finding,) = await webhook("http://127.0.0.1:9/").check()
    assert not finding.ok
    assert "Geen verbinding" in finding.text


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://zaak.example.nl/haak", ""),
        ("http://127.0.0.1:8080/haak", ""),
        ("http://zaak.example.nl/haak", "https"),
        ("https://naam:geheim@zaak.example.nl/", "wachtwoord"),
        ("ftp://zaak.example.nl/", "webadres"),
        ("zaak.example.nl", "webadres"),
        ("http://127.0.0.1.example.nl/", "https"),
    ],
)
def test_only_a_safe_address_may_be_set(url: str, fault: str) -> None:
    assert fault in address_fault(url)
    assert bool(fault) == bool(address_fault(url))


@pytest.mark.parametrize(
    "host", ["10.1.2.3", "192.168.0.1", "169.254.169.254", "[fd00::1]", "100.64.0.1", "0.0.0.0", "[::ffff:10.0.0.1]"]
)
async def test_an_address_inside_the_own_network_is_refused_unless_allowed(host: str) -> None:
    with pytest.raises(Refused, match="CONNECTORS_PRIVATE"):
        await Caller(private=False).call("GET", f"https://{host}/")


async def test_a_name_that_nobody_knows_is_tried_again_later() -> None:
    with pytest.raises(TryLater, match="DNS"):
        await Caller(private=False).call("GET", "https://bestaat-niet.invalid/")


def test_a_closed_talk_says_what_came_of_it_and_not_who() -> None:
    parcel = Parcel(
        "id-1", TALK, "gesprek-1", "GM9999", "wmo_melding", NOW, outcome="beantwoord", summary={"Wet": "Wmo"}
    )
    message = message_of(parcel, "https://chat.example.nl")
    assert message["type"] == "gesprek.afgesloten"
    assert message["data"] == {
        "id": "id-1", "gesprek": "gesprek-1", "gemeente": "GM9999", "onderwerp": "wmo_melding", "samenvatting": {"Wet": "Wmo"},
        "link": "https://chat.example.nl/balie/geschiedenis/gesprek-1", "uitkomst": "beantwoord",
    }  # fmt: skip
