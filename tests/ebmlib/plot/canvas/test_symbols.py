"""A symbol in a figure's words has the weight and the colour that the stylesheet gives it."""

from __future__ import annotations

import pytest
from matplotlib.mathtext import MathTextParser

from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.canvas.symbols import read, symbols, written
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.words import label

ROLE = r"\newcommand{\target}[1]{\mathcolor{blue}{#1}}  %: target | seen | filled"
LETTER = r"\newcommand{\vy}{\target{\bm{y}}}  %: target | $\R^m$ | y"
PLAIN = r"\newcommand{\mS}{\bm{\Sigma}}  %: singular values | - | S"


def test_a_macro_gives_body_and_colour() -> None:
    found = read(f"{ROLE}\n{LETTER}\n{PLAIN}\n% \\newcommand{{\\no}}{{x}}  %: not | - | -\n")
    assert found == {"vy": (r"\boldsymbol{y}", "blue"), "mS": (r"\boldsymbol{\Sigma}", "ink")}


@pytest.mark.parametrize(
    ("text", "shown", "hue"),
    [
        (r"$\sy_1$", "${y}_1$", "blue"),
        (r"$\eE(\vy, \sz)$", r"${E}({\boldsymbol{y}}, {z})$", "red"),
        (r"$\Fbeta$ and $\eE$", r"${F_{\beta}}$ and ${E}$", "red"),
        (r"$\vx$ and $\vy$", r"${\boldsymbol{x}}$ and ${\boldsymbol{y}}$", "ink"),
        (r"$\beta = 3$", r"$\beta = 3$", "ink"),
        ("no formula", "no formula", "ink"),
    ],
)
def test_words_have_the_colour_of_their_symbols(text: str, shown: str, hue: str) -> None:
    assert written(text) == (shown, hue)
    assert written(text, "green") == (shown, "green")


def test_matplotlib_sets_every_symbol() -> None:
    parser = MathTextParser("agg")
    for name in symbols():
        parser.parse(written(rf"$\{name}$")[0])


def test_axes_title_and_labels_take_it() -> None:
    _, ax = figure()
    frame(ax, r"$\sy_1$", r"$\eE(\vy)$", title=r"of $\sz$", xlim=(0, 1), ylim=(0, 1))
    said = label(ax, 0.5, 0.5, r"$\vx$")
    hues = [one.get_color() for one in (ax.xaxis.label, ax.yaxis.label, ax.title, said)]
    assert hues == [colour(name) for name in ("blue", "red", "orange", "pink")]
    assert said.get_text() == r"${\boldsymbol{x}}$"
