"""A graph of scalars: values above its edges, gradients below them."""

from collections import Counter, defaultdict
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Patch

from ebmlib.backprop.scalar import Scalar, order, sweep
from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import Array, decorate, record
from ebmlib.plot.canvas.style import style
from ebmlib.plot.words import label

Place = tuple[float, float]
Side = Literal["left", "right"]
RADIUS, STEP, ROW = 0.32, 2.2, 1.7  # of a number; between two columns; between two rows


def layout(L: Scalar) -> dict[int, Place]:
    """Place every number that L was made from, by its `id`: L at the right, its leaves leftmost.

    Formula:
        The column is the longest way to L. Leaves stand below one another, in the order of their
        use; what was made stands at the mean height of its parents, a row at least from others.
    """
    listed = order(L)
    column: dict[int, int] = defaultdict(int)
    for child in reversed(listed):
        for parent in child.parents:
            column[id(parent)] = max(column[id(parent)], column[id(child)] + 1)
    y: dict[int, float] = {}
    for a in listed:
        made = [y[id(p)] for p in a.parents]
        leaves = sum(not b.parents for b in listed if id(b) in y)
        y[id(a)] = float(np.mean(made)) if made else -ROW * leaves
    for one in set(column.values()):
        above = np.inf
        for a in sorted((a for a in listed if column[id(a)] == one), key=lambda a: -y[id(a)]):
            y[id(a)] = above = min(y[id(a)], above - ROW)
    last = max(column.values(), default=0)
    return {id(a): (STEP * (last - column[id(a)]), y[id(a)]) for a in listed}


def graph(ax: Axes, L: Scalar, *, numbers: bool = True, name: str = "graph") -> None:
    """Draw how L was made: leaves as circles, operations as boxes, an arrow for each use.

    Above an arrow stands the value that flows forward, below it the gradient that flows back;
    without `numbers` the arrows are bare, for the background of a film.
    """
    place, edges = layout(L), _edges(L)
    ways = _ways(L, edges, place)
    values = [parent.value for _, parent, _ in edges] + [L.value]
    gradients = [flow for _, _, flow in edges] + [1.0]
    with style():
        ax.set_aspect("equal")
        ax.set_axis_off()
        _arrows(ax, ways, values, gradients, name)
        for a in order(L):
            _number(ax, a, place[id(a)])
    _limits(ax, place, ways)
    if numbers:
        flows(ax, L)


def flows(ax: Axes, L: Scalar, *, computed: int | None = None, swept: int | None = None) -> None:
    """Write values and gradients at the arrows of `graph`: a film's frame, or all of them.

    The first `computed` numbers, in topological order, have their values; the first `swept`
    arrows of the way back their gradients, of which the very first is the 1 that L begins with.
    """
    listed, edges = order(L), _edges(L)
    ways = _ways(L, edges, layout(L))
    known = {id(a) for a in listed[: len(listed) if computed is None else computed]}
    back = len(ways) if swept is None else swept
    for i, ((_, parent, flow), way) in enumerate(zip(edges, ways, strict=False)):
        value = parent.value if id(parent) in known else None
        _words(ax, way, value, flow if i + 1 < back else None)
    value = L.value if id(L) in known else None
    _words(ax, ways[-1], value, 1.0 if back > 0 else None)


def _edges(L: Scalar) -> list[tuple[Scalar, Scalar, float]]:
    """The sweep's edges, without leaving a trace in anyone's gradient."""
    kept = [(a, a.grad) for a in order(L)]
    edges = list(sweep(L))
    for a, grad in kept:
        a.grad = grad
    return edges


def _ways(
    L: Scalar, edges: list[tuple[Scalar, Scalar, float]], place: dict[int, Place]
) -> list[Array]:
    """One path an edge, bent where a straight one would meet a number or a twin; L's way out."""
    ways, seen = [], Counter[tuple[int, int]]()
    twins = Counter((id(parent), id(child)) for child, parent, _ in edges)
    for child, parent, _ in edges:
        pair = id(parent), id(child)
        tail, tip = place[pair[0]], place[pair[1]]
        others = [np.array(at) for key, at in place.items() if key not in pair]
        bend = 0.9 * (1 - 2 * seen[pair]) if twins[pair] > 1 else 0.0
        seen[pair] += 1
        straight = _way(tail, tip, bend)
        if any(np.linalg.norm(straight - at, axis=1).min() < RADIUS + 0.1 for at in others):
            bend = 1.9
        ways.append(_way(tail, tip, bend))
    x, y = place[id(L)]
    ways.append(_way((x, y), (x + 2 * RADIUS + 1.2, y), 0.0))
    return ways


def _way(tail: Place, tip: Place, bend: float) -> Array:
    """A quadratic curve between the rims of two numbers, `bend` rows up at its control point."""
    t = np.linspace(0, 1, 81)[:, None]
    a, b = np.array(tail), np.array(tip)
    middle = (a + b) / 2 + (0, bend)
    path: Array = (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b
    far = (np.abs(path - a).max(1) > RADIUS) & (np.abs(path - b).max(1) > RADIUS + 0.03)
    kept: Array = path[far]
    return kept


def _arrows(
    ax: Axes,
    ways: list[Array],
    values: list[float],
    gradients: list[float],
    name: str,
) -> None:
    gap = np.full((1, 2), np.nan)
    pieces: list[Array] = []
    for way in ways:
        unit = (way[-1] - way[-4]) / np.linalg.norm(way[-1] - way[-4])
        across = unit[::-1] * (-1, 1)
        head = [way[-1] - 0.17 * unit + side * 0.09 * across for side in (1, -1)]
        pieces += [
            way[:: max(len(way) // 12, 1)],
            way[-1:],
            gap,
            np.array([head[0], way[-1], head[1]]),
            gap,
        ]
    (drawn,) = ax.plot(*np.concatenate(pieces).T, color=hex_of("ink"), lw=0.9, zorder=1)
    ends = np.array([(*way[0], *way[-1]) for way in ways]).T
    columns = dict(zip(("x", "y", "x1", "y1"), ends, strict=True))
    columns |= {"value": np.array(values), "gradient": np.array(gradients)}
    record(ax, drawn, name, columns)  # a row an arrow, where it starts


def _number(ax: Axes, a: Scalar, at: Place) -> None:
    outline: Any = {"facecolor": hex_of("card"), "edgecolor": hex_of("ink"), "linewidth": 0.9}
    if a.parents:
        corner = (at[0] - RADIUS, at[1] - RADIUS)
        box = "round,pad=0,rounding_size=0.1"
        patch: Patch = FancyBboxPatch(corner, 2 * RADIUS, 2 * RADIUS, boxstyle=box, **outline)
        label(ax, *at, f"{a.made_by}", where="centre", halo=False)
        if a.name:
            label(ax, at[0], at[1] + RADIUS, f"${a.name}$", where="above", offset=2)
    else:
        patch = Circle(at, RADIUS, **outline)
        label(ax, *at, f"${a.name}$", where="centre", halo=False)
    ax.add_patch(patch)
    decorate(ax, patch)


def _words(ax: Axes, way: Array, value: float | None, gradient: float | None) -> None:
    """Over and under an arrow; beside it where it is steep, for words are wide."""
    n = int(0.36 * len(way))
    right, up = way[n + 2] - way[n - 2]
    steep = abs(up / right) > 0.2
    x, y = way[int(0.46 * len(way))] if steep else way[n]
    sides: tuple[Side, Side] = ("right", "left") if up > 0 else ("left", "right")
    if value is not None:
        over = label(ax, x, y, _text(value), "green", where="above", offset=2.0 if steep else 4.0)
        over.set_horizontalalignment(sides[0] if steep else "center")
    if gradient is not None:
        words = f"$\\leftarrow$ {_text(gradient)}"
        under = label(ax, x, y, words, "red", where="below", offset=2.0 if steep else 4.0)
        under.set_horizontalalignment(sides[1] if steep else "center")


def _text(value: float) -> str:
    return "$" + f"{value:.3g}".replace("-", "{-}") + "$"


def _limits(ax: Axes, place: dict[int, Place], ways: list[Array]) -> None:
    x, y = np.array(list(place.values())).T
    high = np.concatenate(ways)[:, 1].max()
    ax.set_xlim(x.min() - RADIUS - 0.1, x.max() + 2 * RADIUS + 1.2)
    ax.set_ylim(y.min() - 0.75, max(y.max(), high) + 0.75)
