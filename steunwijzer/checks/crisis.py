"""Crisis texts have an approval rule of their own: an editor and a professional both agreed to exactly these words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.content import Answer
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

FILE = "crisis.yml"
DRAFT, APPROVED = "concept", "goedgekeurd"
_SIGNED_BY = ("redacteur", "deskundige")


def check(project: Project) -> Iterator[Finding]:
    """Every text of ``content/crisis.yml`` says how far its approval is, and an approval fits the words of today."""
    texts = [a for variations in project.answers.values() for a in variations if a.source.startswith(f"{FILE}:")]
    drafts = [answer for answer in texts if (answer.approval or {}).get("status") == DRAFT]
    for answer in texts:
        if answer not in drafts:
            yield from _approval(answer)
    if drafts:
        yield Finding(
            f"content/{FILE}",
            f"{len(drafts)} van de {len(texts)} crisisteksten zijn nog niet door een deskundige goedgekeurd.",
            "Laat ze lezen (ggz of 113, Veilig Thuis) en vul 'goedkeuring' in; zie docs/veiligheid.md.",
            blocks=False,
        )


def _approval(answer: Answer) -> Iterator[Finding]:
    place, approval = f"content/{answer.source}", answer.approval or {}
    if approval.get("status") != APPROVED:
        yield Finding(
            place, f"'{answer.key}' heeft geen geldige 'goedkeuring'.", f"Kies status '{DRAFT}' of '{APPROVED}'."
        )
        return
    missing = [name for name in (*_SIGNED_BY, "op") if not approval.get(name)]
    if missing:
        yield Finding(
            place, f"bij de goedkeuring van '{answer.key}' ontbreekt: {', '.join(missing)}.", "Vul aan wie akkoord gaf en wanneer."
        )  # fmt: skip
    elif not _is_past_day(str(approval["op"])):
        yield Finding(place, f"'{approval['op']}' is geen dag van een akkoord.", "Schrijf jaar-maand-dag, niet later dan vandaag.")  # fmt: skip
    elif approval[_SIGNED_BY[0]] == approval[_SIGNED_BY[1]]:
        yield Finding(place, f"'{answer.key}' is door één persoon goedgekeurd.", "Redacteur en deskundige zijn twee mensen.")  # fmt: skip
    if approval.get("vingerafdruk") != fingerprint(answer):
        yield Finding(
            place,
            f"'{answer.key}' is veranderd na het akkoord.",
            f"Laat de tekst opnieuw lezen. De vingerafdruk is nu {fingerprint(answer)}.",
        )


def fingerprint(answer: Answer) -> str:
    """Changes with each letter, button or number of a text."""
    content = [answer.text, answer.simple, dict(answer.conditions), list(answer.buttons), list(answer.blocks)]
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def _is_past_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) <= datetime.now(UTC).date()
    except ValueError:
        return False
