"""How the book's figures look: Matplotlib's settings, used in a context and never left behind."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import matplotlib as mpl

from ebmlib.plot.canvas.palette import colour

TEXT_POINTS = 10.0  # with WIDE below this is 11 px or more on a phone 390 px wide

FONTS = ["cmr10", "DejaVu Sans"]  # the second for letters that Computer Modern lacks

LINES = {"solid": "-", "dashed": (0, (5, 2.5)), "dotted": (0, (1, 2)), "dashdot": (0, (6, 2, 1, 2))}

SETTINGS: dict[str, Any] = {
    "font.family": FONTS,
    "mathtext.fontset": "cm",
    "axes.formatter.use_mathtext": True,
    "axes.unicode_minus": False,
    "font.size": TEXT_POINTS,
    "axes.labelsize": TEXT_POINTS,
    "axes.titlesize": TEXT_POINTS,
    "xtick.labelsize": TEXT_POINTS,
    "ytick.labelsize": TEXT_POINTS,
    "legend.fontsize": TEXT_POINTS,
    "figure.titlesize": TEXT_POINTS,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "xtick.minor.width": 0.5,
    "ytick.minor.width": 0.5,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "grid.alpha": 0.12,
    "grid.linewidth": 0.6,
    "axes3d.grid": False,
    "axes3d.xaxis.panecolor": (0.0, 0.0, 0.0, 0.0),
    "axes3d.yaxis.panecolor": (0.0, 0.0, 0.0, 0.0),
    "axes3d.zaxis.panecolor": (0.0, 0.0, 0.0, 0.0),
    "path.simplify": False,  # every number of the table is a vertex of the drawing
    "svg.fonttype": "path",
    "svg.hashsalt": "ebmlib",
    "svg.image_inline": True,
    "pdf.fonttype": 42,  # printers turn away Type 3
    "pdf.compression": 9,
}
_INK = (
    "text.color",
    "axes.labelcolor",
    "axes.edgecolor",
    "axes.titlecolor",
    "xtick.color",
    "ytick.color",
    "grid.color",
)
_GROUND = ("figure.facecolor", "savefig.facecolor")


@lru_cache(maxsize=1)
def settings() -> Any:
    """All of Matplotlib's settings that the book changes."""
    return SETTINGS | dict.fromkeys(_INK, colour("ink")) | dict.fromkeys(_GROUND, colour("ground"))


@contextmanager
def style() -> Iterator[None]:
    """Within this context Matplotlib draws in the book's style; afterwards nothing has changed."""
    fonts = logging.getLogger("fontTools")
    level = fonts.level
    fonts.setLevel(logging.ERROR)  # it warns of the age of Computer Modern, which would be printed
    try:
        with mpl.rc_context(settings()):
            yield
    finally:
        fonts.setLevel(level)
