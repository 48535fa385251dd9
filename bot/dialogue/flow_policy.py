"""Rasa's policy: asks the flow engine what to do next (graph component).

Rasa calls a policy before every action. At the first call after a message the commands of that message are applied; at
the later calls the engine only goes on. The state travels in the slot ``flow_stack``, through the prediction's events.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content import load_answers, load_facts
from bot.content.glossary import Glossary
from bot.dialogue.answers_to_questions import Question, button_values
from bot.dialogue.commands_from_nlu import commands_for, label_key
from bot.dialogue.danger import ABOUT_DANGER
from bot.dialogue.place import STACK_SLOT
from bot.dialogue.refine import options_shown
from bot.dialogue.situation import Situation, Thresholds, describe
from bot.dialogue.told import slots_of
from bot.dialogue.trace import branch_log
from bot.dialogue.understanding import Understanding, slots_of_payload
from bot.flows import Decision, Flow, FlowEngine, load_flows
from bot.flows.state import State
from bot.paths import CONTENT, FLOWS

EVENTS_SLOT = "turn_events"
# Facts about the resident hold for the whole conversation; everything else belongs to the flow that asked it.
KEPT_SLOTS = frozenset(
    {
        "gemeente",
        "gemeente_naam",
        "gemeente_status",
        "plaats",
        "postcode4",
        "wijk",
        "voor_wie",
        "leeftijd",
        "jongere",
        "na_crisis",
        "leeftijdsgroep",
        "kanaal",
        "wet",
        "onderwerp",
        "zoekopdracht",
    }
)
# Answers to a question of who does not know, or will not say.
_PASSES_OVER = frozenset({"weet_niet", "overslaan"})
# Topics that only a button or another topic starts.
_ALSO_TOPICS = frozenset({"wetwijzer", "keuzehulp", "pgb_zelftest"})
# Topics that are no choice when we ask what somebody means.
NOT_OFFERED = ("smalltalk_", "los_", "bot_challenge", "out_of_scope", "crisis_", "pattern_")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class FlowPolicy(Policy):
    """The only policy: flows decide everything, so nothing about the dialogue is learned."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``zeker``, ``heel_zeker``, ``onderbreken``, ``noemenswaard`` and ``tweede``: see :class:`~bot.dialogue.situation.Thresholds`."""
        return {
            "priority": 1,
            "max_history": None,
            "zeker": 0.5,
            "heel_zeker": 0.75,
            "onderbreken": 0.6,
            "noemenswaard": 0.08,
            "tweede": 0.2,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FlowPolicy:
        """Read the flows of this project."""
        return cls(config, model_storage, resource, execution_context)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        flows = load_flows(FLOWS)
        answers = load_answers(CONTENT)
        simpler = frozenset(key for key, variations in answers.items() if any(answer.simple for answer in variations))
        self._engine = FlowEngine(flows, KEPT_SLOTS, simpler, branch_log(), _passed_over(answers))
        self._glossary = Glossary(load_facts(CONTENT).glossary)
        self._topics = {intent: flow.id for flow in flows.values() for intent in flow.triggers} | _by_own_name(flows)
        # What is known of the resident stays when a topic begins; only what belongs to the topic is read anew.
        self._details = {flow.id: slots_of(flow, flows) - KEPT_SLOTS for flow in flows.values()}
        self._askers = _askers(flows)
        self._not_offered = frozenset(flow for flow in flows if flow.startswith(NOT_OFFERED))
        self._thresholds = Thresholds(
            *(config[name] for name in ("zeker", "heel_zeker", "onderbreken", "noemenswaard", "tweede"))
        )

    def _create_featurizer(self) -> TrackerFeaturizer | None:
        return None

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """There is nothing to train."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None = None, **kwargs: Any
    ) -> PolicyPrediction:
        """The next action with certainty, and the slot values that belong to it."""
        slots: dict[str, Any] = tracker.current_slot_values()
        state = State.from_json(slots.get(STACK_SLOT))
        events = list(slots.get(EVENTS_SLOT) or [])
        changes: dict[str, Any] = {}
        if self._is_first_of_turn(tracker):
            state.fresh, events = True, []
            decision = self._engine.receive(state, slots, self._commands(tracker, state, slots))
            _merge(changes, events, decision)
        elif failed := _failed_action(tracker):
            _merge(changes, events, self._engine.fail(failed, state))
        decision = self._engine.advance(state, {**slots, **changes}, {"bemenst": bool(slots.get("bemenst"))})
        _merge(changes, events, decision)
        changes |= {STACK_SLOT: state.to_json(), EVENTS_SLOT: events}
        applied: list[Event] = [SlotSet(name, value) for name, value in changes.items() if slots.get(name) != value]
        probabilities = self._prediction_for(decision.action or ACTION_LISTEN_NAME, domain)
        return self._prediction(probabilities, events=applied, is_no_user_prediction=True)

    @staticmethod
    def _is_first_of_turn(tracker: DialogueStateTracker) -> bool:
        return tracker.latest_action_name == ACTION_LISTEN_NAME

    def _commands(self, tracker: DialogueStateTracker, state: State, slots: Mapping[str, Any]) -> Any:
        message = tracker.latest_message
        said = Understanding.from_parse(message.text or "", message.parse_data) if message else Understanding("")
        situation = Situation(
            topics=self._topics,
            not_offered=self._not_offered,
            known_slots=frozenset(tracker.slots),
            question=self._open_question(tracker, state, slots),
            thresholds=self._thresholds,
            details=self._details,
            askers=self._askers,
            person=slots.get("voor_wie"),
            answered={answer.slot: slots.get(answer.slot) for answer in state.answered} if state.frames else {},
            concluded=(state.finished or {}).get("slots", {}),
            topic=slots.get("onderwerp"),
            meant=tuple(slots.get("verduidelijk_flows") or ()),
            glossary=self._glossary,
            options_shown=options_shown(state, slots),
            labels=self._labels(state, slots),
        )
        return commands_for(said, situation)

    def _labels(self, state: State, slots: Mapping[str, Any]) -> dict[str, str]:
        """The buttons under the messages of the last turn: as typed, to what they do."""
        shown = {label: payload for key in state.said for label, payload in _all_buttons().get(key, {}).items()}
        topics = slots.get("verduidelijk_flows") or () if "utter_verduidelijken" in state.said else ()
        return shown | {label_key(self._engine.flows[topic].name): f"/{topic}" for topic in topics}

    def _open_question(self, tracker: DialogueStateTracker, state: State, slots: Mapping[str, Any]) -> Question | None:
        top = state.top
        if top is None or top.phase != "asked":
            return None
        step = self._engine.flows[top.flow].steps[top.step]
        buttons = (
            {**_question_buttons().get(step.utter, {}), **_offered(slots)}
            if step.value == "gemeente_keuze"
            else _question_buttons().get(step.utter, {})
        )
        return describe(step.value, tracker.slots[step.value], buttons)

    def _prediction_for(self, action: str, domain: Domain) -> list[float]:
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        return probabilities


def _by_own_name(flows: Mapping[str, Flow]) -> dict[str, str]:
    """A button may start any flow that is no pattern by its name."""
    return {flow.id: flow.id for flow in flows.values() if not flow.is_pattern}


def _askers(flows: Mapping[str, Flow]) -> dict[str, str]:
    """Per slot the topic that asks for it; where more than one does, none: which was meant is not known."""
    asking: dict[str, set[str]] = {}
    for flow in flows.values():
        for step in flow.steps.values() if flow.triggers or flow.id in _ALSO_TOPICS else ():
            if step.kind == "collect":
                asking.setdefault(step.value, set()).add(flow.id)
    return {slot: next(iter(found)) for slot, found in asking.items() if len(found) == 1}


def _passed_over(answers: Mapping[str, Any]) -> dict[str, str]:
    """Per slot the value for who does not know, where a button of its question has one. About danger it is asked again."""
    buttons = (button for variations in answers.values() for answer in variations for button in answer.buttons)
    given = (slots_of_payload(button["payload"]) or {} for button in buttons)
    pairs = ((slot, value) for values in given for slot, value in values.items())
    return {slot: value for slot, value in pairs if value in _PASSES_OVER and slot not in ABOUT_DANGER}


def _offered(slots: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {item["label"]: {"gemeente_keuze": item["gm"]} for item in slots.get("gemeente_kandidaten") or []}


def _failed_action(tracker: DialogueStateTracker) -> str | None:
    """The custom action that was just called and did nothing at all: each says or stores something, so it was not reached."""
    name = tracker.latest_action_name or ""
    if not name.startswith("action_") or name == ACTION_LISTEN_NAME:
        return None
    after = takewhile(lambda event: not isinstance(event, ActionExecuted), reversed(tracker.events))
    return None if any(isinstance(event, (BotUttered, SlotSet)) for event in after) else name


def _merge(changes: dict[str, Any], events: list[dict[str, Any]], decision: Decision) -> None:
    changes.update(decision.slots)
    events.extend(decision.events)


@lru_cache(maxsize=1)
def _all_buttons() -> dict[str, dict[str, str]]:
    """Per text what its buttons do, by their labels as they may be typed."""
    return {
        key: {label_key(button["title"]): button["payload"] for answer in variations for button in answer.buttons}
        for key, variations in load_answers(CONTENT).items()
    }


@lru_cache(maxsize=1)
def _question_buttons() -> dict[str, dict[str, Mapping[str, Any]]]:
    """Buttons of every question, to recognise their labels when they are typed."""
    return {
        key: button_values([button for answer in variations for button in answer.buttons])
        for key, variations in load_answers(CONTENT).items()
        if any(answer.buttons for answer in variations)
    }
