"""What is left out of Rasa's processor is not missed."""

from __future__ import annotations

import ast
import copy
from pathlib import Path

import rasa.core.processor
from rasa.shared.core.domain import Domain
from rasa.shared.core.slots import CategoricalSlot

from bot.paths import ROOT
from bot.runtime import processor
from bot.yamlsource import load

processor.install()


def test_no_slot_waits_to_be_filled_by_rasa() -> None:
    domain = Domain.load(str(ROOT / "domain.yml"))
    own = [slot for slot in domain.slots if slot.name not in {"session_started_metadata", "requested_slot"}]
    assert len(own) > 50
    assert [slot.name for slot in own if slot.mappings != [{"type": "custom"}]] == []


def test_every_intent_we_teach_stands_in_the_domain() -> None:
    known = set(Domain.load(str(ROOT / "domain.yml")).intents)
    taught = {
        str(group["intent"]).split("/")[0]
        for path in (ROOT / "data" / "nlu").glob("*.yml")
        for group in load(path)["nlu"]
        if "intent" in group
    }
    assert len(taught) > 40
    assert taught - known == set()


def test_a_copied_slot_is_the_same_and_stands_alone() -> None:
    slot = CategoricalSlot("wet", [{"type": "custom"}], values=["wmo", "jeugdwet"])
    slot.value = "wmo"
    copied = copy.copy(slot)
    copied.value = "jeugdwet"
    assert (slot.value, copied.value) == ("wmo", "jeugdwet")
    assert type(copied) is CategoricalSlot
    assert copied.values == slot.values


def test_a_tracker_is_copied_for_an_action_that_may_be_rejected_and_nowhere_else() -> None:
    tree = ast.parse(Path(rasa.core.processor.__file__).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [function.name for function in functions if _calls(function, "tracker.copy")] == ["_run_action"]


def test_no_action_of_ours_rejects_itself() -> None:
    sources = [*(ROOT / "actions").rglob("*.py"), *(ROOT / "bot" / "dialogue").rglob("*.py")]
    assert [path.name for path in sources if "ActionExecutionRejection" in path.read_text(encoding="utf-8")] == []


def test_the_processor_copies_nothing_but_for_its_debug_log() -> None:
    tree = ast.parse(Path(rasa.core.processor.__file__).read_text(encoding="utf-8"))
    for_the_log = [call for call in _calls(tree, "structlogger.debug") for _ in _calls(call, "copy.deepcopy")]
    copies = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "copy"]
    assert len(copies) == len(for_the_log) > 0


def _calls(inside: ast.AST, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(inside) if isinstance(node, ast.Call) and ast.unparse(node.func) == name]
