"""What a figure's SVG draws, read back as numbers, and how far it is from the figure's tables."""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

MIME = "application/vnd.ebmlib.figure+json"
XLINK = "{http://www.w3.org/1999/xlink}href"
NUMBERS = r"(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)"
TOLERANCE = 0.03  # points: the SVG keeps two decimals
GRID = re.compile(r"(raster|mesh|cells):\d+x\d+$")
STROKES = {"cross": 2, "plus": 2}  # subpaths of a mark, where it has more than one


def load(*tables: str) -> dict[str, np.ndarray]:
    """The columns of the texts of a figure's tables, by numpy.loadtxt, as they are stored."""
    columns: dict[str, np.ndarray] = {}
    for table in tables:
        heads = table.split("\n", 1)[0].split()
        numbers = np.loadtxt(io.StringIO(table), skiprows=1, ndmin=2)
        columns |= dict(zip(heads, numbers.T, strict=True))
    return columns


def loaded(facts: dict[str, Any]) -> dict[str, np.ndarray]:
    """The columns of all tables of a figure, a row for each node of a grid."""
    columns = load(*(text for _, text in facts["tables"]))
    for one in facts["series"]:
        if GRID.match(one["kind"]):
            x, y, *_ = one["columns"]
            mesh = np.meshgrid(columns[x], columns[y])
            columns |= {x: mesh[0].ravel(), y: mesh[1].ravel()}
    return columns


def misfits(svg: str, facts: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """For each thing drawn, the greatest distance in points between tables and drawing."""
    tree = ET.fromstring(facts["film"]["svg"] if "film" in facts else svg)
    columns = loaded(facts)
    canvas = np.array(tree.get("viewBox", "").split()[2:], dtype=float)
    for one in facts["series"]:
        element = next(node for node in tree.iter() if node.get("id") == one["element"])
        data = [columns[head] for head in one["columns"]]
        to = np.array(facts["maps"][one["panel"]])
        yield one["name"], _misfit(element, one, data, to, canvas)


def _misfit(
    element: ET.Element, one: dict[str, Any], data: list[Any], to: np.ndarray, canvas: np.ndarray
) -> float:
    kind, *rest = one["kind"].split(":")
    dim = to.shape[1] - 1
    if kind == "raster":
        return _raster(element, data, _places(data[:2], one, to))
    if kind == "mesh":
        return _scattered(_paths(element), _places(data, one, to))
    if kind == "cells" and element.tag.endswith("}image"):
        return _raster(element, data, _places(data[:2], one, to))
    if kind == "cells":
        return _cells(element, data)
    if kind in ("polygons", "tiles"):
        corners = [data[i] for i, head in enumerate(one["columns"]) if head[-2:] in (".x", ".y")]
        return _scattered(_paths(element), _places(corners, one, to))
    if kind == "bars":
        x, y = data
        half = float(rest[0]) / 2
        corners = np.concatenate(_paths(element))
        low, high = corners[0::4], corners[2::4]
        left = _places([x - half, np.zeros_like(y)], one, to)
        return float(max(abs(low - left).max(), abs(high - _places([x + half, y], one, to)).max()))
    # What lies beside the panel at the start of a live figure leaves no path.
    nothing = [np.empty((0, 2))]
    vertices = np.concatenate(_paths(element) or nothing)
    if kind == "points":
        starts = (_paths(element, starts=True) or nothing)[0]
        return _points(starts, _places(data[:dim], one, to), rest[0], canvas)
    if kind == "arrows":
        x, y, u, v = data
        scale = float(rest[0])
        tips = _places([x + scale * u, y + scale * v], one, to)
        return _in_order(
            vertices, canvas, np.stack((_places([x, y], one, to), tips), 1).reshape(-1, 2)
        )
    if kind == "segments":
        ends = (_places(data[:2], one, to), _places(data[2:], one, to))
        return _in_order(vertices, canvas, np.stack(ends, 1).reshape(-1, 2))
    return _in_order(vertices, canvas, _places(data[:dim], one, to))


def _places(data: list[Any], one: dict[str, Any], to: np.ndarray) -> np.ndarray:
    """Where the rows of a table stand in the SVG."""
    scales = [*one["scales"], "linear"]
    logs = [np.log10(c) if s == "log" else c for c, s in zip(data, scales, strict=False)]
    rows = np.stack(logs, 1)
    return rows @ to[:, :-1].T + to[:, -1]


def _paths(element: ET.Element, starts: bool = False) -> list[np.ndarray]:
    """The vertices of every path in an element, or only those where a stroke starts."""
    mark = "M" if starts else ""
    found = []
    for node in element.iter():
        if node.tag.endswith("}path") and node.get("d"):
            pairs = re.findall(mark + NUMBERS, node.get("d", ""))
            found.append(np.array(pairs, dtype=float).reshape(-1, 2))
    return found


def _in_order(vertices: np.ndarray, canvas: np.ndarray, expected: np.ndarray) -> float:
    """Every place that lies on the canvas is a vertex, in the table's order."""
    worst, after = 0.0, 0
    with np.errstate(invalid="ignore"):
        inside = ((expected >= 0) & (expected <= canvas)).all(1)  # the rest is clipped away
    for place in expected[inside]:
        distance = np.abs(vertices[after:] - place).max(1)
        close = np.flatnonzero(distance < TOLERANCE)
        if not len(close):
            return float(distance.min(initial=np.inf))
        worst = max(worst, float(distance[close[0]]))
        after += int(close[0])
    return worst


def _points(starts: np.ndarray, places: np.ndarray, shape: str, canvas: np.ndarray) -> float:
    """The first strokes of the marks begin at the places, all shifted alike (dots: not at all)."""
    marks = starts[:: STROKES.get(shape, 1)]
    inside = ((places > 9) & (places < canvas - 9)).all(1)  # the rest may be clipped at the canvas
    if not inside.any():
        return 0.0
    if not len(marks):
        return np.inf
    if len(marks) == len(places):
        shifts = (marks - places)[inside]
    else:
        nearest = [marks[np.abs(marks - place).max(1).argmin()] for place in places[inside]]
        shifts = np.array(nearest) - places[inside]
    shift = np.zeros(2) if shape == "dot" else np.median(shifts, axis=0)
    return float(np.abs(shifts - shift).max())


def _scattered(drawn: list[np.ndarray], places: np.ndarray) -> float:
    """Every vertex is one of the places."""
    vertices = np.concatenate(drawn)
    gaps = [np.abs(places - vertex).max(1).min() for vertex in vertices]
    return float(max(gaps))


def _raster(element: ET.Element, data: list[Any], places: np.ndarray) -> float:
    """At the grid's points the tint is an affine image of the values, where it is not cut."""
    values = data[2]
    raw = element.get(XLINK, "").split(",", 1)[1]
    alpha = np.asarray(Image.open(io.BytesIO(base64.b64decode(raw))))[..., 3].astype(float)
    a, b, c, d, e, f = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", element.get("transform", "")))
    pixels = (places - (e, f)) @ np.linalg.inv(np.array([[a, b], [c, d]])) - 0.5
    nearest = pixels.round().astype(int)
    assert np.abs(pixels - nearest).max() < 0.2, "the grid's points are not in the pixels' middles"
    within = ((nearest >= 0) & (nearest < alpha.shape[::-1])).all(1)  # a panel may show a part
    assert within.mean() > 0.1, "the tint lies beside the grid"
    nearest, values = nearest[within], values[within]
    at = alpha[nearest[:, 1], nearest[:, 0]]
    inner = (at > 0) & (at < at.max())
    if not inner.any():  # two values, as of classes: thick exactly where the one of them is
        thick, least = at > 0, values == values.min()
        return 0.0 if (thick == least).all() or (thick == ~least).all() else np.inf
    slope, shift = np.polyfit(values[inner], at[inner], 1)
    return float(np.abs(at - slope * values - shift)[inner].max() / 255)


def _opacity(style: str) -> float:
    """How thick a face is: Matplotlib leaves a face of no thickness out."""
    if "fill: none" in style:
        return 0.0
    found = re.search(r"fill-opacity: ([\d.]+)", style)
    return float(found[1]) if found else 1.0


def _cells(element: ET.Element, data: list[Any]) -> float:
    *_, values = data
    styles = [n.get("style", "") for n in element.iter() if n.tag.endswith("}path")]
    drawn = [_opacity(style) for style in styles]
    sizes = 0.55 * np.abs(values) / np.abs(values).max()
    return float(np.abs(np.array(drawn) - sizes).max())


def cells(page: Path) -> list[str]:
    """The code cells of a page, without their options."""
    found = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", page.read_text("utf8"), re.M | re.S)
    return [re.sub(r"^:.*\n", "", cell, flags=re.M) for cell in found]


def bundles(page: Path, monkeypatch: Any) -> dict[str, dict[str, Any]]:
    """The figures that a page shows, still, as a film or live, by running its cells here."""
    caught: dict[str, dict[str, Any]] = {}

    def catch(*data: dict[str, Any], metadata: Any = None, **how: Any) -> None:
        if figure := (metadata or {}).get("ebmlib", {}).get("figure"):
            (caught[figure],) = data

    monkeypatch.setattr("IPython.display.display", catch)
    space: dict[str, Any] = {"__name__": "page"}
    for cell in cells(page):
        exec(compile(cell, str(page), "exec"), space)
    return caught
