"""Dutch words for what stands in the database as one word."""

from __future__ import annotations

STATUS = {
    "bot": "bij Steunwijzer", "gevraagd": "vraagt om een medewerker", "wachtrij": "wacht", "in_gesprek": "in gesprek",
    "teruggegeven": "teruggegeven", "terugbelverzoek": "terugbellen", "afgesloten": "afgesloten",
}  # fmt: skip
OUTCOME = {
    "beantwoord": "vraag beantwoord", "doorverwezen": "doorverwezen", "melding_gedaan": "melding gedaan", "afspraak_gemaakt": "afspraak gemaakt",
    "terugbellen": "er wordt teruggebeld", "geen_reactie": "geen reactie meer", "hoort_hier_niet": "hoort niet bij de gemeente",
    "misbruik": "geen echte vraag", "open": "terugbellen: open", "opgepakt": "terugbellen: opgepakt", "gebeld": "teruggebeld",
    "niet_bereikt": "terugbellen: niet bereikt",
}  # fmt: skip
SOLVED = {"ja": "geholpen", "deels": "deels geholpen", "nee": "niet geholpen"}
SENDER = {"inwoner": "Inwoner", "assistent": "Steunwijzer", "medewerker": "Medewerker", "systeem": "Melding"}
VERDICT = {"goed": "goed", "fout": "fout", "ontbreekt": "er ontbreekt iets", "verouderd": "verouderd"}
JUDGEMENT_STATE = {"nieuw": "nieuw", "bezig": "in behandeling", "verwerkt": "verwerkt", "afgewezen": "afgewezen"}
EXPORT_STATE = {"wacht": "wacht", "bezig": "wordt gemaakt", "klaar": "klaar", "mislukt": "mislukt"}


def act(name: str) -> str:
    """An act of the log in words: ``gesprek_geopend`` → ``gesprek geopend``."""
    return name.replace("_", " ")


def detail(value: object) -> str:
    """What stands beside an act, in words."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value in ([], {}, "", None):
        return "geen"
    if isinstance(value, dict):
        return ", ".join(f"{name} {detail(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def within(seconds: int | None) -> str:
    """A bound on a waiting time in words; a dash for none."""
    if seconds is None:
        return "–"
    for size, one, more in (
        (86400, "dag", "dagen"),
        (3600, "uur", "uur"),
        (60, "minuut", "minuten"),
        (1, "seconde", "seconden"),
    ):
        if seconds >= size:
            count = seconds // size
            return f"binnen {count} {one if count == 1 else more}"
    return "meteen"


def share(part: int, whole: int) -> str:
    """A percentage; a dash when there is nothing to take it of."""
    return f"{round(100 * part / whole)} %" if whole else "–"
