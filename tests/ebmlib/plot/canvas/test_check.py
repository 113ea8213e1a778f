"""What is refused before a figure is shown."""

import pytest

from ebmlib.plot.figure import figure
from ebmlib.plot.show import bundle
from tests.helpers.recorded import drawn


def test_a_colour_outside_the_stylesheet() -> None:
    fig, ax = drawn()
    ax.set_title("loud", color="#123456")
    with pytest.raises(ValueError, match=r"figure 'two': Text 'loud' has the colour #123456"):
        bundle(fig, "two", "words")


def test_a_face_outside_the_stylesheet() -> None:
    fig, ax = drawn()
    ax.lines[0].set_color("tab:blue")
    with pytest.raises(ValueError, match=r"Glyphs 'y' has the colour #1f77b4"):
        bundle(fig, "two", "words")


def test_data_that_nobody_recorded() -> None:
    fig, ax = drawn()
    ax.plot([0, 1], [0, 1], color=ax.lines[0].get_color(), label="bare")
    with pytest.raises(ValueError, match="Line2D 'bare' was drawn without being recorded"):
        bundle(fig, "two", "words")


def test_an_empty_figure() -> None:
    with pytest.raises(ValueError, match="shows no recorded data"):
        bundle(figure()[0], "two", "words")
