"""The small pictures of a page's figures: drawn when it is read, written when all are known.

Every figure has one for cards and walls, a page's lead one for the strip, a promised one a whole
copy. Drawings are kept by their content under `_build/thumbnails`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from _ext.figures.picture import Picture
from _ext.lead import thumbnail
from _ext.lead.thumbnail import Size, Thumbnail, thumbnails
from _ext.shared import files
from _ext.shared.kept import ByPage
from _ext.stylesheet.parser import load

FOLDER = "_static/small"
CACHE = "_build/thumbnails"
KINDS = {"card": Size(200, 120), "strip": Size(72, 48), "promise": Size(360, 150)}
LOOK = Path(thumbnail.__file__)  # when it draws otherwise, nothing that is kept is right
LOG = logging.getLogger(__name__)


class Figure(NamedTuple):
    """A figure of a page: name, words, the panel of its cards, its small pictures by their kind."""

    name: str
    alt: str
    panel: int
    small: dict[str, Thumbnail]


class Choice(NamedTuple):
    """What the page's promise asks for: figure, panel of the copy, panel of the card, its line."""

    name: str
    panel: int | None
    card: int | None
    place: Any


FIGURES = ByPage[list[Figure]]("small_figures")
LEADS = ByPage[str]("lead_figures")  # the one picture of each page that has some


def lead(env: BuildEnvironment, page: str) -> Figure | None:
    """The one picture of a page: the promised figure, or else its first."""
    name = LEADS(env).get(page)
    return next((one for one in FIGURES(env).get(page, ()) if one.name == name), None)


def note(app: Sphinx, doctree: nodes.document, choice: Choice | None) -> None:
    """Draw all small pictures of a page."""
    env, page = app.env, app.env.docname
    drawn = [one for one in doctree.findall(Picture) if one.get("svg")]
    if not drawn:
        return
    first = choice.name if choice else drawn[0]["name"]
    LEADS(env)[page] = first
    found = [_drawn(app, one, first, choice) for one in drawn]
    FIGURES(env)[page] = list({one.name: one for one in found}.values())


def _drawn(app: Sphinx, node: Picture, first: str, choice: Choice | None) -> Figure:
    name, chosen = node["name"], choice if choice and choice.name == node["name"] else None
    panel = (chosen.card or chosen.panel if chosen else None) or 1
    kinds = ("card", "strip") if name == first else ("card",)
    small = dict(zip(kinds, _kept(app, node, kinds, panel, chosen), strict=True))
    if chosen:
        small["promise"] = _kept(app, node, ("promise",), chosen.panel, chosen)[0]
    return Figure(name, node["facts"]["alt"], panel, small)


def _kept(
    app: Sphinx, node: Picture, kinds: tuple[str, ...], panel: int | None, chosen: Choice | None
) -> list[Thumbnail]:
    """The pictures, drawn once for each content; a panel that is not there is told."""
    facts, sheet, sizes = node["facts"], load(), [KINDS[kind] for kind in kinds]
    colours = sorted((one.name, one.light, one.dark) for one in sheet.colours.values())
    marks = [facts.get(key) for key in ("palette", "rasters", "mixes")]
    known = repr((node["svg"], marks, colours, sizes, panel, LOOK.read_text("utf8")))
    path = Path(app.srcdir, CACHE, hashlib.sha256(known.encode()).hexdigest())
    if path.is_file():
        return [Thumbnail(*one) for one in pickle.loads(path.read_bytes())]
    try:
        made = thumbnails(node["svg"], facts, sheet, sizes, panel)
    except ValueError as error:
        if chosen is None:
            raise
        kind = type(chosen.place).__name__.lower()  # a promise, or a chapter's cards
        LOG.warning("%s: %s", kind, error, location=chosen.place, type="lead")
        return _kept(app, node, kinds, None, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(pickle.dumps([tuple(one) for one in made]))
    draft.replace(path)  # a build that is stopped leaves no half of a picture
    return made


def write(app: Sphinx, exception: Exception | None) -> None:
    """Put all of them into the site, in both themes."""
    if exception or app.builder.name != "html":
        return
    for figures in FIGURES(app.env).values():
        for figure in figures:
            for kind, small in figure.small.items():
                for dark in (False, True):
                    files.bring(
                        app, place(figure.name, kind, dark), small.dark if dark else small.light
                    )


def place(name: str, kind: str, dark: bool) -> str:
    """Where a small picture lies in the site."""
    return f"{FOLDER}/{name}.{kind}{'.dark' if dark else ''}.webp"


def html(builder: Any, page: str, figure: Figure, kind: str, alt: str = "") -> str:
    """Both themes' pictures, of which the page shows one: a lazy one that is hidden is not loaded.

    Args:
        builder: that writes the page.
        page: on which it stands.
        figure: whose picture it is.
        kind: of its pictures.
        alt: its words, none where words beside it say what it is.
    """
    small, here = figure.small[kind], builder.get_target_uri(page)
    size = f'alt="{escape(alt)}" width="{small.width}" height="{small.height}"'
    found = {
        theme: escape(relative_uri(here, place(figure.name, kind, theme == "dark")))
        for theme in ("light", "dark")
    }
    return "".join(
        f'<img class="in-{theme}" src="{address}" {size} loading="lazy" decoding="async"/>'
        for theme, address in found.items()
    )
