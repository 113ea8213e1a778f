"""From a drawing in the light palette to one that is part of the page and follows its theme.

Pure functions on text; they know Matplotlib's SVG and dvisvgm's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from _ext.figures.letters import haloed, outlined, ungrouped
from _ext.figures.paths import shortened
from _ext.figures.rasters import lighter

_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEWBOX = re.compile(r"""viewBox=["']([-\d. ]+)["']""")
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.S)
_GROUND = re.compile(r'<g id="ground">.*?</g>', re.S)
_ID = re.compile(r"""(\sid=)(["'])([^"']+)\2""")
_REFERENCE = re.compile(r"""(href=["']#|url\(["']?#)([^"')]+)""")  # of `xlink:href`, too
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
_ATTRIBUTE = re.compile(r"""\s(fill|stroke)=(["'])(#[0-9a-fA-F]{3,6})\2""")
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_STYLE_OF = re.compile(r"""\sstyle=(["'])(.*?)\1""")
_IMAGE = re.compile(r"<image\b[^>]*?/>|<image\b[^>]*?>\s*</image>", re.S)
_PIXELS = "image-rendering:crisp-edges;image-rendering:pixelated"


def size(svg: str) -> tuple[float, float]:
    """The width and height of the drawing in points."""
    found = _VIEWBOX.search(svg)
    if found is None:
        raise ValueError("an SVG needs a viewBox.")
    width, height = map(float, found[1].split()[2:])
    return width, height


def inline(
    svg: str,
    name: str,
    alt: str,
    names: Mapping[str, str],
    rasters: Mapping[str, Mapping[str, object]] | None = None,
    mixes: Mapping[str, tuple[str, float]] | None = None,
) -> str:
    """One ``<svg>`` element to stand in a page.

    ``names`` maps hexes to the stylesheet's names; ``rasters`` says, by the id of an image, in
    which colour it is a tint; ``mixes`` says which hexes are so many per cent of a colour, the rest
    of them being the page's ground.
    """
    root, view = _ROOT.search(svg), _VIEWBOX.search(svg)
    if root is None or view is None:
        raise ValueError(f"the SVG of {name!r} needs a viewBox.")
    body = svg[root.end() : svg.rindex("</svg>")]
    body = _GROUND.sub("", _STYLE.sub("", body))
    body = re.sub(r"<defs>\s*</defs>", "", body)
    for image, how in (rasters or {}).items():
        body = _tint(body, image, how, names)
    body = _TAG.sub(lambda tag: _styled(tag[0]), body)
    body = _follow(_unique(body, name), names)
    body, properties = _mix(body, mixes or {}, names)
    wide, tall = map(float, view[1].split()[2:])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view[1]}" role="img" aria-labelledby="alt-{name}" data-figure="{name}" '
        f'style="--w:{wide:g};--h:{tall:g}{properties}">'
        f'<desc id="alt-{name}">{escape(alt)}</desc>'  # words, or reading modes drop the picture
    )
    return head + shortened(outlined(haloed(ungrouped(body)))) + "</svg>"


def _styled(tag: str) -> str:
    """Colours as one style: a variable is understood there, in an attribute it is not."""
    found = _ATTRIBUTE.findall(tag)
    if not found:
        return tag
    tag = _ATTRIBUTE.sub("", tag)
    style = ";".join(f"{key}:{value}" for key, _, value in found)
    if _STYLE_OF.search(tag):
        return _STYLE_OF.sub(lambda old: f' style="{style};{old[2]}"', tag)
    return re.sub(r"^<[\w:]+", lambda name: f'{name[0]} style="{style}"', tag)


def framed(drawing: str, name: str, shown: int) -> str:
    """Mark the elements of each frame of a film; one frame is shown until a script takes over."""

    def mark(found: re.Match[str]) -> str:
        on = ' class="on"' if int(found[1]) == shown else ""
        return f'{found[0]} data-frame="{found[1]}"{on}'

    return re.sub(rf'\sid="{re.escape(name)}\.frame(\d+)\.[^"]*"', mark, drawing)


def _follow(body: str, names: Mapping[str, str]) -> str:
    """Every hex of the palette becomes the theme's variable, with itself for want of one."""
    known = {value.lower(): name for value, name in names.items()}

    def variable(found: re.Match[str]) -> str:
        value = found[0].lower()
        return f"var(--{known[value]},{value})" if value in known else value

    return _HEX.sub(variable, body)


def _mix(
    body: str, mixes: Mapping[str, tuple[str, float]], names: Mapping[str, str]
) -> tuple[str, str]:
    """Hexes that are mixes become variables of the drawing, which mix the theme's colours."""
    properties = ""
    for number, (value, (colour, share)) in enumerate(mixes.items()):
        body, count = re.subn(rf"{value}\b", f"var(--m{number},{value})", body)
        if count:
            ink, ground = _variable(colour, names), _variable("ground", names)
            properties += f";--m{number}:color-mix(in srgb,{ink} {share:g}%,{ground})"
    return body, properties


def _variable(name: str, names: Mapping[str, str]) -> str:
    return f"var(--{name},{_hex(name, names)})"


def _hex(name: str, names: Mapping[str, str]) -> str:
    return next((value for value, known in names.items() if known == name), "currentColor")


def _unique(body: str, name: str) -> str:
    """Prefix every id and every reference to one: a page has many drawings."""
    body = _ID.sub(lambda found: f"{found[1]}{found[2]}{name}.{found[3]}{found[2]}", body)
    return _REFERENCE.sub(lambda found: f"{found[1]}{name}.{found[2]}", body)


def _tint(body: str, image: str, how: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Paint a raster's opacity with a theme colour: the image becomes the mask of a rectangle."""
    for found in _IMAGE.finditer(body):
        tag = found[0]
        if f'id="{image}"' not in tag:
            continue
        if how.get("smooth"):
            tag = tag.replace(_PIXELS, "")
        if how.get("tint"):
            tag = lighter(tag) if how.get("smooth") else tag
            tag = _masked(tag, image, _hex(str(how["tint"]), names))
        return body[: found.start()] + tag + body[found.end() :]
    return body


def _masked(tag: str, image: str, paint: str) -> str:
    box = dict(re.findall(r'\s(x|y|width|height|transform)="([^"]*)"', tag))
    place = f' transform="{box.pop("transform")}"' if "transform" in box else ""
    box = {"x": "0", "y": "0"} | box  # a mask's own default begins outside
    bare = re.sub(r'\stransform="[^"]*"', "", tag)
    size = "".join(f' {key}="{value}"' for key, value in box.items())
    return (
        f'<g id="{image}-tint"{place}><mask id="{image}-mask" style="mask-type:alpha" '
        f'maskUnits="userSpaceOnUse"{size}>{bare}</mask>'
        f'<rect{size} style="fill:{paint}" mask="url(#{image}-mask)"/></g>'
    )
