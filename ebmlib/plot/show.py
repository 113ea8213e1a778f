"""Open a figure in the book's style, and show it with its words, its numbers and its source."""

import base64
import re
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

from ebmlib.plot.canvas.check import check_colours, check_recorded
from ebmlib.plot.canvas.palette import palette
from ebmlib.plot.canvas.record import of, table
from ebmlib.plot.canvas.style import FONTS, style
from ebmlib.plot.canvas.svg import slim
from ebmlib.plot.frame import view

MIME = "application/vnd.ebmlib.figure+json"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INCHES = {1: 4.4, 2: 5.6, 3: 6.6, 4: 7.6}  # 4.4 inches keep 10 pt at 11 px on a phone


def figure(
    columns: int = 1,
    rows: int = 1,
    aspect: float = 0.75,
    projection: str | None = None,
    width: float | None = None,
    share: bool = False,
) -> tuple[Figure, Any]:
    """A figure in the book's style and its axes: one, or an array of them.

    Shapes: one panel gives the axes themselves, one row an array (columns,), more rows an
    array (rows, columns).

    Units: ``width`` in inches, of the whole figure; ``aspect`` is a panel's height by its width.
    ``projection='3d'`` gives an orthographic view; ``share`` lets the panels share their axes.
    """
    inches = width or _INCHES.get(columns, 1.85 * columns)
    with style():
        fig = Figure(figsize=(inches, inches / columns * aspect * rows), layout="constrained")
        fig.patch.set_gid("ground")
        settings = {"projection": projection} if projection else {}
        axes = fig.subplots(
            rows, columns, squeeze=False, subplot_kw=settings, sharex=share, sharey=share
        )
        if projection == "3d":
            for ax in axes.flat:
                ax.set_proj_type("ortho")
                ax.tick_params(pad=-2)  # Matplotlib keeps the words of 3-d axes far away
                for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
                    axis.labelpad = -6 if columns == 1 else -3
                view(ax, zoom=0.92 if columns == 1 else 0.8)
    of(fig)
    if rows == columns == 1:
        return fig, axes[0, 0]
    return fig, axes[0] if rows == 1 else np.asarray(axes)


def show(fig: Figure, name: str, alt: str = "") -> None:
    """Display the figure once, as one output that carries everything the book needs of it.

    The output holds the SVG, the PDF, the alternative text and, as JSON, the table of what the
    drawing functions recorded and where these functions stand. The figure is cleared afterwards.

    Raises: ValueError for a name that is not words-with-hyphens, an empty ``alt``, a colour that
    is not in the stylesheet, or data drawn without being recorded.
    """
    from IPython.display import display

    data = bundle(fig, name, alt)
    fig.clear()
    display(data, metadata={"ebmlib": {"figure": name}}, raw=True)  # type: ignore[no-untyped-call]


def bundle(fig: Figure, name: str, alt: str) -> dict[str, Any]:
    """The mime types of one figure, as `show` displays them."""
    words = check_words(name, alt)
    check_colours(fig, name)
    check_recorded(fig, name)
    drawing = svg(fig)
    fig.set_layout_engine(None)  # print is laid out like the screen, and the maps hold for both
    return {
        "image/svg+xml": drawing,
        "application/pdf": pdf(fig, name),
        "text/plain": f"Figure {name}: {words}",
        MIME: facts(fig, name, words),
    }


def check_words(name: str, alt: str) -> str:
    """The alternative text on one line.

    Raises: ValueError for a name that is not words-with-hyphens, or an empty text.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"name must be lower-case words joined by hyphens. Got {name!r}.")
    words = " ".join(str(alt).split())
    if not words:
        raise ValueError(f"figure {name!r} needs alt=, a text that says what is to be seen.")
    return words


def facts(fig: Figure, name: str, alt: str) -> dict[str, Any]:
    """What the picture does not say by itself: words, numbers, source, and how to colour it."""
    book = of(fig)
    return {
        "name": name,
        "alt": alt,
        "table": table(book.series),
        "source": [{"module": module, "function": name} for module, name in book.functions],
        "series": [
            {
                "name": one.name,
                "element": one.element,
                "panel": one.panel,
                "kind": one.kind,
                "columns": [f"{one.name}.{head}" for head in one.columns],
                "scales": _scales(fig.axes[one.panel]),
            }
            for one in book.series
        ],
        "maps": [_map(fig, ax) for ax in fig.axes],
        "rasters": book.rasters,
        "palette": {value: name for name, value in palette().items()},
        "mixes": {value: list(mix) for value, mix in book.mixes.items()},
    }


def _scales(ax: Axes) -> list[str]:
    return [ax.get_xscale(), ax.get_yscale()]


def _map(fig: Figure, ax: Axes) -> list[list[float]]:
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
        scales = _scales(ax)
        logs = [
            10.0**side if scale == "log" else side
            for side, scale in zip(probes.T, scales, strict=True)
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
    facts = {"Title": name, "CreationDate": None, "ModDate": None, "Producer": None}
    raw = _save(fig, "pdf", metadata=facts | {"Creator": None}, facecolor="none")
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
