"""A tiny book of numbered chapters, with figures, for the tests of what leads through it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from tests.helpers.figures_book import build, cell, computed, write
from tests.helpers.maths_book import Built

FEATURES = [
    "myst_nb",
    "sphinxcontrib.bibtex",
    "_ext.figures",
    "_ext.diagrams",
    "_ext.lead",
    "_ext.incremental",
]
SETTINGS: dict[str, Any] = {
    "extensions": FEATURES,
    "bibtex_bibfiles": [],
    "exclude_patterns": ["_build"],  # or a second build would read what the first executed
}
PagesOf = dict[str, list[Any] | str]


def promise(name: str, line: str = "You will draw it.", options: str = "") -> str:
    return f"```{{promise}} {name}\n{options}{line}\n```\n"


def shown(*names: str) -> list[Any]:
    """A page's cells that show figures, each with its place."""
    return [one for name in names for one in (cell(name), computed(name))]


def lead_book(
    root: Path, pages: PagesOf, builder: str = "html", opening: str = "", **settings: object
) -> Built:
    """A chapter of the given pages, numbered, with what stands on its opening."""
    write(root, **pages)
    names = "\n".join(pages)
    (root / "chapter.md").write_text(f"# Chapter\n\n{opening}\n```{{toctree}}\n{names}\n```\n")
    (root / "index.md").write_text("# Book\n\n```{toctree}\n:numbered: 2\nchapter\n```\n")
    return build(root, builder, **(SETTINGS | settings))


def panels(count: int = 2) -> nbformat.NotebookNode:
    """A cell whose figure `many` has panels side by side, the last with a red line."""
    import torch

    from ebmlib.plot.curves import curve
    from ebmlib.plot.figure import figure
    from ebmlib.plot.frame import frame
    from ebmlib.plot.show import bundle

    x = torch.linspace(-1, 1, 9)
    fig, axes = figure(columns=count)
    for number, ax in enumerate(axes.flat, 1):
        frame(ax, "$x$", "$f$")
        colour = "red" if number == count else "blue"
        curve(ax, x, x**number, colour=colour, name=f"f{number}")
    made = nbformat.v4.new_output(
        "display_data", bundle(fig, "many", "Two curves."), metadata={"ebmlib": {"figure": "many"}}
    )
    cell: nbformat.NotebookNode = nbformat.v4.new_code_cell("show()", outputs=[made])
    return cell
