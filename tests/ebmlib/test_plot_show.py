"""Showing a figure: one output that carries everything, and what is refused."""

import base64
import json
import re
import subprocess
import sys

import matplotlib as mpl
import pytest
import torch

from ebmlib.plot.curves import curve
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle, show
from ebmlib.plot.words import label
from tests.helpers.plotted import TOLERANCE, misfits


def drawn() -> tuple[object, object]:
    fig, ax = figure()
    points(ax, torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 4.5]]), name="y")
    curve(ax, torch.linspace(0, 1, 5), torch.linspace(0, 2, 5), name="line", units=("rad", None))
    frame(ax, "$y_1$", "$y_2$")
    return fig, ax


def test_one_output_carries_all(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    caught = []
    monkeypatch.setattr(IPython.display, "display", lambda *a, **k: caught.append((a, k)))
    fig, _ = drawn()
    show(fig, "two-things", alt="Three points\n  and a line.")
    (((data,), how),) = caught
    assert how == {"metadata": {"ebmlib": {"figure": "two-things"}}, "raw": True}
    assert set(data) == {"image/svg+xml", "application/pdf", "text/plain", MIME}
    assert data["text/plain"] == "Figure two-things: Three points and a line."
    assert base64.b64decode(data["application/pdf"]).startswith(b"%PDF")
    assert json.loads(json.dumps(data[MIME]))["alt"] == "Three points and a line."


def test_table_has_one_header_and_nan_padding() -> None:
    fig, _ = drawn()
    table = bundle(fig, "a", "b")[MIME]["table"].splitlines()
    assert table[0] == "y.x y.y line.x/rad line.y"
    assert table[1] == "0 1 0 0"
    assert table[4] == "nan nan 0.75 1.5"
    assert len(table) == 6


def test_names_the_function_that_drew() -> None:
    fig, _ = drawn()
    source = bundle(fig, "a", "b")[MIME]["source"]
    assert source == [
        {"module": "ebmlib.plot.points", "function": "points"},
        {"module": "ebmlib.plot.curves", "function": "curve"},
    ]


def test_a_name_drawn_twice_is_counted() -> None:
    fig, axes = figure(columns=2)
    for ax in axes:
        points(ax, torch.zeros(1, 2), name="y")
    assert bundle(fig, "a", "b")[MIME]["table"].startswith("y.x y.y y-2.x y-2.y\n")


@pytest.mark.parametrize("name", ["", "Two", "two_things", "two things", "-two"])
def test_bad_names(name: str) -> None:
    with pytest.raises(ValueError, match="name must be lower-case words joined by hyphens"):
        bundle(drawn()[0], name, "words")


@pytest.mark.parametrize("alt", ["", "  \n "])
def test_no_words(alt: str) -> None:
    with pytest.raises(ValueError, match="figure 'two' needs alt=, a text that says what is to be"):
        bundle(drawn()[0], "two", alt)


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


def test_settings_are_left_alone() -> None:
    before = dict(mpl.rcParams)
    bundle(drawn()[0], "two", "words")
    assert dict(mpl.rcParams) == before


def test_words_made_outside_the_style_still_get_its_font() -> None:
    fig, ax = drawn()
    text = ax.text(0, 0, "late")
    text.set_color(ax.xaxis.label.get_color())
    bundle(fig, "two", "words")
    assert text.get_fontfamily()[0] == "cmr10"


def test_no_dates_and_no_foreign_colours() -> None:
    fig, ax = drawn()
    label(ax, 0, 0, "here", "red")
    made = bundle(fig, "two", "words")
    svg, pdf = made["image/svg+xml"], base64.b64decode(made["application/pdf"])
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= set(made[MIME]["palette"])
    assert not re.search(r"20\d\d-\d\d|dc:date", svg)
    assert b"CreationDate" not in pdf
    assert b"Matplotlib" not in pdf


SCRIPT = """
import hashlib, json, torch
from tests.ebmlib.test_plot_show import drawn
from ebmlib.plot.show import bundle
print(hashlib.sha256(json.dumps(bundle(drawn()[0], "two", "words")).encode()).hexdigest())
"""


def test_two_processes_write_the_same_bytes() -> None:
    run = [sys.executable, "-c", SCRIPT]
    first, second = (subprocess.run(run, capture_output=True, text=True, check=True) for _ in "12")
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) == 64


def test_panels() -> None:
    _, one = figure()
    _, row = figure(columns=3)
    _, block = figure(columns=3, rows=2)
    _, space = figure(projection="3d")
    assert (one.name, row.shape, block.shape, space.name) == ("rectilinear", (3,), (2, 3), "3d")


def test_text_is_11_pixels_on_a_phone() -> None:
    fig, _ = figure()
    points_to_pixels = 1.1  # the least that figures.css allows
    assert fig.get_figwidth() * 72 * points_to_pixels <= 390 - 2 * 16
    sizes = {text.get_fontsize() for text in fig.findobj(mpl.text.Text)}
    assert min(sizes) * points_to_pixels >= 11


def test_a_log_scale_may_be_set_after_the_data() -> None:
    fig, ax = figure()
    points(ax, torch.tensor([[0.0, 0.01], [1.0, 5.0]]), name="y")
    frame(ax, yscale="log")
    made = bundle(fig, "a", "b")
    assert made[MIME]["series"][0]["scales"] == ["linear", "log"]
    assert dict(misfits(made["image/svg+xml"], made[MIME]))["y"] < TOLERANCE
