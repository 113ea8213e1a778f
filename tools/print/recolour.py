"""A drawing of the light palette, in the dark one: for the screen edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

Colour = tuple[int, int, int]
_DEFINITION = re.compile(r"^\\definecolor\{([\w-]+)\}\{HTML\}\{([0-9A-Fa-f]{6})\}", re.M)
_NUMBER = rb"(-?\d*\.?\d+)"
_RGB = re.compile(rb"(?<![\w.])" + rb"\s+".join([_NUMBER] * 3) + rb"\s+(rg|RG)\b")
_GREY = re.compile(rb"(?<![\w.])" + _NUMBER + rb"\s+(g|G)(?=\s)")


def themes(stylesheet: str) -> dict[Colour, Colour]:
    """Light to dark, for every colour that the stylesheet defines for both."""
    found = {name: _rgb(value) for name, value in _DEFINITION.findall(stylesheet)}
    return {
        light: found[f"{name}-dark"] for name, light in found.items() if f"{name}-dark" in found
    }


def with_mixes(
    colours: Mapping[Colour, Colour],
    mixes: Mapping[str, tuple[str, float]],
    palette: Mapping[str, str],
) -> dict[Colour, Colour]:
    """Also the tints: so many per cent of a colour on the page's ground."""
    named = {name: _rgb(value) for value, name in palette.items()}
    ground = colours.get(named.get("ground", (255, 255, 255)), (18, 18, 18))
    found = dict(colours)
    for value, (name, share) in mixes.items():
        ink = colours.get(named[name], named[name])
        red, green, blue = (
            round(a * share / 100 + b * (1 - share / 100)) for a, b in zip(ink, ground, strict=True)
        )
        found[_rgb(value)] = red, green, blue
    return found


def recolour(source: Path, target: Path, colours: Mapping[Colour, Colour]) -> None:
    """Write the drawing again with every colour exchanged that has a partner."""
    writer = PdfWriter(clone_from=PdfReader(source))
    for number in range(1, len(writer._objects) + 1):
        thing = writer.get_object(number)
        if not isinstance(thing, StreamObject):
            continue
        if thing.get("/Subtype") == "/Image":
            _palette_of(thing, colours)
        elif thing.get("/Subtype") in (None, "/Form") and "/Length1" not in thing:
            data = thing.get_data()
            if b"rg" in data.lower() or b" G" in data or b" g" in data:
                thing.set_data(exchange(data, colours))
    writer.metadata = None
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        writer.write(file)


def exchange(content: bytes, colours: Mapping[Colour, Colour]) -> bytes:
    """A content stream with its colours exchanged."""

    def rgb(found: re.Match[bytes]) -> bytes:
        colour = _bytes(found[1], found[2], found[3])
        return _operator(colours.get(colour, colour), found[4])

    def grey(found: re.Match[bytes]) -> bytes:
        colour = _bytes(found[1], found[1], found[1])
        return _operator(colours.get(colour, colour), {b"g": b"rg", b"G": b"RG"}[found[2]])

    return _GREY.sub(grey, _RGB.sub(rgb, content))


def _operator(colour: Colour, name: bytes) -> bytes:
    return b" ".join(b"%.6f" % (part / 255) for part in colour) + b" " + name


def _bytes(*parts: bytes) -> Colour:
    red, green, blue = (round(float(part) * 255) for part in parts)
    return red, green, blue


def _palette_of(image: DictionaryObject, colours: Mapping[Colour, Colour]) -> None:
    """A tint's image has one colour, in its table; its mask says how much of it."""
    space = image.get("/ColorSpace")
    if not isinstance(space, ArrayObject) or space[0] != "/Indexed":
        return
    table = space[3].get_object()
    raw = table.original_bytes if isinstance(table, (ByteStringObject, TextStringObject)) else b""
    parts = zip(raw[0::3], raw[1::3], raw[2::3], strict=True)
    mixed = b"".join(bytes(colours.get(part, part)) for part in parts)
    image[NameObject("/ColorSpace")] = ArrayObject([*space[:3], ByteStringObject(mixed)])


def _rgb(value: str) -> Colour:
    value = value.removeprefix("#")
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)
