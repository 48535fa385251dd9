"""The stock Rasa project: its default pipeline and policies, our examples, one rule per topic, one in seven calls an action."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import yaml

# As `rasa init` makes it in 3.6; the fixed seed makes runs comparable.
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "kale-rasa",
    "language": "nl",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 42},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100, "random_seed": 42},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True, "random_seed": 42},
    ],
}
ACTION = "action_bench"
ACTION_CODE = '''"""The action of the stock project: says one line, as a look-up would."""
from rasa_sdk import Action


class ActionBench(Action):
    def name(self):
        return "action_bench"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Er zijn drie adressen bij u in de buurt.")
        return []
'''


def make_project(folder: Path, examples: Path) -> None:
    """Write the project for stock Rasa; ``examples`` are the very files Steunwijzer is trained on."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(examples, folder / "data" / "nlu")
    intents = _intents(folder / "data" / "nlu")
    _write(folder / "config.yml", CONFIG)
    _write(folder / "domain.yml", _domain(intents))
    _write(
        folder / "data" / "rules.yml", {"version": "3.1", "rules": [_rule(i, name) for i, name in enumerate(intents)]}
    )
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": _stories(intents)})
    _write(folder / "credentials.yml", {"rest": None})
    (folder / "actions").mkdir()
    (folder / "actions" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "actions" / "actions.py").write_text(ACTION_CODE, encoding="utf-8")


def connect(folder: Path, actions_port: int) -> None:
    """Tell the project where its action server listens, in this run."""
    _write(folder / "endpoints.yml", _endpoints(actions_port))


def fingerprint(folder: Path, *more: Path) -> str:
    """Of all that the model is made from: the files of a project that is not connected yet, and ``more``."""
    digest = hashlib.sha256()
    for path in [*sorted(path for path in folder.rglob("*") if path.is_file()), *more]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _intents(data: Path) -> list[str]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(data.glob("*.yml"))]
    return sorted({entry["intent"] for document in files for entry in document["nlu"] if "intent" in entry})


def _domain(intents: list[str]) -> dict[str, Any]:
    responses = {
        f"utter_{name}": [{"text": f"Dit is het antwoord over {name}. U kunt ook de gemeente bellen."}]
        for name in intents
    }
    return {"version": "3.1", "intents": intents, "responses": responses, "actions": [ACTION]}


def _answer(index: int, name: str) -> str:
    return ACTION if index % 7 == 0 else f"utter_{name}"


def _rule(index: int, name: str) -> dict[str, Any]:
    return {"rule": name, "steps": [{"intent": name}, {"action": _answer(index, name)}]}


def _stories(intents: list[str]) -> list[dict[str, Any]]:
    pairs = list(zip(enumerate(intents), enumerate(intents[1:], start=1), strict=False))
    steps = [
        [{"intent": n} if kind == 0 else {"action": _answer(i, n)} for i, n in pair for kind in (0, 1)]
        for pair in pairs
    ]
    return [{"story": f"verhaal {number}", "steps": story} for number, story in enumerate(steps)]


def _endpoints(actions_port: int) -> dict[str, Any]:
    return {
        "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "tracker.db"},
    }


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
