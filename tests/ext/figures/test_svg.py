"""From a drawing on white paper to a part of the page: pure functions on text."""

import re

import pytest

from _ext.figures import svg

NAMES = {"#c92688": "pink", "#1a1a1a": "ink", "#ffffff": "ground"}
DRAWING = (
    '<svg viewBox="0 0 100 50" width="100pt"><defs><style type="text/css">*{stroke-linejoin: round}'
    '</style></defs><g id="ground"><path style="fill: #ffffff"/></g>'
    '<g id="y"><defs><path id="dot" d="M0 0"/></defs><use xlink:href="#dot" style="fill: #C92688"/>'
    '<path clip-path="url(#clip)" style="stroke: #1a1a1a"/></g><clipPath id="clip"/></svg>'
)


def test_colours_follow_the_theme() -> None:
    made = svg.inline(DRAWING, "a", "words", NAMES)
    assert "fill: var(--pink,#c92688)" in made
    assert "stroke: var(--ink,#1a1a1a)" in made


def test_a_hex_that_no_name_has_stays() -> None:
    assert "fill: #123456" in svg.inline(DRAWING.replace("#C92688", "#123456"), "a", "b", NAMES)


def test_ids_and_references_become_the_figures_own() -> None:
    made = svg.inline(DRAWING, "fig", "words", NAMES)
    ids = set(re.findall(r'\sid="([^"]+)"', made))
    assert ids == {"alt-fig", "fig.y", "fig.dot", "fig.clip"}
    referred = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', made))
    assert {one or other for one, other in referred} == {"fig.dot", "fig.clip"}


def test_nothing_reaches_beyond_the_drawing() -> None:
    made = svg.inline(DRAWING, "a", "words", NAMES)
    assert "<style" not in made
    assert 'id="a.ground"' not in made
    assert "100pt" not in made


def test_words_for_screen_readers_are_escaped() -> None:
    made = svg.inline(DRAWING, "a", 'x < y & "z"', NAMES)
    assert ' role="img" aria-labelledby="alt-a"' in made
    assert '<desc id="alt-a">x &lt; y &amp; &quot;z&quot;</desc>' in made


def test_attributes_become_styles_since_only_these_take_variables() -> None:
    made = svg.inline('<svg viewBox="0 0 1 1"><path fill="#c92688" d="M0"/></svg>', "a", "b", NAMES)
    assert '<path style="fill:var(--pink,#c92688)" d="M0"/>' in made


def test_two_colours_of_one_element_share_a_style() -> None:
    two = "<path fill='#c92688' d='M0' stroke='#1a1a1a' style='opacity:.5'/>"
    made = svg.inline(f'<svg viewBox="0 0 1 1">{two}</svg>', "a", "b", NAMES)
    assert made.count("<path") == 1
    path = made[made.index("<path") :]
    assert path.count("style=") == 1
    assert "fill:var(--pink,#c92688);stroke:var(--ink,#1a1a1a);opacity:.5" in path


def test_a_tint_becomes_a_mask() -> None:
    image = (
        '<image id="F" width="3" height="2" transform="matrix(1 0 0 1 5 6)" xlink:href="data:"/>'
    )
    made = svg.inline(
        f'<svg viewBox="0 0 9 9">{image}</svg>', "a", "b", NAMES, {"F": {"tint": "pink"}}
    )
    assert 'mask="url(#a.F-mask)"' in made
    assert "fill:var(--pink,#c92688)" in made
    assert made.count("matrix(1 0 0 1 5 6)") == 1
    assert 'x="0" y="0" width="3" height="2"' in made


def test_a_mix_is_mixed_by_the_page() -> None:
    made = svg.inline(
        '<svg viewBox="0 0 1 1"><path style="fill: #f1c0dd"/></svg>',
        *("a", "b", NAMES, None, {"#f1c0dd": ("pink", 25.0)}),
    )
    assert "--m0:color-mix(in srgb,var(--pink,#c92688) 25%,var(--ground,#ffffff))" in made
    assert "fill: var(--m0,#f1c0dd)" in made


def test_a_drawing_without_a_viewbox() -> None:
    with pytest.raises(ValueError, match="the SVG of 'a' needs a viewBox"):
        svg.inline("<svg></svg>", "a", "b", NAMES)
    assert svg.size(DRAWING) == (100, 50)
