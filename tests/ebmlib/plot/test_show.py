"""Showing a figure: one output that carries everything, and what is refused."""

import base64
import json

import pytest
import torch

from ebmlib.plot.fields import field
from ebmlib.plot.figure import figure
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle, show
from tests.helpers.recorded import drawn


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


def test_columns_of_one_length_share_a_file_under_one_header() -> None:
    fig, _ = drawn()
    tables = bundle(fig, "a", "b")[MIME]["tables"]
    assert [file for file, _ in tables] == ["a.txt", "a-2.txt"]
    assert tables[0][1] == "y.x y.y\n0 1\n2 3\n4 4.5\n"
    assert tables[1][1].splitlines()[::4] == ["line.x/rad line.y", "0.75 1.5"]
    assert "nan" not in tables[0][1] + tables[1][1]


@pytest.mark.parametrize("name", ["", "Two", "two_things", "two things", "-two", "two-2"])
def test_bad_names(name: str) -> None:
    with pytest.raises(ValueError, match="name must be lower-case words joined by hyphens"):
        bundle(drawn()[0], name, "words")


@pytest.mark.parametrize("alt", ["", "  \n "])
def test_no_words(alt: str) -> None:
    with pytest.raises(ValueError, match="figure 'two' needs alt=, a text that says what is to be"):
        bundle(drawn()[0], "two", alt)


def test_a_figure_names_the_colours_that_it_has_and_no_other(unchecked: None) -> None:
    fig, ax = figure()
    points(ax, torch.zeros(1, 2), colour="blue", name="y")
    found = set(bundle(fig, "a", "b")[MIME]["palette"].values())
    assert {"blue", "ground", "ink"} <= found
    assert not found & {"pink", "green"}
    fig, ax = figure()
    grid = torch.linspace(0, 1, 5)
    field(ax, grid, grid, torch.rand(5, 5), colour="green", name="F")
    found = set(bundle(fig, "a", "b")[MIME]["palette"].values())
    assert "green" in found
    assert "blue" not in found
