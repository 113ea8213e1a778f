"""Columns of one length share a file, and a grid is told by its axes."""

import torch

from ebmlib.plot.canvas.table import tables
from ebmlib.plot.fields import field, surface
from ebmlib.plot.figure import figure
from ebmlib.plot.points import points


def test_a_third_length_has_a_third_file() -> None:
    fig, ax = figure()
    for name, count in (("a", 1), ("b", 2), ("c", 1), ("d", 3)):
        points(ax, torch.zeros(count, 2), name=name)
    heads = {file: text.splitlines()[0] for file, text in tables(fig, "one")}
    assert heads == {"one.txt": "a.x a.y c.x c.y", "one-2.txt": "b.x b.y", "one-3.txt": "d.x d.y"}


def test_a_grid_is_told_by_its_axes() -> None:
    x, y = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([5.0, 6.0])
    F = torch.arange(6.0).reshape(2, 3)
    flat, ax = figure()
    field(ax, x, y, F, name="F", contours=0)
    deep, space = figure(projection="3d")
    surface(space, x, y, F, name="F")
    for fig in (flat, deep):
        made = tables(fig, "a")
        assert [file for file, _ in made] == ["a.txt", "a-2.txt", "a-3.txt"]
        texts = ["F.x\n0\n1\n2\n", "F.y\n5\n6\n", "F.F\n0\n1\n2\n3\n4\n5\n"]
        assert [text for _, text in made] == texts
