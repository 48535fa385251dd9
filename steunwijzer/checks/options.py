"""Local help that ships with the content."""

from __future__ import annotations

from collections.abc import Iterator

from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.directory.exchange import ExchangeError, read_file
from steunwijzer.directory.service import themes


def check(project: Project) -> Iterator[Finding]:
    """Every record is right, and every theme has something national."""
    folder = project.root / "content" / "opties"
    known = themes(project.root / "content")
    national: set[str] = set()
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.csv")]):
        try:
            report = read_file(path, known)
        except ExchangeError as error:
            yield Finding(f"content/opties/{path.name}", str(error), "Herstel het bestand.")
            continue
        for item in report.rejected:
            yield Finding(f"content/opties/{path.name}, rij {item.row}", " ".join(item.reasons), "Herstel deze rij.")
        for record in report.accepted:
            if record["gebied"].get("landelijk"):
                national |= set(record["thema"])
    for theme in known:
        if theme not in national:
            yield Finding(
                "content/opties",
                f"voor thema '{theme}' is er niets landelijks.",
                "Voeg landelijke hulp toe.",
                blocks=False,
            )
