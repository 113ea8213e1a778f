"""Where the nodes of a small graph stand: pure functions of its edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Place = tuple[float, float]  # along the reading direction, and across it
Edges = Mapping[str, set[str]]  # a node, and those before it that it needs


def layers(order: Sequence[str], edges: Edges) -> list[list[str]]:
    """The nodes, each one layer after the last that it needs.

    `order` is that of reading; an edge against it is drawn and moves nothing.
    """
    depth: dict[str, int] = {}
    for node in order:
        depth[node] = max(
            (depth[one] + 1 for one in edges.get(node, ()) if one in depth), default=0
        )
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in order:
        found[depth[node]].append(node)
    return found


def places(order: Sequence[str], edges: Edges) -> dict[str, Place]:
    """The nodes in their layers, as near as may be to what they need, about a middle of zero."""
    found: dict[str, Place] = {}
    for along, layer in enumerate(layers(order, edges)):
        wanted = {
            node: _mean([found[one][1] for one in edges.get(node, ()) if one in found])
            for node in layer
        }
        sorted_layer = sorted(layer, key=lambda node: (wanted[node], order.index(node)))
        for across, node in enumerate(sorted_layer):
            found[node] = (along, across - (len(layer) - 1) / 2)
    return found


def _mean(some: Sequence[float]) -> float:
    return sum(some) / len(some) if some else 0.0
