"""Show a figure once, with its words, its numbers and its source."""

import re
from typing import Any

from matplotlib.figure import Figure

from ebmlib.plot.canvas.check import check_colours, check_recorded
from ebmlib.plot.canvas.export import data_map, pdf, scales, svg
from ebmlib.plot.canvas.palette import palette
from ebmlib.plot.canvas.panels import name_axes, panels
from ebmlib.plot.canvas.record import Notebook, of
from ebmlib.plot.canvas.table import tables

MIME = "application/vnd.ebmlib.figure+json"
_NAME = re.compile(r"(?!.*-\d+$)[a-z0-9]+(-[a-z0-9]+)*")  # NAME-2.txt is a table's second file


def show(fig: Figure, name: str, alt: str = "", digits: int | None = None) -> None:
    """Display the figure once, as one output that carries everything the book needs of it.

    The output holds the SVG, the PDF, the alternative text and, as JSON, the table of what the
    drawing functions recorded and where these functions stand. The figure is cleared afterwards.

    `digits`: the tables keep what the drawing shows; a page that reads them, to rank or compare,
    needs more, and 7 are those of float32.

    Raises:
        ValueError: for a name that is not words-with-hyphens, an empty `alt`, a colour that is not
            in the stylesheet, or data drawn without being recorded.
    """
    from IPython.display import display

    data = bundle(fig, name, alt, digits)
    fig.clear()
    display(data, metadata={"ebmlib": {"figure": name}}, raw=True)  # type: ignore[no-untyped-call]


def bundle(fig: Figure, name: str, alt: str, digits: int | None = None) -> dict[str, Any]:
    """The mime types of one figure, as `show` displays them."""
    words = check_words(name, alt)
    check_colours(fig, name)
    check_recorded(fig, name)
    name_axes(fig)
    drawing = svg(fig)
    fig.set_layout_engine(None)  # print is laid out like the screen, and the maps hold for both
    return {
        "image/svg+xml": drawing,
        "application/pdf": pdf(fig, name),
        "text/plain": f"Figure {name}: {words}",
        MIME: facts(fig, name, words, drawing, digits),
    }


def check_words(name: str, alt: str) -> str:
    """The alternative text on one line.

    Raises:
        ValueError: for a name that is not words-with-hyphens, or an empty text.
    """
    if not _NAME.fullmatch(name):
        form = "lower-case words joined by hyphens, no number last"
        raise ValueError(f"name must be {form}. Got {name!r}.")
    words = " ".join(str(alt).split())
    if not words:
        raise ValueError(f"figure {name!r} needs alt=, a text that says what is to be seen.")
    return words


def facts(
    fig: Figure, name: str, alt: str, drawing: str, digits: int | None = None
) -> dict[str, Any]:
    """What the picture does not say by itself: words, numbers, source, and how to colour it."""
    book = of(fig)
    return {
        "name": name,
        "alt": alt,
        "tables": tables(fig, name, digits),
        "digits": digits,
        "source": [{"module": module, "function": name} for module, name in book.functions],
        "series": [
            {
                "name": one.name,
                "element": one.element,
                "panel": one.panel,
                "kind": one.kind,
                "columns": [f"{one.name}.{head}" for head in one.columns],
                "scales": scales(fig.axes[one.panel]),
            }
            for one in book.series
        ],
        "panels": panels(fig),
        "maps": [data_map(fig, ax) for ax in fig.axes],
        "rasters": book.rasters,
        "palette": _used(drawing, book),
        "mixes": {value: list(mix) for value, mix in book.mixes.items()},
    }


def _used(drawing: str, book: Notebook) -> dict[str, str]:
    """Hex -> name of the colours in a drawing, of those that it mixes and of its rasters alone.

    A change of another colour leaves the output as it is, so that its page need not run again.
    """
    named = {"ground", *(name for name, _ in book.mixes.values())}
    named |= {str(how.get("tint")) for how in book.rasters.values()}
    return {value: name for name, value in palette().items() if name in named or value in drawing}
