"""The book's mark in points, for browsers that show no SVG icon: drawn at build.

A circle and an ellipse, as in favicon.svg, in the stylesheet's lavender and aqua.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from sphinx.application import Sphinx

from _ext.shared.files import put
from _ext.stylesheet.parser import load

FOLDER = Path("_static", "theme")
ACROSS, TILT, LINE = 32.0, 32, 3.0  # units of favicon.svg, degrees
CIRCLE, ELLIPSE = (8.2, 8.2), (14.2, 8.2)
FINER = 4  # drawn so much larger, then shrunk: smooth edges


def write(app: Sphinx) -> None:
    """Write `favicon.png`, on nothing, and `touch.png`, on the dark theme's ground."""
    if app.builder.format != "html":
        return
    colours = load().colours
    seal = Path(app.doctreedir, "favicon.seal")
    drawn = f"{Path(__file__).read_text('utf8')}{colours}"  # all that the points depend on
    if seal.is_file() and seal.read_text("utf8") == drawn and _there(app):
        return
    lines = (colours["lavender"].light, colours["aqua"].light)
    put(Path(app.outdir, FOLDER, "favicon.png"), draw(48, lines))
    lines = (colours["lavender"].dark, colours["aqua"].dark)
    touch = draw(180, lines, ground=colours["ground"].dark, share=0.72)
    put(Path(app.outdir, FOLDER, "touch.png"), touch)
    seal.write_text(drawn, "utf8")


def _there(app: Sphinx) -> bool:
    return all(Path(app.outdir, FOLDER, name).is_file() for name in ("favicon.png", "touch.png"))


def draw(side: int, lines: tuple[str, str], *, ground: str = "", share: float = 1.0) -> bytes:
    """A PNG of `side` points; the mark takes `share` of it."""
    from PIL import Image, ImageColor, ImageDraw

    def colour(given: str, alpha: int) -> tuple[int, ...]:
        return (*ImageColor.getrgb(f"#{given.lstrip('#')}")[:3], alpha)

    large = side * FINER
    back = colour(ground, 255) if ground else colour(lines[1], 0)
    picture = Image.new("RGBA", (large, large), back)
    unit = large * share / ACROSS
    for (rx, ry), line in zip((CIRCLE, ELLIPSE), lines, strict=True):
        layer = Image.new("RGBA", picture.size, colour(line, 0))
        reach = [(r + LINE / 2) * unit for r in (rx, ry)]
        box = [large / 2 + sign * r for sign in (-1, 1) for r in reach]
        ImageDraw.Draw(layer).ellipse(box, outline=colour(line, 255), width=round(LINE * unit))
        picture.alpha_composite(layer.rotate(TILT, Image.Resampling.BICUBIC))
    out = BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
