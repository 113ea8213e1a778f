r"""Read the tables of numbers that the figures of other pages have written."""

import os
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor

FOLDER = "EBMLIB_TABLES"
"""The environment variable that names the folder; the book's build sets it."""


def read(name: str, *, dtype: torch.dtype = torch.float64) -> dict[str, Float[Tensor, " rows"]]:
    """Columns of the table of a figure, each without the nan that pads it at its end.

    A page that reads tables declares them in its front matter, `ebm: {reads: [name, ...]}`, so
    that it runs after the pages that write them.

    Args:
        name: of the figure.
        dtype: of the columns.

    Raises:
        ValueError: if the folder is not set, no such table is there, or a line does not hold
            one number for each column.

    Derived on: book/generative/energies.md
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        raise ValueError(f"{FOLDER} must name the folder of the tables. It is not set.")
    path = Path(folder) / f"{name}.txt"
    if not path.is_file():
        raise ValueError(
            f"no table of a figure {name!r} in {folder}: run the page that draws it, and name it "
            "under 'ebm: {reads: [...]}'."
        )
    header, *lines = path.read_text(encoding="utf8").splitlines()
    heads = header.split()
    rows = [line.split() for line in lines]
    for number, row in enumerate(rows, 2):
        if len(row) != len(heads):
            raise ValueError(f"{path}:{number}: expected {len(heads)} numbers. Got {len(row)}.")
    columns = zip(*rows, strict=True) if rows else ([] for _ in heads)
    return {
        head: _unpadded(torch.tensor([float(cell) for cell in column], dtype=dtype))
        for head, column in zip(heads, columns, strict=True)
    }


def _unpadded(column: Tensor) -> Tensor:
    kept = (~column.isnan()).nonzero()
    return column[: int(kept[-1]) + 1] if len(kept) else column[:0]
