"""Runs Rasa's graph node by node. Dask plans the same dozen nodes anew for every message, and formats them all for a log."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

import rasa.core.processor
from rasa.engine.graph import GraphComponent, GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Component = TypeVar("Component", bound=GraphComponent)
Plan = tuple[tuple[str, GraphNode, tuple[str, ...]], ...]


class OrderedGraphRunner(DaskGraphRunner):
    """A runner that knows the order of its nodes beforehand. Loading is Rasa's own."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Outputs of ``targets`` by name (all targets of the model when None), given named ``inputs``."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._plans[wanted]:
            results[name] = node(*(results[need] for need in needs))
        return dict(results[name] for name in wanted)

    def component(self, kind: type[Component]) -> Component:
        """The component of this kind in the loaded model. Raises LookupError when the model has none."""
        parts = (node._component for node in self._instantiated_nodes.values())
        found = next((part for part in parts if isinstance(part, kind)), None)
        if found is None:
            raise LookupError(f"Het model heeft geen {kind.__name__}; train opnieuw met 'make train'.")
        return found

    @cached_property
    def _plans(self) -> dict[tuple[str, ...], Plan]:
        return {}

    def _plan(self, targets: tuple[str, ...]) -> Plan:
        """The nodes that lead to ``targets``, each after the nodes it needs."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        placed: dict[str, None] = {}

        def place(name: str) -> None:
            if name in nodes and name not in placed:
                for need in nodes[name].needs.values():
                    place(need)
                placed[name] = None

        for target in targets:
            place(target)
        return tuple((name, self._instantiated_nodes[name], tuple(nodes[name].needs.values())) for name in placed)


def install() -> None:
    """Have Rasa's processor load models with this runner."""
    rasa.core.processor.DaskGraphRunner = OrderedGraphRunner  # type: ignore[misc]
