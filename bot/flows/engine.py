"""The step engine: from a state and the commands of one message to the next action. Pure; it never asks Rasa anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.flows import conditions
from bot.flows.commands import (
    Back,
    Cancel,
    CannotHandle,
    Clarify,
    Command,
    Crisis,
    Explain,
    ExplainTerm,
    Repeat,
    Restart,
    SetSlots,
    StartFlow,
)
from bot.flows.model import END, Flow, Step
from bot.flows.state import Answered, Frame, State

# More steps than any path through the flows has without waiting; a loop in the data stops here.
MAX_STEPS = 200
# A repeat must not ask for a second call-back.
NEVER_REPEAT = frozenset({"action_terugbelverzoek"})
# What is said, and what is known then, where a flow goes on without this action.
FAILS_SOFTLY: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "action_zoek_lokale_opties": ("utter_opties_storing", {"opties_status": "storing"}),
}
EXPLAIN_ACTION = "utter_uitleg"
TERM_ACTION = "utter_begrip"
_EXPLAINED = "uitleg_sleutel"
_ABOUT_EXPLAINING = frozenset({EXPLAIN_ACTION, "utter_leg_uit", "utter_leg_uit_geen", TERM_ACTION})
# Whoever leaves is not called back with the question that stands open; it waits.
_LEAVING = frozenset({"smalltalk_bye"})
# The opening words of a repetition are not said again when that is repeated.
_OPENING_WORDS = frozenset({"utter_herhaal", "utter_terug", "utter_terug_niets", "utter_opnieuw"})
# Whoever twice asks for something else first, is not asked the same a third time; who began a questionnaire, is.
MOST_ASIDES = 1
_ABOUT_THE_QUESTION = (Repeat, Explain, ExplainTerm, Back, Restart, Cancel)
QUESTIONNAIRES = frozenset({"keuzehulp", "pgb_zelftest"})
# Starting this topic is asking for a human.
HUMAN_FLOW = "medewerker_spreken"
# Whoever comes here, by words or by a button, is counted as somebody in danger.
CRISIS_FLOWS = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling", "spoed"})
# After these the numbers are named once more, shortly, when another topic begins; never before a greeting or a thank you.
REMEMBERED_CRISES = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling"})
NUMBERS_FLOW = "nummers_blijven"
_NO_NUMBERS_BEFORE = ("smalltalk_", "los_", "zeker_weten", "zware_tijd", *CRISIS_FLOWS)
# What is only known while the talk is about the same: a new topic begins without it.
_OF_THE_TOPIC: Mapping[str, Any] = {"los_eerder": None, "datum_van": None, "klacht": None}
# A greeting, a loose "ja" or a question we know nothing of does not change what the talk is about.
_NO_TOPIC = ("smalltalk_", "los_", "out_of_scope", "bot_challenge")
Values = Mapping[str, Any]


@dataclass
class Decision:
    """What to do now: an action, or None to wait for the resident. ``slots``: values to store; ``events``: for the front office."""

    action: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


class FlowEngine:
    """Walks flows. ``kept``: slots that live as long as the conversation; all others end with the flow that filled them.

    ``simpler``: answers that have a simpler version (None: all). ``trace``: is told of each branch that is taken.
    ``passed_over``: per slot the value for who does not know; a question that stayed unanswered twice gets it.
    """

    def __init__(
        self,
        flows: Mapping[str, Flow],
        kept: frozenset[str] = frozenset(),
        simpler: frozenset[str] | None = None,
        trace: Callable[[str, str, int], None] | None = None,
        passed_over: Mapping[str, Any] | None = None,
    ) -> None:
        self.flows, self._kept, self._simpler, self._trace = flows, kept, simpler, trace
        self._passed_over = passed_over or {}

    # --- the commands of one message -------------------------------------------------------------------------------

    def receive(self, state: State, slots: Values, commands: Sequence[Command]) -> Decision:
        """Apply a message to the state (changed in place). The decision holds slot values and events, no action yet."""
        decision = Decision()
        state.fresh = False
        decision.slots["ook_bedoeld"] = None
        understood = not any(isinstance(command, (CannotHandle, Clarify)) for command in commands)
        if understood:
            state.misses = 0
        if not any(isinstance(command, (Repeat, Explain, ExplainTerm)) for command in commands):
            state.said = []
        self._count_unanswered(state, commands)
        for command in commands:
            self._apply(command, state, {**slots, **decision.slots}, decision)
        return decision

    def _count_unanswered(self, state: State, commands: Sequence[Command]) -> None:
        """A message that does something else than answer the open question; asking to hear it again does not count."""
        if self._question(state) is None or any(isinstance(command, _ABOUT_THE_QUESTION) for command in commands):
            return
        assert state.top
        key = f"{state.top.flow} {state.top.step}"
        answered = any(isinstance(command, SetSlots) and command.answer for command in commands)
        state.unanswered = {} if answered else {**state.unanswered, key: state.unanswered.get(key, 0) + 1}

    def _apply(self, command: Command, state: State, slots: Values, decision: Decision) -> None:
        if isinstance(command, SetSlots):
            self._set(command, state, slots, decision)
        elif isinstance(command, Crisis):
            self._crisis(command, state, decision)
        elif isinstance(command, StartFlow):
            if command.instead:
                self._drop_everything(state, decision)
            self._start(command.flow, state, decision)
            self._numbers_once_more(command.flow, state, slots, decision)
            if command.also is not None:
                decision.slots["ook_bedoeld"] = decision.slots["verduidelijk_flows"] = list(command.also)
        elif isinstance(command, Clarify):
            self._clarify(command, state, decision)
        elif isinstance(command, CannotHandle):
            self._miss(state, decision)
        elif isinstance(command, Cancel):
            self._cancel(state, decision)
        elif isinstance(command, Back):
            self._back(state, decision)
        elif isinstance(command, Repeat):
            self._repeat(state, slots)
        elif isinstance(command, Explain):
            self._explain(state, slots, decision)
        elif isinstance(command, ExplainTerm):
            decision.slots["begrip"] = command.term
            state.queue = [TERM_ACTION]
            self._ask_again(state)
        elif isinstance(command, Restart):
            self._restart(state, decision)

    def fail(self, action: str, state: State) -> Decision:
        """An action could not be done. Where a flow can go on without it, it does; else the topic ends, with an apology."""
        decision = Decision()
        softly = FAILS_SOFTLY.get(action)
        if softly:
            text, slots = softly
            decision.slots.update(slots)
            state.queue = [text, *state.queue]
            return decision
        self._drop_everything(state, decision)
        self._pattern("pattern_internal_error", state)
        return decision

    def _set(self, command: SetSlots, state: State, slots: Values, decision: Decision) -> None:
        changed = {name for name, value in command.values.items() if slots.get(name) not in (None, value)}
        decision.slots.update(command.values)
        asked = self._question(state)
        if command.answer:
            if asked and state.top:
                state.answered.append(Answered(state.top.flow, state.top.step, asked.value))
                state.top.phase = "begin"
            return
        earlier = next((a for a in reversed(state.answered) if a.slot in changed), None)
        if earlier and self._return_to(earlier, state):
            self._pattern("pattern_correction", state)
        elif command.correction:
            self._ask_again(state)
            self._pattern("pattern_correction", state)
        elif asked and asked.value in command.values and state.top:
            state.answered.append(Answered(state.top.flow, state.top.step, asked.value))
            state.top.phase = "begin"

    def _question(self, state: State) -> Step | None:
        """The collect step whose question stands open."""
        top = state.top
        return self.flows[top.flow].steps[top.step] if top and top.phase == "asked" else None

    def _return_to(self, answered: Answered, state: State) -> bool:
        """Drop what came after an earlier answer; False when its flow is over."""
        for index in range(len(state.frames) - 1, -1, -1):
            if state.frames[index].flow == answered.flow:
                del state.frames[index + 1 :]
                frame = state.frames[index]
                frame.step, frame.phase, frame.aside = answered.step, "begin", False
                position = state.answered.index(answered)
                del state.answered[position:]
                return True
        return False

    def _start(self, flow: str, state: State, decision: Decision) -> None:
        """A topic begins. The same topic further down starts anew instead of stacking."""
        below = next((i for i, frame in enumerate(state.frames) if frame.flow == flow and not frame.called), None)
        if below is not None:
            told = {name: value for name, value in decision.slots.items() if value is not None}
            for frame in state.frames[below:]:
                self._forget(frame.flow, decision)
            decision.slots.update(told)
            del state.frames[below:]
        if state.top and flow not in _LEAVING:
            state.top.aside = True
            state.top.asides += 1
        self._push(flow, state, decision)

    def _numbers_once_more(self, flow: str, state: State, slots: Values, decision: Decision) -> None:
        if slots.get("na_crisis") and NUMBERS_FLOW in self.flows and not flow.startswith(_NO_NUMBERS_BEFORE):
            self._push(NUMBERS_FLOW, state, decision, called=True)

    def _push(self, flow: str, state: State, decision: Decision, *, called: bool = False, again: bool = False) -> None:
        """``again``: the topic goes on from its beginning with what it asked; that is no new topic."""
        state.push(Frame(flow, self.flows[flow].first, called=called))
        if again:
            decision.events += [{"type": "handover_resumed"}] if flow == HUMAN_FLOW else []
            return
        if not called and not self.flows[flow].is_pattern:
            if not (self.flows[flow].is_follow_up or flow.startswith(_NO_TOPIC)):
                decision.slots |= {"onderwerp": flow, **_OF_THE_TOPIC}
            decision.events.append({"type": "flow_started", "flow": flow})
        if flow in CRISIS_FLOWS and not called:
            decision.events.append({"type": "crisis", "class": flow})
            decision.slots |= {"na_crisis": flow} if flow in REMEMBERED_CRISES else {}
        if flow == HUMAN_FLOW:
            decision.events.append({"type": "handover_requested", "reason": "verzoek"})

    def _pattern(self, flow: str, state: State) -> None:
        """A conversation pattern comes on top; the question below stays open."""
        state.push(Frame(flow, self.flows[flow].first))

    def _crisis(self, command: Crisis, state: State, decision: Decision) -> None:
        self._drop_everything(state, decision)
        decision.slots.update(command.slots)
        self._push(command.flow, state, decision)

    def _clarify(self, command: Clarify, state: State, decision: Decision) -> None:
        """One question what is meant; whoever is still not understood after it goes to a human."""
        if state.misses:
            self._miss(state, decision)
            return
        state.misses = 1
        decision.events.append({"type": "clarified"})
        decision.slots |= {"verduidelijk_flows": list(command.flows), "verduidelijk_reden": command.reason}
        self._pattern("pattern_clarification", state)

    def _miss(self, state: State, decision: Decision) -> None:
        state.misses += 1
        decision.events.append({"type": "not_understood"})
        if state.misses > 1:
            for frame in state.frames:
                self._forget(frame.flow, decision)
            state.frames, state.answered = [], []
            decision.events.append({"type": "handover_requested", "reason": "tweede_misser"})
        self._ask_again(state)
        self._pattern("pattern_cannot_handle", state)

    def _cancel(self, state: State, decision: Decision) -> None:
        self._drop_everything(state, decision)
        self._pattern("pattern_cancel_flow", state)

    def _back(self, state: State, decision: Decision) -> None:
        if not state.frames and state.finished:
            self._reopen(state, decision)
        while state.answered:
            last = state.answered[-1]
            if self._return_to(last, state):
                decision.slots[last.slot] = None
                self._pattern("pattern_back", state)
                return
            state.answered.pop()
        self._ask_again(state)
        self._pattern("pattern_back_nothing", state)

    def _reopen(self, state: State, decision: Decision) -> None:
        """A topic that ended a moment ago opens again at its last question, with what was answered before."""
        assert state.finished
        state.answered = [Answered(**answered) for answered in state.finished["answered"]]
        flow = state.answered[-1].flow
        state.frames = [Frame(flow, state.answered[-1].step)]
        decision.slots.update(state.finished["slots"])
        decision.slots["onderwerp"] = flow
        state.finished = None

    def _restart(self, state: State, decision: Decision) -> None:
        """The topic that is going on begins anew; what it asked itself is asked again."""
        topic = next((frame.flow for frame in state.frames if not frame.called and not self._is_pattern(frame)), None)
        self._drop_everything(state, decision)
        if topic is None:
            self._pattern("pattern_restart_nothing", state)
            return
        decision.slots.update(dict.fromkeys(self.flows[topic].asked_slots()))
        self._push(topic, state, decision)
        self._pattern("pattern_restart", state)

    def _drop_everything(self, state: State, decision: Decision) -> None:
        """All that is going on is over, with what it asked."""
        for frame in state.frames:
            self._forget(frame.flow, decision)
        state.frames, state.answered, state.queue = [], [], []

    def _is_pattern(self, frame: Frame) -> bool:
        return self.flows[frame.flow].is_pattern

    def _repeat(self, state: State, slots: Values) -> None:
        said = [action for action in state.said if action not in NEVER_REPEAT | _OPENING_WORDS]
        state.said = []
        if EXPLAIN_ACTION in said:
            self._simpler_again(state, slots, "pattern_repeat_bot_messages")
            return
        self._again(state, "pattern_repeat_bot_messages", said)

    def _again(self, state: State, pattern: str, actions: list[str]) -> None:
        """Say earlier things again after a pattern's opening words; an open question comes last by itself."""
        asked = self._question(state)
        state.queue = [action for action in actions if asked is None or action != asked.utter]
        self._ask_again(state)
        self._pattern(pattern, state)

    def _simpler_again(self, state: State, slots: Values, pattern: str) -> None:
        """The simpler words of a moment ago; a question that they already hold is not asked in harder words after them."""
        asked = self._question(state)
        if asked and asked.utter in (slots.get(_EXPLAINED) or "").split():
            state.queue = [EXPLAIN_ACTION]
            self._pattern(pattern, state)
            return
        self._again(state, pattern, [EXPLAIN_ACTION])

    def _explain(self, state: State, slots: Values, decision: Decision) -> None:
        """The last answers, and the open question after them, in simpler words.

        What was just said in them cannot be said more simply; then only an open question comes once more.
        """
        asked = self._question(state)
        answers = [action for action in dict.fromkeys(state.said) if not asked or action != asked.utter]
        explained = [action for action in [*answers, *([asked.utter] if asked else [])] if self._can_be_simpler(action)]
        if not explained:
            self._again(state, "pattern_explain_nothing", [])
        elif EXPLAIN_ACTION not in state.said:
            words = decision.slots[_EXPLAINED] = " ".join(explained)
            self._simpler_again(state, {**slots, _EXPLAINED: words}, "pattern_explain")
        elif asked and self._can_be_simpler(asked.utter):
            decision.slots[_EXPLAINED] = asked.utter
            self._simpler_again(state, {_EXPLAINED: asked.utter}, "pattern_explain_nothing")
        else:
            self._again(state, "pattern_explain_nothing", [])

    def _can_be_simpler(self, action: str) -> bool:
        return _is_answer(action) and (self._simpler is None or action in self._simpler)

    def _ask_again(self, state: State) -> None:
        if state.top and state.top.phase == "asked":
            state.top.phase = "begin"

    # --- step by step ----------------------------------------------------------------------------------------------

    def advance(self, state: State, slots: Values, context: Values) -> Decision:
        """The next action (state changed in place), or None to wait. Call again after the action with the new slots."""
        decision = Decision()
        context = {**context, "misser": state.misses}
        for _ in range(MAX_STEPS):
            action = self._step(state, {**slots, **decision.slots}, context, decision)
            if action == END:
                return decision
            if action:
                state.said.append(action)
                decision.action = action
                return decision
        state.frames = []
        return decision

    def _step(self, state: State, slots: Values, context: Values, decision: Decision) -> str | None:
        """Do one step: an action's name, END to wait for the resident, or None to go on."""
        frame = state.top
        if state.queue and (frame is None or not self.flows[frame.flow].is_pattern):
            return state.queue.pop(0)
        if frame is None or frame.phase == "asked":
            return END
        step = self.flows[frame.flow].steps[frame.step]
        if frame.phase == "done":
            self._follow(step, frame, state, slots, context, decision)
            return None
        return self._begin(step, frame, state, slots, context, decision)

    def _begin(
        self, step: Step, frame: Frame, state: State, slots: Values, context: Values, decision: Decision
    ) -> str | None:
        if step.kind == "action":
            frame.phase = "done"
            return str(step.value)
        if step.kind == "collect":
            return self._collect(step, frame, state, slots, context, decision)
        frame.phase = "done"
        if step.kind == "set_slots":
            decision.slots.update(step.value)
        elif step.kind == "call":
            self._push(step.value, state, decision, called=True)
        elif step.kind == "link":
            self._leave(state, decision, forget=True)
            self._push(step.value, state, decision, again=step.value == frame.flow)
        return None

    def _collect(
        self, step: Step, frame: Frame, state: State, slots: Values, context: Values, decision: Decision
    ) -> str | None:
        answered = any(a.flow == frame.flow and a.step == step.id for a in state.answered)
        if slots.get(step.value) is None and self._asked_enough(step, frame, state):
            decision.slots[step.value] = self._passed_over[step.value]
            slots = {**slots, **decision.slots}
        if slots.get(step.value) is None or (step.ask_before_filling and not answered):
            decision.slots[step.value] = None
            frame.phase = "asked"
            return step.utter
        for rejection in step.rejections:
            if conditions.holds(rejection.condition, slots, context):
                decision.slots[step.value] = None
                state.answered = [a for a in state.answered if a.slot != step.value]
                return rejection.utter
        if not answered:
            state.answered.append(Answered(frame.flow, step.id, step.value))
        frame.phase = "done"
        return None

    def _asked_enough(self, step: Step, frame: Frame, state: State) -> bool:
        """Whether a question stayed unanswered so often that it is passed over; a questionnaire's never is."""
        often = state.unanswered.get(f"{frame.flow} {step.id}", 0) > MOST_ASIDES
        return often and step.value in self._passed_over and frame.flow not in QUESTIONNAIRES

    def _follow(
        self, step: Step, frame: Frame, state: State, slots: Values, context: Values, decision: Decision
    ) -> None:
        number, branch = next(
            (
                (n, b)
                for n, b in enumerate(step.next)
                if b.condition is None or conditions.holds(b.condition, slots, context)
            ),
            (0, None),
        )
        if self._trace and branch is not None:
            self._trace(frame.flow, step.id, number)
        if branch is None or branch.target == END:
            self._finish(state, slots, context, decision)
        else:
            frame.step, frame.phase = branch.target, "begin"

    def _finish(self, state: State, slots: Values, context: Values, decision: Decision) -> None:
        """A flow is over: empty what was only its own, and go on with what it interrupted."""
        frame = state.frames[-1]
        flow = self.flows[frame.flow]
        self._remember(frame, state, slots)
        self._leave(state, decision, forget=not frame.called)
        if not flow.is_pattern:
            decision.events.append({"type": "flow_completed", "flow": flow.id})
        if flow.id == HUMAN_FLOW and context.get("bemenst"):
            # A colleague goes on from here; a question of ours beside that would only confuse.
            while state.frames:
                self._leave(state, decision, forget=True)
        if not flow.is_pattern:
            self._drop_what_was_left(state, decision)
            if state.top and state.top.aside:
                self._resume(state, decision)

    def _remember(self, frame: Frame, state: State, slots: Values) -> None:
        """What a topic asked, so that "terug" can open it again after its end."""
        own = [answered for answered in state.answered if answered.flow == frame.flow]
        if frame.called or self._is_pattern(frame) or len(state.frames) > 1:
            return
        values = {name: slots.get(name) for name in self.flows[frame.flow].own_slots()}
        state.finished = {"answered": [asdict(answered) for answered in own], "slots": values} if own else None

    def _leave(self, state: State, decision: Decision, *, forget: bool) -> None:
        frame = state.frames.pop()
        if forget:
            self._forget(frame.flow, decision)
            state.answered = [a for a in state.answered if a.flow != frame.flow]

    def _drop_what_was_left(self, state: State, decision: Decision) -> None:
        """A topic that was set aside too often is over: its question would be repeated for ever."""
        while state.top and state.top.aside and state.top.asides > MOST_ASIDES:
            if self._owner(state).flow in QUESTIONNAIRES:
                return
            while state.top.called:
                self._leave(state, decision, forget=True)
            self._leave(state, decision, forget=True)
            while state.top and self._is_pattern(state.top):
                self._leave(state, decision, forget=True)

    @staticmethod
    def _owner(state: State) -> Frame:
        """The topic that the flow on top belongs to."""
        return next(frame for frame in reversed(state.frames) if not frame.called)

    def _resume(self, state: State, decision: Decision) -> None:
        assert state.top is not None
        state.top.aside = False
        owner = self._owner(state)
        self._ask_again(state)
        if self._is_pattern(owner):
            return
        if not self.flows[owner.flow].is_follow_up:
            decision.slots["onderwerp"] = owner.flow
        decision.slots["onderwerp_naam"] = self.flows[owner.flow].name
        self._pattern("pattern_continue_interrupted", state)

    def _forget(self, flow: str, decision: Decision) -> None:
        decision.slots.update(dict.fromkeys(self.flows[flow].own_slots() - self._kept))


def _is_answer(action: str) -> bool:
    return action.startswith("utter_") and action not in _ABOUT_EXPLAINING
