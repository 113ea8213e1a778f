r"""Read the tables of numbers that the figures of other pages have written."""

import os
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor

FOLDER = "EBMLIB_TABLES"
"""The environment variable that names the folder; the book's build sets it."""


def read(name: str, *, dtype: torch.dtype = torch.float64) -> dict[str, Float[Tensor, " rows"]]:
    """Columns of the tables of a figure, NAME.txt and, where columns of other lengths are, more.

    A grid of n columns and m rows is stored with n numbers of x, m of y and n m of each value,
    row after row; here each of its n m nodes has its x and y.
    A page that reads tables declares them in its front matter, `ebm: {reads: [name, ...]}`, so
    that it runs after the pages that write them, which show them with `digits=7`.

    Args:
        name: of the figure.
        dtype: of the columns.

    Raises:
        ValueError: if the folder is not set, no such table is there, a line does not hold one
            number for each column, or columns of one thing are of different lengths and no grid.

    Derived on: book/generative/energies.md
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        raise ValueError(f"{FOLDER} must name the folder of the tables. It is not set.")
    path, count = Path(folder) / f"{name}.txt", 1
    if not path.is_file():
        raise ValueError(
            f"no table of a figure {name!r} in {folder}: run the page that draws it, and name it "
            "under 'ebm: {reads: [...]}'."
        )
    columns: dict[str, Tensor] = {}
    while path.is_file():
        columns |= _columns(path, dtype)
        count += 1
        path = path.with_name(f"{name}-{count}.txt")
    things: dict[str, dict[str, str]] = {}
    for head in columns:
        thing, _, role = head.partition("/")[0].rpartition(".")  # its unit aside
        things.setdefault(thing, {})[role] = head
    for heads in things.values():
        if len({len(columns[head]) for head in heads.values()}) > 1:
            columns |= _nodes(heads, columns, name)
    return columns


def _columns(path: Path, dtype: torch.dtype) -> dict[str, Tensor]:
    """Those of one file, all of one length."""
    header, *lines = path.read_text(encoding="utf8").splitlines()
    heads = header.split()
    rows = [line.split() for line in lines]
    for number, row in enumerate(rows, 2):
        if len(row) != len(heads):
            raise ValueError(f"{path}:{number}: expected {len(heads)} numbers. Got {len(row)}.")
    numbers = torch.tensor([[float(cell) for cell in row] for row in rows], dtype=dtype)
    return dict(zip(heads, numbers.reshape(-1, len(heads)).T, strict=True))


def _nodes(heads: dict[str, str], columns: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    """The x and y of each node of a grid, from its axes."""
    lengths = {head: len(columns[head]) for head in heads.values()}
    n, m = (lengths.get(heads.get(axis, ""), 0) for axis in "xy")
    rest = {lengths[head] for role, head in heads.items() if role not in ("x", "y")}
    if not n * m or rest != {n * m}:
        raise ValueError(f"{name}: a grid has columns of n, m and n m rows. Got {lengths}.")
    x, y = heads["x"], heads["y"]
    return {x: columns[x].repeat(m), y: columns[y].repeat_interleave(n)}
