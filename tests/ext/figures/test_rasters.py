"""A smooth tint as its opacity alone, with as many pixels as tell something."""

from __future__ import annotations

import base64
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from _ext.figures.rasters import LARGE, lighter

Opacity = npt.NDArray[np.float64]


def tag(opacity: Opacity) -> str:
    colours = np.full((*opacity.shape, 4), 90, dtype=np.uint8)
    colours[..., 3] = np.round(opacity)
    file = BytesIO()
    Image.fromarray(colours).save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return f'<image id="F" href="data:image/png;base64,{data}" width="9" height="9"/>'


def shown(image: str) -> Image.Image:
    data = image.partition("base64,")[2].partition('"')[0]
    return Image.open(BytesIO(base64.b64decode(data))).getchannel("A")


def hill(side: int) -> Opacity:
    x = np.linspace(-1, 1, side)
    return 178 * np.exp(-3 * (x[:, None] ** 2 + x**2))


def test_half_of_the_pixels_show_the_same() -> None:
    fine = hill(2 * LARGE + 1)
    made = lighter(tag(fine))
    assert len(made) < len(tag(fine)) / 3
    assert shown(made).size == (LARGE + 1, LARGE + 1)
    again = shown(made).resize(fine.shape, Image.Resampling.BILINEAR)
    assert np.abs(np.asarray(again, dtype=float) - fine).max() < 6
    assert ' preserveAspectRatio="none"' in made


def test_a_small_one_keeps_its_pixels() -> None:
    small = hill(LARGE - 1)
    assert np.array_equal(np.asarray(shown(lighter(tag(small)))), np.round(small))


def test_an_edge_stays_sharp() -> None:
    edge = np.zeros((2 * LARGE, 2 * LARGE))
    edge[:, LARGE + 1 :] = 200
    assert np.array_equal(np.asarray(shown(lighter(tag(edge)))), edge)


def test_another_image_is_left_alone() -> None:
    assert lighter('<image href="data:"/>') == '<image href="data:"/>'
