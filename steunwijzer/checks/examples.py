"""Example sentences: enough, balanced, each with one intent, none that is also a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.nlu.normalise import fold
from bot.yamlsource import load
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

AT_LEAST = 25
TESTS_AT_LEAST = 6
UNBALANCED = 6.0


def check(project: Project) -> Iterator[Finding]:
    """Numbers per intent, doubles, and sentences that are held back for tests."""
    counts = Counter(intent for intent, _, _ in project.examples)
    for intent in project.topics:
        if counts[intent] < AT_LEAST:
            yield Finding(
                "data/nlu", f"'{intent}' heeft {counts[intent]} voorbeeldzinnen.", f"Schrijf er minstens {AT_LEAST}."
            )
    for intent in counts.keys() - set(project.topics):
        yield Finding("data/nlu", f"intent '{intent}' bestaat niet in domain.yml.", "Verbeter de naam.")
    if counts and max(counts.values()) > UNBALANCED * min(counts.values()):
        most, least = counts.most_common(1)[0], counts.most_common()[-1]
        message = f"ongelijk verdeeld: '{most[0]}' heeft {most[1]} zinnen, '{least[0]}' {least[1]}."
        yield Finding("data/nlu", message, "Schrijf zinnen bij voor het kleinste onderwerp.", blocks=False)
    yield from _doubles(project)
    yield from _tests(project, counts)


def _doubles(project: Project) -> Iterator[Finding]:
    seen: dict[str, tuple[str, str]] = {}
    for intent, sentence, place in project.examples:
        key = fold(sentence).strip(" .!?")
        if key in seen:
            other, where = seen[key]
            message = f"'{sentence}' staat ook bij '{other}' ({where})."
            yield Finding(f"data/nlu/{place}", message, "Laat hem bij één intent staan.", blocks=other != intent)
        seen.setdefault(key, (intent, place))


def _tests(project: Project, counts: Counter[str]) -> Iterator[Finding]:
    known = {fold(sentence).strip(" .!?"): place for _, sentence, place in project.examples}
    tested: Counter[str] = Counter()
    for path in sorted((project.root / "tests" / "nlu").glob("*.yml")):
        tests = load(path)
        for entry in [*(tests.get("sentences") or []), *(tests.get("bekende_missers") or [])]:
            tested[entry.get("intent", "")] += 1
            key = fold(entry["text"]).strip(" .!?")
            if key in known:
                yield Finding(
                    f"tests/nlu/{path.name}",
                    f"'{entry['text']}' staat ook in de voorbeelden ({known[key]}).",
                    "Een testzin mag niet geleerd zijn.",
                )
    for intent in project.topics:
        if tested[intent] < TESTS_AT_LEAST:
            yield Finding(
                "tests/nlu",
                f"'{intent}' heeft {tested[intent]} testzinnen.",
                f"Schrijf er minstens {TESTS_AT_LEAST}.",
                blocks=False,
            )
