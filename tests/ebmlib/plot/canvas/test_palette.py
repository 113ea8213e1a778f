"""The palette is the stylesheet's, and a wrong name says what the right ones are."""

import re

import pytest

from ebmlib.plot.canvas.palette import colour, palette, read, stylesheet


def test_reads_definitions_and_not_comments() -> None:
    text = "% \\definecolor{no}{HTML}{000000}\n\\definecolor{pink}{HTML}{C92688} % yes\n"
    assert read(text) == {"pink": "#c92688"}


def test_every_light_colour_of_the_stylesheet_is_there() -> None:
    text = stylesheet().read_text("utf8")
    names = re.findall(r"^\\definecolor\{([a-z]+)\}", text, re.M)
    assert names
    assert set(palette()) == set(names)
    assert {"pink", "blue", "green", "orange", "red", "ink", "ground"} <= set(names)


def test_a_colour_that_is_not_defined() -> None:
    with pytest.raises(ValueError, match=r"colour must be one of aqua, blue.* Got 'teal'\."):
        colour("teal")


def test_no_two_names_share_a_hex() -> None:
    assert len(set(palette().values())) == len(palette())
