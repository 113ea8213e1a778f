"""Every number that a figure draws stands in its table: the gallery, read back from its SVG."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle
from tests.helpers.plotted import TOLERANCE, bundles, loaded, misfits
from tests.helpers.recorded import drawn

GALLERY = sorted(Path("book", "appendix", "gallery").resolve().glob("*.md"))


@pytest.fixture(scope="module")
def gallery() -> dict[str, dict[str, object]]:
    with pytest.MonkeyPatch.context() as patch:
        return {name: one for page in GALLERY for name, one in bundles(page, patch).items()}


def test_each_page_gives_every_figure_its_place(gallery: dict[str, dict[str, object]]) -> None:
    text = "".join(page.read_text("utf8") for page in GALLERY)
    places = re.findall(r"^```\{computed\} (\S+)", text, re.M)
    assert places == list(gallery)


def test_the_gallery_draws_what_its_tables_say(gallery: dict[str, dict[str, object]]) -> None:
    checked = 0
    for name, made in gallery.items():
        for series, distance in misfits(made["image/svg+xml"], made[MIME]):
            assert distance < TOLERANCE, f"{name}: {series} is {distance:.2f} points off its table"
            checked += 1
    assert checked >= 30


def test_a_table_that_lies_is_found(gallery: dict[str, dict[str, object]]) -> None:
    for name in ("gallery-classes", "gallery-curves", "gallery-vectors", "gallery-surface"):
        made = gallery[name]
        (file, text), *others = made[MIME]["tables"]
        head, *rows = text.splitlines()
        numbers = np.array([row.split() for row in rows], dtype=float)
        column = int(np.flatnonzero(np.isfinite(numbers).sum(0) > 3)[1])  # the y of the first
        numbers[2, column] += 0.05 * np.ptp(numbers[np.isfinite(numbers[:, column]), column])
        lines = [" ".join(f"{value:.7g}" for value in row) for row in numbers]
        lies = [file, "\n".join([head, *lines]) + "\n"]
        facts = dict(made[MIME], tables=[lies, *others])
        worst = max(distance for _, distance in misfits(made["image/svg+xml"], facts))
        assert worst > TOLERANCE, name


def test_the_map_is_what_a_fit_finds(gallery: dict[str, dict[str, object]]) -> None:
    """The map that the output states is the affine map between table and vertices."""
    facts, svg = gallery["gallery-classes"][MIME], gallery["gallery-classes"]["image/svg+xml"]
    assert facts["series"][0]["name"] == "y0"
    group = svg[svg.index('id="y0"') :].split("</g>")[0]
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", group)
    vertices = np.array(pairs, dtype=float)[::2]
    columns = loaded(facts)
    rows = np.stack((columns["y0.x"], columns["y0.y"], np.ones(len(vertices))), 1)
    fitted, *_ = np.linalg.lstsq(rows, vertices, rcond=None)
    assert np.abs(rows @ fitted - vertices).max() < 0.02
    assert pytest.approx(np.array(facts["maps"][0]), abs=0.05) == fitted.T


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
    assert bundle(fig, "a", "b")[MIME]["tables"] == [["a.txt", "y.x y.y y-2.x y-2.y\n0 0 0 0\n"]]
