"""The numbers of the team leader as a spreadsheet file: the same rows as the page, with counts instead of shares."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from steunwijzer.history.numbers import Numbers, Overview
from steunwijzer.sheet import cells

_COLUMNS = (
    "onderwerp", "medewerker_gevraagd", "opgepakt", "helft_opgepakt_binnen_seconden", "negentig_procent_opgepakt_binnen_seconden",
    "wachttijd_beloofd", "op_tijd_antwoord", "terug_naar_steunwijzer", "terugbellen_gevraagd", "gebeld", "terugbellen_beloofd",
    "op_tijd_gebeld",
)  # fmt: skip
TOTAL = "Alles samen"


def as_csv(overview: Overview, names: Mapping[str, str]) -> str:
    """One row per topic and one for all; only the names of the columns when there is too little to show."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writerow(_COLUMNS)
    for topic, of_topic in overview.topics.items():
        rows.writerow(_row(names.get(topic, topic), of_topic))
    if overview.topics:
        rows.writerow(_row(TOTAL, overview.total))
    return "\ufeff" + out.getvalue()


def _row(name: str, n: Numbers) -> list[str]:
    return cells((
        name, n.asked, n.taken, n.waited(0.5), n.waited(0.9), n.wait_promised, n.wait_kept, n.given_back, n.calls_asked, n.called, n.promised,
        n.kept,
    ))  # fmt: skip
