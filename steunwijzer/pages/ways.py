"""How to reach a municipality without the chat: by phone, at the counter, with a form. National words where it has told nothing."""

from __future__ import annotations

from typing import Any

from html5tagger import E

from steunwijzer.directory.profiles import Profile

ANY_NUMBER = "Bel uw gemeente. Het nummer is vaak 14 met daarachter uw netnummer."


def call(known: Profile | None) -> str:
    """Which number to call and when, as plain words."""
    filled = known.filled if known else {}
    if "telefoon" not in filled:
        return ANY_NUMBER
    hours = f" Open: {filled['openingstijden']}." if "openingstijden" in filled else ""
    return f"Bel {filled['telefoon']}.{hours}"


def ways(known: Profile | None) -> str:
    """Phone, address and form as list items, as far as the municipality has filled them in."""
    filled = known.filled if known else {}
    made: list[Any] = []
    if phone := filled.get("telefoon"):
        number = "".join(filter(str.isdigit, phone))
        hours = f". Open: {filled['openingstijden']}." if "openingstijden" in filled else "."
        made.append(E.li("Bel ", E.a(phone, href=f"tel:{number}"), hours))
    else:
        made.append(E.li(ANY_NUMBER))
    address = filled.get("adres", "uw gemeente, of het wijkteam bij u in de buurt")
    made.append(E.li(f"Ga langs: {address}."))
    form = filled.get("melding_url", "")
    if form.startswith("https://"):
        made.append(E.li(E.a("Vul het formulier in op de website van de gemeente", href=form)))
    else:
        made.append(E.li("Kijk op de website van uw gemeente. Zoek daar op ‘melding’."))
    return "".join(map(str, made))
