"""A figure drawn small: without letters, in the colours of each theme, as WebP.

What is read at a figure's size (ticks, labels, titles) is not at a thumb's, so it is left out; the
picture has the page's ground, since a clear one would be twice as heavy.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from _ext.figures import svg as drawings
from _ext.stylesheet.model import Stylesheet

if TYPE_CHECKING:
    from PIL.Image import Image

SVG = "{http://www.w3.org/2000/svg}"
EDGE = 3.0  # points round a panel: its lines reach over its border
QUALITY = 70  # of WebP: edges of thin lines stay clean
# Axes of a plane are named by `ebmlib.plot.canvas.panels`, those in space by Matplotlib.
_LETTERS = re.compile(r"(ground|text_\d+|legend_\d+|matplotlib\.axis_\d+|axis\.\d+\.[xy])$")
_SPINE = ("stroke-linejoin: miter", "stroke-linecap: square")
_PATCH = re.compile(r"patch_\d+$")
_PANEL = re.compile(r"axes_\d+$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_VARIABLE = re.compile(r"var\(--([\w-]+),(#[0-9a-fA-F]{6})\)")
_MIX = re.compile(r"--(m\d+):color-mix\(in srgb,var\(--(\w+),[^)]*\) ([\d.]+)%,[^)]*\)\)")
ET.register_namespace("", SVG[1:-1])
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


class Size(NamedTuple):
    """The most pixels of the page that a picture may take."""

    width: int
    height: int


class Thumbnail(NamedTuple):
    """A small picture in both themes, and its size on the page."""

    width: int
    height: int
    light: bytes
    dark: bytes


def bare(svg: str, panel: int | None) -> str:
    """The drawing without its letters and frames.

    Args:
        svg: as Matplotlib or dvisvgm wrote it.
        panel: counted from 1, which is cut out; None for all of the drawing.

    Raises:
        ValueError: if the drawing has not so many; one without axes is a panel by itself.
    """
    root = ET.fromstring(svg)
    panels = [one for one in root.iter(f"{SVG}g") if _PANEL.match(one.get("id", ""))]
    if panel is not None and not 1 <= panel <= (most := len(panels) or 1):
        raise ValueError(f"expected a panel from 1 to {most}, got {panel}.")
    if panel is not None and panels:
        view = _extent(root, panels[panel - 1])
        if view:
            root.set("viewBox", view)
            others = [one for one in panels if one is not panels[panel - 1]]
            _drop(root, lambda one: one in others)
    _drop(root, _is_letter)
    return ET.tostring(root, encoding="unicode")


def _is_letter(one: ET.Element) -> bool:
    name = one.get("id", "")
    style = next((path.get("style", "") for path in one), "")
    spine = bool(_PATCH.match(name)) and all(mark in style for mark in _SPINE)
    return spine or bool(_LETTERS.match(name))


def _drop(parent: ET.Element, wanted: Callable[[ET.Element], bool]) -> None:
    for child in list(parent):
        if wanted(child):
            parent.remove(child)
        else:
            _drop(child, wanted)


def _extent(root: ET.Element, panel: ET.Element) -> str:
    """The viewBox round a panel: what its lines are clipped to, or else its ground."""
    clips = (one.get("clip-path", "")[5:-1] for one in panel.iter() if one.get("clip-path"))
    clip = root.find(f".//{SVG}clipPath[@id='{next(clips, '')}']/{SVG}rect")
    if clip is not None:
        x, y, wide, tall = (float(clip.get(side, 0)) for side in ("x", "y", "width", "height"))
    else:
        first = next((one for one in panel if _PATCH.match(one.get("id", ""))), None)
        path = None if first is None else first.find(f"{SVG}path")
        found = [] if path is None else [float(one) for one in _NUMBER.findall(path.get("d", ""))]
        if len(found) != 8:  # not the four corners of a ground
            return ""
        (x, wide), (y, tall) = (
            (min(side), max(side) - min(side)) for side in (found[::2], found[1::2])
        )
    return f"{x - EDGE:g} {y - EDGE:g} {wide + 2 * EDGE:g} {tall + 2 * EDGE:g}"


def coloured(svg: str, facts: Mapping[str, Any], sheet: Stylesheet, dark: bool) -> str:
    """The drawing with a theme's colours for variables: a picture alone knows none."""
    parts = (facts.get("palette", {}), facts.get("rasters"), facts.get("mixes"))
    text = drawings.inline(svg, "t", "", *parts)
    colours = {name: one.dark if dark else one.light for name, one in sheet.colours.items()}
    for name, colour, share in _MIX.findall(text):
        colours[name] = _mixed(colours[colour], colours["ground"], float(share) / 100)
    text = _MIX.sub("", text)
    text = _VARIABLE.sub(lambda one: colours.get(one[1], one[2]), text)
    style = f"fill:{colours['ink']};stroke-linejoin:round;"
    return text.replace('style="', f'style="{style}', 1)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(*(bytes.fromhex(hexes[1:]) for hexes in (one, other)), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def fitted(svg: str, size: Size) -> Size:
    """How large a drawing is that fills the size on one side."""
    found = re.search(r'viewBox="([^"]+)"', svg)
    wide, tall = map(float, found[1].split()[2:]) if found else (1.0, 1.0)
    zoom = min(size.width / wide, size.height / tall)
    return Size(max(1, round(wide * zoom)), max(1, round(tall * zoom)))


def pixels(svg: str, size: Size, ground: str) -> Image:
    """The drawing on its ground, at two pixels for one of the page."""
    import resvg_py
    from PIL.Image import open as read

    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=2 * size.width,
        height=2 * size.height,
        background=ground,
        skip_system_fonts=True,
    )
    return read(io.BytesIO(bytes(made))).convert("RGB")


def thumbnails(
    svg: str,
    facts: Mapping[str, Any],
    sheet: Stylesheet,
    sizes: Sequence[Size],
    panel: int | None = None,
) -> list[Thumbnail]:
    """A figure, or one panel of it, in sizes of which the first is the largest.

    The others are made of its pixels. Raises: as `bare`.
    """
    small = bare(svg, panel)
    fits = [fitted(small, size) for size in sizes]
    both = []
    for dark in (False, True):
        ground = sheet.colours["ground"]
        drawing = coloured(small, facts, sheet, dark)
        first = pixels(drawing, fits[0], ground.dark if dark else ground.light)
        both.append([_webp(first, fit) for fit in fits])
    return [Thumbnail(*fit, *pair) for fit, pair in zip(fits, zip(*both, strict=True), strict=True)]


def _webp(picture: Image, size: Size) -> bytes:
    out = io.BytesIO()
    wanted = (2 * size.width, 2 * size.height)
    (picture if picture.size == wanted else picture.resize(wanted)).save(
        out, "WEBP", quality=QUALITY, method=4
    )
    return out.getvalue()
