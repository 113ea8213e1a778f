"""What a link to the book shows elsewhere. Only a book that knows its address can tell it.

The card is drawn at build: the energy of the first page's figure, in the stylesheet's dark colours.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.shared.addresses import known
from _ext.stylesheet.parser import load

CARD = "_static/theme/card.png"
WORDS = "Contours of an energy: a valley along an ellipse, a hill in its middle."
RADII = (2.0, 1.5)


def address(config: Config) -> str:
    """Where the site will stand; empty where that is not known."""
    given = known(config.ebm_site)
    return f"{given}/" if given else ""


def configure(app: Sphinx, config: Config) -> None:
    """Have sphinxext-opengraph write its tags, if there is an address to write."""
    site = address(config)
    if not site:
        return
    app.setup_extension("sphinxext.opengraph")
    config.ogp_site_url = site
    config.ogp_image = CARD
    config.ogp_image_alt = WORDS
    config.ogp_enable_meta_description = False  # layout.html has one
    config.ogp_social_cards = {"enable": False}
    config.ogp_custom_meta_tags = ['<meta name="twitter:card" content="summary_large_image" />']


def write(app: Sphinx) -> None:
    """Draw the card into the site."""
    if app.builder.format == "html" and address(app.config):
        path = Path(app.outdir, CARD)
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(path, app.config.html_title or app.config.project)


def draw(path: Path, title: str) -> None:
    """A card of 1200 by 630 points of the screen."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    colours = {name: colour.dark for name, colour in load().colours.items()}
    fig = Figure(figsize=(12, 6.3), dpi=100, facecolor=colours["ground"])
    FigureCanvasAgg(fig)
    ax = fig.add_axes((0.42, -0.1, 0.62, 1.2))
    ax.set_axis_off()
    y1, y2 = np.meshgrid(np.linspace(-3.4, 3.4, 340), np.linspace(-2.8, 2.8, 280))
    z = np.linspace(0, 2 * np.pi, 361)
    g1, g2 = RADII[0] * np.cos(z), RADII[1] * np.sin(z)
    F = np.min([(y1 - a) ** 2 + (y2 - b) ** 2 for a, b in zip(g1, g2, strict=True)], axis=0)
    ax.contour(y1, y2, F, [0.05, 0.2, 0.5, 1, 1.6, 2.4, 3.4, 4.6], colors=colours["red"])
    ax.plot(g1, g2, color=colours["orange"], linewidth=3)
    ax.set_aspect("equal")
    fig.text(0.06, 0.5, _broken(title), color=colours["ink"], fontsize=36, va="center")
    fig.savefig(path, metadata={"Software": None})


def _broken(title: str, width: int = 16) -> str:
    """The title in lines of about so many letters."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
