"""A flow as a picture (Mermaid), for editors and reviewers."""

from __future__ import annotations

from bot.flows.model import END, Flow, Step

_SHAPES = {
    "action": ("[", "]"),
    "collect": ("{{", "}}"),
    "call": ("[[", "]]"),
    "link": ("[[", "]]"),
    "set_slots": ("[/", "/]"),
    "noop": ("(", ")"),
}
_WORDS = {"collect": "vraag", "call": "doe eerst", "link": "ga naar", "set_slots": "onthoud", "noop": "kies"}


def draw(flow: Flow) -> str:
    """Mermaid text of a flow: boxes for texts, hexagons for questions, arrows with their conditions."""
    lines = ["flowchart TD", f'  begin(["{flow.name}"]) --> {flow.first}', '  einde(["einde"])']
    for step in flow.steps.values():
        opening, closing = _SHAPES[step.kind]
        lines.append(f'  {step.id}{opening}"{_label(step)}"{closing}')
        for branch in step.next if step.kind != "link" else ():
            target = "einde" if branch.target == END else branch.target
            words = (branch.condition or ("anders" if len(step.next) > 1 else "")).replace('"', "'")
            lines.append(f'  {step.id} -->|"{words}"| {target}' if words else f"  {step.id} --> {target}")
    return "\n".join(lines)


def _label(step: Step) -> str:
    if step.kind == "action":
        return str(step.value)
    if step.kind == "set_slots":
        return "onthoud " + ", ".join(f"{name} = {value}" for name, value in step.value.items())
    return f"{_WORDS[step.kind]} {step.value}" if step.value is not True else _WORDS[step.kind]
