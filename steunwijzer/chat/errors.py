"""Everything that can be wrong with a request, as data: the status, a Dutch title and what to do (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass


class ChatError(Exception):
    """A request that cannot be done; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


@dataclass(frozen=True)
class Problem:
    """``application/problem+json``: HTTP status, stable code, title and remedy for a person."""

    status: int
    code: str
    title: str
    detail: str


NOT_JSON = Problem(
    400, "geen-json", "Dit is geen geldig bericht", "Stuur een JSON-object, met Content-Type application/json."
)
BAD_FIELDS = Problem(
    400, "ongeldige-velden", "Er klopt iets niet in uw bericht", "Een veld ontbreekt of heeft de verkeerde vorm."
)
EMPTY = Problem(400, "leeg", "Uw bericht is leeg", "Typ uw vraag en verstuur hem dan.")
TOO_LONG = Problem(
    400, "te-lang", "Uw bericht is te lang", "Maak uw bericht korter dan 2000 tekens. Wat u typte blijft staan."
)
UNKNOWN_CHOICE = Problem(
    400, "onbekende-keuze", "Deze knop werkt niet meer", "Kies een andere knop, of typ wat u bedoelt."
)
UNKNOWN_MUNICIPALITY = Problem(
    400,
    "onbekende-gemeente",
    "Deze gemeente kennen we niet",
    "Gebruik een gemeentecode zoals GM0344, of laat het veld leeg.",
)
BAD_DAY = Problem(
    400,
    "dag",
    "Deze dag klopt niet",
    "Geef één dag uit het afgelopen jaar: melding, aanvraag, besluit of ingediend, bijvoorbeeld ?melding=2026-11-03.",
)
NO_CONSENT = Problem(
    400,
    "geen-toestemming",
    "Uw toestemming ontbreekt",
    "Zonder uw toestemming geven we niets door. Zet 'consent' op true als u dat goed vindt.",
)
BAD_PHONE = Problem(
    400,
    "telefoon",
    "Dit telefoonnummer klopt niet",
    "Vul een nummer in van tien cijfers, bijvoorbeeld 06 en dan acht cijfers.",
)
NO_NAME = Problem(400, "naam", "Uw naam ontbreekt", "Vul in hoe u heet, dan weet de medewerker naar wie hij vraagt.")
BAD_MAIL = Problem(400, "e-mail", "Dit e-mailadres klopt niet", "Vul een adres in met een @, zoals naam@voorbeeld.nl.")
NO_CONTACT = Problem(400, "geen-gegevens", "U vulde niets in", "Vul een naam, nummer of e-mailadres in.")
NO_ACCESS = Problem(401, "geen-toegang", "Dit gesprek is verlopen of gewist", "Begin een nieuw gesprek.")
FOREIGN_SITE = Problem(
    403,
    "andere-website",
    "Deze website mag de chat niet gebruiken",
    "Ga naar de website van uw gemeente. Beheert u deze website? Kijk in docs/beheer.md.",
)
ON_HOLD = Problem(
    409,
    "wordt-bewaard",
    "Dit gesprek kan nu niet weg",
    "Het wordt bewaard, bijvoorbeeld om een klacht te behandelen. Vraag uw gemeente ernaar.",
)
REPEATED = Problem(
    409,
    "ander-bericht",
    "Dit bericht is al verstuurd",
    "Er kwam eerder een ander bericht met dezelfde client_id. Gebruik een nieuwe.",
)
CLOSED = Problem(409, "gesloten", "Dit gesprek is afgesloten", "Begin een nieuw gesprek.")
WITH_A_HUMAN = Problem(
    409, "in-gesprek", "U praat al met een medewerker", "Stel uw vraag gewoon in dit gesprek; de medewerker leest mee."
)
NO_ONE_ASKED = Problem(
    409, "niet-gevraagd", "Er is nu geen medewerker die dit leest", "Vraag eerst om een medewerker of om terugbellen."
)
TOO_BIG = Problem(413, "te-groot", "Uw bericht is te groot", "Maak uw bericht korter.")
TOO_FAST = Problem(429, "te-snel", "Dat gaat te snel", "Wacht een paar tellen en probeer het dan opnieuw.")
TOO_MANY_LISTENERS = Problem(
    429, "te-veel-vensters", "Dit gesprek staat te vaak open", "Sluit een paar vensters met dit gesprek."
)
NOT_FOUND = Problem(
    404, "niet-gevonden", "Dit adres bestaat niet", "Kijk in /api/v1/openapi.json welke adressen er zijn."
)
WRONG_METHOD = Problem(
    405, "verkeerde-methode", "Zo werkt dit adres niet", "Kijk in /api/v1/openapi.json hoe dit adres werkt."
)
NOT_READY = Problem(503, "nog-niet-klaar", "Steunwijzer start nog op", "Probeer het over een halve minuut opnieuw.")
BUSY = Problem(503, "druk", "Het is nu erg druk", "Wacht een paar tellen en probeer het dan opnieuw.")
DOOR_CLOSED = Problem(503, "gesloten-deur", "Steunwijzer is nu even dicht", "U kunt het hier later opnieuw proberen.")
BROKEN = Problem(500, "storing", "Er ging iets mis bij ons", "Probeer het zo opnieuw, of bel uw gemeente.")
