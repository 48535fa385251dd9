"""What the browser tells a screen reader, from Chromium's own accessibility tree: who is who, in which order, and what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# Only boxes: a screen reader says nothing at them.
_SILENT = frozenset({"none", "generic", "InlineTextBox", "RootWebArea", "LineBreak", "ListMarker"})


@dataclass(frozen=True)
class Node:
    """One thing in the tree. ``within``: the roles around it, outermost first."""

    id: int
    role: str
    name: str
    description: str
    properties: dict[str, Any]
    within: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()


class ScreenReader:
    """Reads one page."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._heard: set[int] = set()

    def tree(self) -> list[Node]:
        """Everything that is told, in the order in which it is read."""
        nodes = self._session.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        return list(_read(nodes[0], by_id, ()))

    def lines(self) -> list[str]:
        """The same as role and name, without the separate texts."""
        return [str(node) for node in self.tree() if node.role != "StaticText"]

    def focus(self) -> Node:
        """Where the focus is: the innermost that says so."""
        return [node for node in self.tree() if node.properties.get("focused")][-1]

    def spoken(self) -> list[str]:
        """What stands in a live region now and was not there before: what a screen reader says by itself."""
        live = [
            node
            for node in self.tree()
            if node.role == "StaticText" and {"log", "status", "alert"} & set(node.within) and node.name.strip()
        ]
        new = [node.name for node in live if node.id not in self._heard]
        self._heard = {node.id for node in live}
        return new


def _read(node: dict[str, Any], by_id: dict[str, Any], within: tuple[str, ...]) -> Iterator[Node]:
    role = node.get("role", {}).get("value", "")
    told = not node.get("ignored") and role not in _SILENT
    if told:
        properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        name, description = (node.get(key, {}).get("value", "") for key in ("name", "description"))
        yield Node(node.get("backendDOMNodeId", 0), role, name, description, properties, within)
    for child in node.get("childIds", []):
        if child in by_id:
            yield from _read(by_id[child], by_id, (*within, role) if told else within)
