"""What a link to a page shows elsewhere: its picture, its title, its question, on one card.

Only a book that knows its address can tell it; the site's own card stands for pages without a
picture. Cards are made last, from the pages' drawings, and kept by what they show.
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.figures.picture import Picture
from _ext.lead import cards, chapters, pictures, thumbnail
from _ext.shared import files
from _ext.shared.addresses import known
from _ext.stylesheet.parser import load
from _ext.theme.fonts import letters

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER = "_static/cards"
WIDE, TALL, EDGE = 1200, 630, 64
DRAWING = thumbnail.Size(290, 255)  # of the page; twice as many pixels
COLOURS = 96  # of a card: lines and their smooth edges
LOOK = Path(__file__)


def place(page: str) -> str:
    """Where a page's card lies in the site."""
    return f"{FOLDER}/{page.replace('/', '-')}.png"


def words(app: Sphinx, page: str) -> tuple[str, str, str]:
    """Above, title and question: of a page without a chapter the book's title stands for them."""
    env = app.env
    book = str(app.config.html_title or app.config.project)
    opening = chapters.chapter_of(env, page)
    return book, chapters.name(env, page), cards.question(env, opening, page)


def tell(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the card to sphinxext-opengraph, which writes the tags."""
    figure = pictures.lead(app.env, page) if doctree is not None else None
    if figure is None or not known(app.config.ebm_site):
        return
    tags = {
        "og:image": place(page),
        "og:image:alt": figure.alt,
        "og:image:width": str(WIDE),
        "og:image:height": str(TALL),
    }
    context["meta"] = {**(context.get("meta") or {}), **tags}


def write(app: Sphinx, exception: Exception | None) -> None:
    """Put a card for each page that has a picture into the site."""
    if exception or app.builder.name != "html" or not known(app.config.ebm_site):
        return
    for page in sorted(pictures.LEADS(app.env)):
        figure = pictures.lead(app.env, page)
        if figure is not None:
            files.bring(app, place(page), _kept(app, page, figure))


def _kept(app: Sphinx, page: str, figure: pictures.Figure) -> bytes:
    shown = repr((words(app, page), figure.small["card"], LOOK.read_text("utf8")))
    path = Path(app.srcdir, pictures.CACHE, hashlib.sha256(shown.encode()).hexdigest())
    if not path.is_file():
        every = app.env.get_doctree(page).findall(Picture)
        node = next(one for one in every if one["name"] == figure.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(draw(node["svg"], node["facts"], words(app, page), figure.panel))
        draft.replace(path)
    return path.read_bytes()


def draw(svg: str, facts: dict[str, Any], said: tuple[str, str, str], panel: int = 1) -> bytes:
    """A PNG of the card, in the dark theme's colours."""
    from PIL import Image, ImageDraw

    sheet = load()
    colours = {name: one.dark for name, one in sheet.colours.items()}
    small = thumbnail.bare(svg, panel)
    size = thumbnail.fitted(small, DRAWING)
    drawing = thumbnail.coloured(small, facts, sheet, dark=True)
    picture = thumbnail.pixels(drawing, size, colours["ground"])
    card = Image.new("RGB", (WIDE, TALL), colours["ground"])
    card.paste(picture, (WIDE - EDGE - picture.width, (TALL - picture.height) // 2))
    pen, column = ImageDraw.Draw(card), WIDE - 3 * EDGE - 2 * DRAWING.width
    above, title, question = said
    pen.text((EDGE, EDGE), above, colours["muted"], _font("source-sans-3", 24))
    top = 190.0
    for text, font, colour in (
        (title, _font("stix-two-text", 56), colours["ink"]),
        (question, _font("stix-two-text", 30), colours["muted"]),
    ):
        block = "\n".join(broken(text, font, column))
        pen.multiline_text((EDGE, top), block, colour, font, spacing=10)
        top = pen.multiline_textbbox((EDGE, top), block, font, spacing=10)[3] + 28
    out = io.BytesIO()
    card.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def broken(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """The text in lines of at most that width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _font(family: str, size: int) -> FreeTypeFont:
    """The site's own letters, unpacked."""
    from fontTools.ttLib import TTFont
    from PIL import ImageFont

    plain = io.BytesIO()
    font = TTFont(letters()[f"{family}-normal.woff2"])
    font.flavor = None
    font.save(plain)
    plain.seek(0)
    made = ImageFont.truetype(plain, size)
    made.set_variation_by_axes([400])  # or the lightest
    return made


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", tell, priority=100)  # before the tags are written
    app.connect("build-finished", write, priority=410)
