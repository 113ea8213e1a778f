"""A figure as a file: an SVG and a PDF that two runs write alike, and the map from data to both."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib import text
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from ebmlib.plot.canvas.style import FONTS, style
from ebmlib.plot.canvas.svg import slim


def scales(ax: Axes) -> list[str]:
    """How each axis of the plane counts: linear or log."""
    return [ax.get_xscale(), ax.get_yscale()]


def data_map(fig: Figure, ax: Axes) -> list[list[float]]:
    """The affine map from data to the SVG's points, one row a coordinate, the shift last.

    On logarithmic axes it acts on the decimal logarithms. The layout must have been done.
    """
    dim = 3 if ax.name == "3d" else 2
    probes = np.vstack((np.zeros(dim), np.eye(dim)))
    if dim == 3:
        matrix = ax.get_proj()  # type: ignore[attr-defined]
        matrix = matrix[:2] / matrix[3, 3]  # seen from far away, nothing shrinks with distance
        flat = probes @ matrix[:, :3].T + matrix[:, 3]
        pixels = ax.transData.transform(flat)
    else:
        kinds = scales(ax)
        logs = [
            10.0**side if scale == "log" else side
            for side, scale in zip(probes.T, kinds, strict=True)
        ]
        pixels = ax.transData.transform(np.stack(logs, 1))
    places = pixels * 72 / fig.dpi
    places[:, 1] = fig.get_figheight() * 72 - places[:, 1]
    rows = np.vstack((places[1:] - places[0], places[0])).T
    return [[round(float(entry), 5) for entry in row] for row in rows]


def svg(fig: Figure) -> str:
    """The figure as a small SVG that two runs write alike."""
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    return slim(_save(fig, "svg", metadata=nothing).decode("utf-8"))


def pdf(fig: Figure, name: str) -> str:
    """The figure as a vector PDF in base64, without dates, on no ground."""
    about = {"Title": name, "CreationDate": None, "ModDate": None, "Producer": None}
    raw = _save(fig, "pdf", metadata=about | {"Creator": None}, facecolor="none")
    return base64.b64encode(raw).decode("ascii")


@contextmanager
def _labels_read_once() -> Iterator[None]:
    """Matplotlib makes several renderers for a figure, and each reads every formula anew."""
    make = text.TextToPath
    text.TextToPath = lambda: text_to_path  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        text.TextToPath = make  # type: ignore[misc]


def _save(fig: Figure, form: str, **options: Any) -> bytes:
    file = BytesIO()
    with style(), _labels_read_once():
        for words in fig.findobj(match=Text):
            assert isinstance(words, Text)
            words.set_fontfamily(FONTS)  # made lazily, outside our context
        fig.savefig(file, format=form, **options)
    return file.getvalue()
