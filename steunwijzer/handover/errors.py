"""Why something at the desk cannot be done, as data: a stable code and a Dutch text for the colleague who reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Refusal:
    """``code``: for programs and tests; ``text``: one or two Dutch sentences, what is wrong and what to do."""

    code: str
    text: str


class HandoverError(Exception):
    """Something that cannot be done; ``refusal`` says why. Nothing was changed."""

    def __init__(self, refusal: Refusal, **values: str) -> None:
        self.refusal = replace(refusal, text=refusal.text.format(**values))
        super().__init__(self.refusal.text)


# Of another municipality or gone: the same words, so that nobody learns which ids exist.
NOT_FOUND = Refusal("niet_gevonden", "Dit gesprek is er niet (meer), of u mag het niet zien.")
TAKEN = Refusal("al_opgepakt", "{naam} heeft dit gesprek al opgepakt. Kies een ander gesprek.")
NOT_YOURS = Refusal("niet_van_u", "Dit gesprek is nu niet van u. Pak het eerst (weer) op.")
ENDED = Refusal("voorbij", "Dit gesprek is al teruggegeven of afgesloten.")
EMPTY = Refusal("leeg", "Er staat niets in. Schrijf eerst een tekst.")
TOO_LONG = Refusal("te_lang", "Deze tekst is te lang. Maak hem korter dan {grens} tekens.")
UNKNOWN_OUTCOME = Refusal("onbekende_uitkomst", "Kies hoe het gesprek afliep.")
UNKNOWN_TOPIC = Refusal("onbekend_onderwerp", "Dit onderwerp kent Steunwijzer niet.")
UNKNOWN_FIELD = Refusal("onbekend_gegeven", "Kies welke gegevens u wilt vragen.")
UNKNOWN_COLLEAGUE = Refusal("collega_kan_niet", "Deze collega is nu niet beschikbaar voor deze gemeente.")
CALLBACK_NOT_FOUND = Refusal("niet_gevonden", "Dit terugbelverzoek is er niet (meer), of u mag het niet zien.")
CALLBACK_TAKEN = Refusal("al_opgepakt", "Een collega heeft dit terugbelverzoek al opgepakt of afgehandeld.")
CALLBACK_NOT_YOURS = Refusal("niet_van_u", "Pak dit terugbelverzoek eerst op.")
NO_REASON = Refusal("geen_reden", "Kies eerst waarom u dit gegeven wilt zien.")
CANNOT_OPEN = Refusal("niet_te_openen", "Dit gegeven is niet meer te openen.")
