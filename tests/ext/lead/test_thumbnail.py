"""A figure drawn small: without letters, a panel alone, in each theme's colours."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageStat

from _ext.lead.thumbnail import Size, bare, coloured, fitted, thumbnails
from _ext.stylesheet.parser import load
from tests.helpers.figures_book import MIME, bundle
from tests.helpers.lead_book import panels

SVG = "image/svg+xml"


def two() -> dict[str, object]:
    return dict(panels().outputs[0].data)


def test_letters_and_frames_are_left_out_and_lines_stay() -> None:
    drawing = str(two()[SVG])
    small = bare(drawing, None)
    for mark in ("text_1", "axis.0.x", "axis.1.y", 'id="ground"'):
        assert mark in drawing
        assert mark not in small
    assert 'id="f1"' in small
    assert 'id="f2"' in small
    assert small.count("square") < drawing.count("square")  # the ends of spines


def test_one_panel_fills_the_picture() -> None:
    drawing = str(two()[SVG])
    right = bare(drawing, 2)
    assert 'id="f2"' in right
    assert 'id="f1"' not in right
    whole, panel = (fitted(bare(drawing, one), Size(1000, 1)).width for one in (None, 2))
    assert panel < whole


def test_a_panel_that_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="expected a panel from 1 to 2, got 3"):
        bare(str(two()[SVG]), 3)


def test_colours_are_the_theme_s() -> None:
    sheet, data = load(), bundle()
    for dark in (False, True):
        text = coloured(bare(data[SVG], 1), data[MIME], sheet, dark)
        blue, ground = sheet.colours["blue"], sheet.colours["ground"]
        assert (blue.dark if dark else blue.light) in text
        assert "var(" not in text
        assert "color-mix" not in text
        assert (ground.light in text) is False or not dark


def test_a_mix_is_worked_out() -> None:
    facts = {"palette": {"#0764ec": "blue"}, "mixes": {"#aabbcc": ("blue", 50.0)}}
    drawing = '<svg viewBox="0 0 9 9"><path d="M0 0h9" style="stroke: #aabbcc"/></svg>'
    sheet = load()
    text = coloured(drawing, facts, sheet, dark=False)
    ends = [bytes.fromhex(sheet.colours[name].light[1:]) for name in ("blue", "ground")]
    middle = "#" + "".join(f"{round((a + b) / 2):02x}" for a, b in zip(*ends, strict=True))
    assert f"stroke: {middle}" in text


def test_pictures_have_two_pixels_for_one_and_their_ground() -> None:
    data, sheet = bundle(), load()
    small, tiny = thumbnails(data[SVG], data[MIME], sheet, [Size(200, 120), Size(72, 48)], 1)
    assert small.height == 120 or small.width == 200
    assert tiny.height == 48 or tiny.width == 72
    for one in (small, tiny):
        for content in (one.light, one.dark):
            with Image.open(io.BytesIO(content)) as picture:
                assert picture.size == (2 * one.width, 2 * one.height)
    assert mean(small.dark) < 96 < 160 < mean(small.light)


def mean(content: bytes) -> float:
    with Image.open(io.BytesIO(content)) as picture:
        return float(ImageStat.Stat(picture.convert("L")).mean[0])
