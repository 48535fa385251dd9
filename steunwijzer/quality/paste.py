"""Examples an editor accepted, as text to paste in ``data/nlu``. A person reads them first: they are words of residents."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.sheet import cells
from steunwijzer.store import Judgement

ACCEPTED = "verwerkt"


@dataclass(frozen=True)
class Example:
    """A sentence of a resident and the topic it belongs to. ``understood``: the topic the assistant made of it."""

    topic: str
    text: str
    understood: str = ""


async def examples(session: AsyncSession, gemeenten: Collection[str]) -> list[Example]:
    """What is accepted and has a right topic, each sentence once."""
    accepted = select(Judgement).where(
        Judgement.gemeente.in_(gemeenten), Judgement.state == ACCEPTED, Judgement.right_topic.is_not(None)
    )
    found = {}
    for judgement in await session.scalars(accepted.order_by(Judgement.at)):
        text = " ".join(str(judgement.context.get("vraag") or "").split())
        if text:
            found[text.casefold()] = Example(str(judgement.right_topic), text, judgement.topic or "")
    return sorted(found.values(), key=lambda example: (example.topic, example.text))


def as_yaml(given: Iterable[Example]) -> str:
    """In the shape of ``data/nlu/*.yml``: per topic a block, to paste lines from. Brackets would be read as an entity, so they go."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for example in given:
        by_topic[example.topic].append(example.text.translate(_NO_MARKUP))
    blocks = [
        f"  - intent: {topic}\n    examples: |\n" + "".join(f"      - {text}\n" for text in texts)
        for topic, texts in by_topic.items()
    ]
    return 'version: "3.1"\nnlu:\n' + "".join(blocks) if blocks else 'version: "3.1"\nnlu: []\n'


def as_csv(given: Iterable[Example]) -> str:
    """One row per example, for a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writerow(("onderwerp", "zin", "begrepen_als"))
    rows.writerows(cells((example.topic, example.text, example.understood)) for example in given)
    return "\ufeff" + out.getvalue()


_NO_MARKUP = str.maketrans({"[": "", "]": "", "{": "", "}": ""})
