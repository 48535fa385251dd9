"""Makes ``content/geografie/*.csv`` from two registry packages, and compares the outcome with other files on request.

Sources: CBS "Gebieden in Nederland" and "Woonplaatsen" (CC BY 4.0, "Bron: CBS, bewerkt") as the package ``woningwaardering``
(MIT) carries them; place names by postcode from ``countrystatecity-postal-codes`` (Open Database License 1.0), kept in a
file of its own (``postcode4.csv``) that stays under that licence. Run with ``.venv/bin/python scripts/geografie.py``.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "content" / "geografie"
DEMO = "GM9999"
# Four digits that no postcode in the Netherlands has, PO boxes included (those end in 00 to 09).
DEMO_POSTCODES = ("1281", "1282", "1283", "1284")
DEMO_DISTRICTS = ("Centrum-Voorbeeldstad", "De Akkers", "Havenkwartier", "Oosterpoort-Voorbeeldstad")
ALIASES = {
    "Den Haag": "GM0518", "Den Bosch": "GM0796", "'s-Hertogenbosch": "GM0796", "Ljouwert": "GM0080", "Leeuwarden": "GM0080",
    "It Hearrenfean": "GM0074", "Súdwest Fryslân": "GM1900", "Snits": "GM1900", "Drachten": "GM0090", "Utrecht stad": "GM0344",
    "Rotterdam Zuid": "GM0599", "Amsterdam Noord": "GM0363", "Amsterdam Zuidoost": "GM0363", "Mokum": "GM0363",
    "Den Helder": "GM0400", "Sudwest Fryslan": "GM1900", "De Fryske Marren": "GM1940", "Tytsjerksteradiel": "GM0737",
}  # fmt: skip


def plain(name: str) -> str:
    """Comparable: lower case, no accents, no suffix such as "(GLD)" or "(ZH.)"."""
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    folded = unicodedata.normalize("NFKD", bare)
    return "".join(c for c in folded if c.isalnum()).lower()


def display(name: str) -> str:
    """The name without the suffix that CBS or BAG add to tell namesakes apart."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", name).strip()


def places() -> list[dict[str, str]]:
    """Rows of CBS: place, municipality code and name."""
    source = files("woningwaardering") / "data" / "corop" / "corop.generated.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return [
        {"woonplaats": r["Woonplaats"], "gm_code": f"GM{r['Gemeentecode']}", "gemeente": r["Gemeente"]} for r in rows
    ]


def postcode_localities() -> list[tuple[str, str, str]]:
    """Postcode, province code and place name."""
    source = files("countrystatecity_postal_codes") / "data" / "by-country" / "NL" / "postcodes.json"
    return [
        (r["code"], r["stateCode"] or "", r["localityName"]) for r in json.loads(source.read_text(encoding="utf-8"))
    ]


def match_postcodes(rows: list[dict[str, str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Every municipality a postcode may lie in, by place name; and the postcodes whose place nobody knows."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_name[plain(row["woonplaats"])].add(row["gm_code"])
        by_name[plain(row["gemeente"])].add(row["gm_code"])
    for alias, code in ALIASES.items():
        by_name[plain(alias)].add(code)
    province = province_of(rows)
    found: dict[str, set[str]] = defaultdict(set)
    unknown = []
    for code, state, locality in postcode_localities():
        candidates = by_name.get(plain(locality), set())
        inside = {gm for gm in candidates if province.get(gm) in (None, state)} or candidates
        found[code] |= inside
        if not inside:
            unknown.append(code)
    return {code: sorted(gms) for code, gms in sorted(found.items()) if gms}, sorted(set(unknown))


def province_of(rows: list[dict[str, str]]) -> dict[str, str]:
    """The province of a municipality, from postcodes whose place stands in one municipality only."""
    single: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names[plain(row["woonplaats"])].add(row["gm_code"])
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, state, locality in postcode_localities():
        owners = names.get(plain(locality), set())
        if len(owners) == 1 and state:
            votes[next(iter(owners))][state] += 1
    for code, count in votes.items():
        single[code] = max(count, key=lambda state: count[state])
    return single


def write(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> int:
    """Write one CSV; returns the number of rows."""
    lines = list(rows)
    with (TARGET / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    return len(lines)


def make() -> dict[str, int]:
    """Write all files; returns the number of rows of each."""
    TARGET.mkdir(parents=True, exist_ok=True)
    rows = places()
    province = province_of(rows)
    municipalities = sorted({(r["gm_code"], display(r["gemeente"]), province.get(r["gm_code"], "")) for r in rows})
    postcodes, unknown = match_postcodes(rows)
    taken = set(DEMO_POSTCODES) & {code for code, _, _ in postcode_localities()}
    if taken:
        raise SystemExit(f"Deze demopostcodes bestaan echt: {sorted(taken)}")
    counts = {
        "gemeenten": write(
            "gemeenten.csv", ("gm_code", "naam", "provincie"), [*municipalities, (DEMO, "Voorbeeldstad", "")]
        ),
        "woonplaatsen": write(
            "woonplaatsen.csv",
            ("woonplaats", "gm_code"),
            [*sorted({(display(r["woonplaats"]), r["gm_code"]) for r in rows}), ("Voorbeeldstad", DEMO)],
        ),
        "postcode4": write(
            "postcode4.csv",
            ("pc4", "gm_code"),
            [
                *((code, gm) for code, gms in postcodes.items() for gm in gms),
                *((code, DEMO) for code in DEMO_POSTCODES),
            ],
        ),
        "aliassen": write("aliassen.csv", ("alias", "gm_code"), sorted(ALIASES.items())),
        "wijken": write(
            "wijken.csv",
            ("wijk_code", "naam", "gm_code"),
            [
                (f"WK9999{number:02d}", name.removesuffix("-Voorbeeldstad"), DEMO)
                for number, name in enumerate(DEMO_DISTRICTS, start=1)
            ],
        ),
    }
    return counts | {"postcodes zonder gemeente": len(unknown)}


def compare(folder: Path) -> list[str]:
    """Differences with ``gemeenten.csv``, ``woonplaatsen.csv`` and ``postcode4_gemeente.csv`` in another folder."""

    def read(path: Path) -> list[dict[str, str]]:
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))

    ours = {r["gm_code"] for r in read(TARGET / "gemeenten.csv")} - {DEMO}
    theirs = {r["gm_code"] for r in read(folder / "gemeenten.csv")}
    our_places = {
        (plain(r["woonplaats"]), r["gm_code"]) for r in read(TARGET / "woonplaatsen.csv") if r["gm_code"] != DEMO
    }
    their_places = {(plain(r["woonplaats"]), r["gm_code"]) for r in read(folder / "woonplaatsen.csv")}
    pc_ours, pc_theirs = defaultdict(set), defaultdict(set)
    for r in read(TARGET / "postcode4.csv"):
        pc_ours[r["pc4"]].add(r["gm_code"])
    first = {}
    for r in read(folder / "postcode4_gemeente.csv"):
        pc_theirs[r["pc4"]].add(r["gm_code"])
        first.setdefault(r["pc4"], r["gm_code"])
    both = set(pc_ours) & set(pc_theirs)
    return [
        f"gemeenten: {len(ours)} hier, {len(theirs)} daar, verschil {len(ours ^ theirs)}",
        f"woonplaatsen: {len(our_places)} hier, {len(their_places)} daar, verschil {len(our_places ^ their_places)}",
        f"postcodes: {len(pc_ours) - len(DEMO_POSTCODES)} hier, {len(pc_theirs)} daar, {len(both)} in beide",
        f"  zelfde hoofdgemeente bij ons te kiezen: {sum(first[c] in pc_ours[c] for c in both)} van {len(both)}",
        f"  precies dezelfde gemeenten: {sum(pc_ours[c] == pc_theirs[c] for c in both)}; bij ons één en daar een andere: "
        f"{sum(len(pc_ours[c]) == 1 and not pc_ours[c] & pc_theirs[c] for c in both)}",
        f"  alleen daar: {sorted(set(pc_theirs) - set(pc_ours))[:20]}",
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Maakt de gemeenten, woonplaatsen en postcodes van content/geografie.")
    parser.add_argument(
        "--vergelijk", type=Path, metavar="MAP", help="toon de verschillen met bestanden in een andere map"
    )
    arguments = parser.parse_args()
    for name, count in make().items():
        print(f"{name}: {count}")
    if arguments.vergelijk:
        print("\n".join(compare(arguments.vergelijk)))


if __name__ == "__main__":
    main()
