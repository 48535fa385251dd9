"""From an answer key and the conversation's slots to a message. Pure; Rasa's side is :mod:`bot.answers.nlg`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content import Answer, Facts
from bot.content.glossary import Glossary

_PLACEHOLDER = re.compile(r"\{([\w.]+)\}")
# A sentence ends at . ! or ? before a space or the end of the line, but not after an abbreviation or a number.
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z‘'\"€{(])")
# National wording ("uw gemeente") follows the way a young person is spoken to.
# A lone capital "U" further on belongs to a name ("Steunpunt Naast U"), which stays as it is.
_FORMAL = re.compile(r"\b[Uu]w\b|\bu\b|^U\b")
# Slots whose values become buttons: filled by the flow engine or an action, because editors cannot know them beforehand.
CANDIDATE_TOPICS = "verduidelijk_flows"
CANDIDATE_MUNICIPALITIES = "gemeente_kandidaten"
_CHOICES_FROM_SLOT = {"utter_verduidelijken": CANDIDATE_TOPICS, "utter_ask_gemeente_keuze": CANDIDATE_MUNICIPALITIES}
EXPIRED = "utter_tekst_verlopen"
WAY_BACK = "utter_terugweg"
TERM = "utter_begrip"
NOTHING_SIMPLER = "utter_leg_uit_geen"
PERSON = "voor_wie"
TOPIC_NAME = "onderwerp_naam"
# More difficult words than this at one message would be a list of their own.
MAX_TERMS = 3
# Here nothing may distract.
_NO_TERMS = ("crisis",)


@dataclass(frozen=True)
class Situation:
    """What a text may refer to: slot values (and values an action passes), today, the resident's municipality."""

    slots: Mapping[str, Any]
    today: date
    municipality: str | None = None


class Renderer:
    """Renders answers from one reading of the content. ``topic_names``: flow id to the words for its button."""

    def __init__(self, answers: Mapping[str, list[Answer]], facts: Facts, topic_names: Mapping[str, str]) -> None:
        self._answers, self._facts, self._topics = answers, facts, topic_names
        self._glossary = Glossary(facts.glossary)

    def render(self, key: str, situation: Situation, *, simple: bool = False) -> dict[str, Any]:
        """The message ``{key, text, choices, blocks, bron, gecontroleerd_op, taal, versie}``. Raises KeyError for an unknown key."""
        answer = self._pick(key, situation)
        text = self.fill(answer.simple if simple and answer.simple else answer.text, situation)
        extra = list(situation.slots.get("blokken") or ())
        return {
            "key": key,
            "text": text,
            "choices": self._choices(key, answer, situation),
            "blocks": [self._block(block) for block in [*answer.blocks, *extra, *self._terms(answer, text)]],
            "bron": [_source(source) for source in answer.sources],
            "gecontroleerd_op": answer.checked_on,
            "taal": answer.language,
            "versie": answer.version,
        }

    def render_simpler(self, keys: Sequence[str], situation: Situation) -> dict[str, Any]:
        """The simpler versions of some answers as one message, with what belongs to the last of them."""
        messages = [self.render(key, situation, simple=True) for key in keys if key in self._answers]
        if not messages:
            return self.render(NOTHING_SIMPLER, situation)
        return {**messages[-1], "text": "\n\n".join(message["text"] for message in messages if message["text"])}

    def render_term(self, key: str, situation: Situation) -> dict[str, Any]:
        """What a difficult word means, with a button for the topic it belongs to."""
        term = self._glossary.terms[key]
        words = {"begrip_term": term.term[:1].upper() + term.term[1:], "begrip_uitleg": term.explanation}
        message = self.render(TERM, Situation({**situation.slots, **words}, situation.today, situation.municipality))
        name = self._topics.get(term.topic or "")
        more = [{"label": f"Meer over: {name}", "payload": f"/{term.topic}"}] if name else []
        source = [_source(term.source)] if term.source else message["bron"]
        return {**message, "choices": [*more, *message["choices"]], "blocks": [], "bron": source}

    def _terms(self, answer: Answer, text: str) -> list[dict[str, Any]]:
        """A block with the difficult words of a text, so that they can be tapped."""
        if answer.source.startswith(_NO_TERMS):
            return []
        found = self._glossary.inside(text, MAX_TERMS)
        items = [{"id": term.key, "term": term.term, "uitleg": term.explanation} for term in found]
        return [{"type": "begrippen", "items": items}] if items else []

    def _pick(self, key: str, situation: Situation) -> Answer:
        """The variation with most conditions that hold, the first of equals; a text past its date makes way for a safe one.

        For whom help is asked says least: a child who asks for its mother is spoken to as a child.
        """
        fitting = [answer for answer in self._answers[key] if answer.fits(situation.slots, situation.today)]
        if fitting:
            return max(fitting, key=lambda answer: (len(answer.conditions), PERSON not in answer.conditions))
        return self._answers[EXPIRED][0]

    def fill(self, text: str, situation: Situation) -> str:
        """Fill in all placeholders; a sentence that refers to something unknown or expired is left out."""
        lines = (self._fill_line(line, situation) for line in text.strip().split("\n"))
        return "\n".join(line for line in lines if line is not None).strip()

    def _fill_line(self, line: str, situation: Situation) -> str | None:
        if "{" not in line:
            return line
        sentences = [self._fill_sentence(part, situation) for part in _SENTENCE.split(line)]
        kept = " ".join(sentence for sentence in sentences if sentence)
        return kept if kept else None

    def _fill_sentence(self, sentence: str, situation: Situation) -> str | None:
        values = {path: self._value(path, situation) for path in _PLACEHOLDER.findall(sentence)}
        if any(value is None for value in values.values()):
            return None
        return _PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), sentence)

    def _value(self, path: str, situation: Situation) -> str | None:
        if "." in path:
            fact = self._facts.lookup(path, situation.today, situation.municipality)
            return _spoken_to(fact, situation) if fact else fact
        value = situation.slots.get(path)
        if value is None or value == "":
            return None
        return _spoken_to(str(value), situation) if path == TOPIC_NAME else str(value)

    def _choices(self, key: str, answer: Answer, situation: Situation) -> list[dict[str, str]]:
        fixed = [
            {"label": _spoken_to(button["title"], situation), "payload": button["payload"]} for button in answer.buttons
        ]
        offered = situation.slots.get(_CHOICES_FROM_SLOT.get(key, ""), None) or []
        make: Callable[[Any], dict[str, str]] = (
            (lambda flow: self._topic_choice(flow, situation))
            if _CHOICES_FROM_SLOT.get(key) == CANDIDATE_TOPICS
            else _municipality_choice
        )
        return [make(item) for item in offered] + fixed

    def way_back(self, flows: Sequence[str], offered: Collection[str], situation: Situation) -> list[dict[str, str]]:
        """Choices for topics that may have been meant, without those already ``offered`` (payloads), and for something else."""
        topics = [choice for flow in flows if (choice := self._topic_choice(flow, situation))["payload"] not in offered]
        buttons = self._answers[WAY_BACK][0].buttons
        return topics + [{"label": button["title"], "payload": button["payload"]} for button in buttons]

    def _topic_choice(self, flow: str, situation: Situation) -> dict[str, str]:
        return {"label": _spoken_to(self._topics.get(flow, flow), situation), "payload": f"/{flow}"}

    def _block(self, block: Mapping[str, Any]) -> dict[str, Any]:
        """Blocks with telephone keys get the numbers themselves."""
        if block["type"] not in {"contact", "noodnummers"}:
            return dict(block)
        known = [(str(key), self._facts.phones.get(str(key))) for key in block["items"]]
        return {**block, "items": [_contact(key, phone) for key, phone in known if phone]}


def _spoken_to(words: str, situation: Situation) -> str:
    """Words that are the same for everybody, with "je" for somebody under 18: "uw gemeente", "Gratis hulp bij uw vraag"."""
    return _FORMAL.sub(_informal, words) if situation.slots.get("jongere") else words


def _informal(match: re.Match[str]) -> str:
    return "Je" if match.group()[0].isupper() else "je"


def _municipality_choice(item: Mapping[str, str]) -> dict[str, str]:
    return {"label": item["label"], "payload": f"/SetSlots(gemeente_keuze={item['gm']})"}


def _contact(key: str, phone: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": key,
        **{name: phone[name] for name in ("naam", "nummer", "wanneer", "kosten", "url") if phone.get(name)},
    }


def _source(source: Any) -> dict[str, str]:
    return {"titel": source} if isinstance(source, str) else dict(source)
