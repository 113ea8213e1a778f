"""Smooth tints as small pictures: their opacity alone, and no more pixels than the eye tells."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import numpy as np
from PIL import Image

_DATA = re.compile(r'(href="data:image/png;base64,)([^"]+)"')
LARGE = 120  # pixels a side, from which on half of them are enough: the browser interpolates, too
NEAR = 6  # of 255 levels, by which the interpolated half may differ


def lighter(tag: str) -> str:
    """The image with the same opacity and no colour, which its mask does not ask for."""
    found = _DATA.search(tag)
    if found is None:
        return tag
    picture = Image.open(BytesIO(base64.b64decode(found[2])))
    if picture.mode != "RGBA":
        return tag
    made = base64.b64encode(_written(_halved(picture.getchannel("A")))).decode()
    if len(made) >= len(found[2]):
        return tag
    shape = "" if "preserveAspectRatio" in tag else ' preserveAspectRatio="none"'
    return tag[: found.start()] + f'{found[1]}{made}"{shape}' + tag[found.end() :]


def _halved(opacity: Image.Image) -> Image.Image:
    if min(opacity.size) < LARGE:
        return opacity
    wide, tall = ((side + 1) // 2 for side in opacity.size)
    half = opacity.resize((wide, tall), Image.Resampling.BOX)
    again = half.resize(opacity.size, Image.Resampling.BILINEAR)
    off = np.abs(np.asarray(again, dtype=int) - np.asarray(opacity, dtype=int)).max()
    return half if off <= NEAR else opacity


def _written(opacity: Image.Image) -> bytes:
    """As PNG, black of that opacity."""
    file = BytesIO()
    Image.merge("LA", (Image.new("L", opacity.size), opacity)).save(file, "PNG", optimize=True)
    return file.getvalue()
