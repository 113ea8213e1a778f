"""A tiny Sphinx book whose notebooks bring their outputs with them: no kernel, no Jupyter Book."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from tests.helpers.alone import alone
from tests.helpers.maths_book import Built, sphinx

SETTINGS: dict[str, Any] = {
    "extensions": ["myst_nb", "_ext.figures", "_ext.diagrams"],
    "nb_execution_mode": "off",
    "myst_enable_extensions": ["dollarmath", "colon_fence"],
    "html_theme": "basic",
    "root_doc": "index",
    "numfig": True,
    "nitpicky": True,
    "ebm_repository": "https://code.invalid/book",
    "ebm_commit": "c0ffee",
    "ebm_diagrams": "diagrams",
}
MIME = "application/vnd.ebmlib.figure+json"


@lru_cache
def bundle(name: str = "ellipse-data", alt: str = "Three <blue> points.") -> dict[str, Any]:
    """What a cell that shows a figure puts out."""
    import torch

    from ebmlib.plot.fields import field
    from ebmlib.plot.figure import figure
    from ebmlib.plot.frame import frame
    from ebmlib.plot.points import points
    from ebmlib.plot.show import bundle as show_bundle

    side = torch.linspace(-1, 1, 9, dtype=torch.float64)
    fig, ax = figure()
    field(ax, side, side, side[:, None] ** 2 + side, contours=0)
    points(ax, torch.tensor([[-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]]), name="y")
    frame(ax, "$y_1$", "$y_2$")
    return show_bundle(fig, name, alt)


def cell(*names: str, source: str = "show()", **mimes: Any) -> nbformat.NotebookNode:
    """A code cell that showed figures of these names, or an output of other mime types."""
    outputs = [
        nbformat.v4.new_output("display_data", bundle(name), metadata={"ebmlib": {"figure": name}})
        for name in names
    ]
    if mimes:
        data = {kind.replace("_", "/"): value for kind, value in mimes.items()}
        outputs.append(nbformat.v4.new_output("display_data", data))
    return nbformat.v4.new_code_cell(source, outputs=outputs)


def computed(name: str, caption: str = "Points near an *ellipse*.") -> str:
    return f"```{{computed}} {name}\n{caption}\n```\n"


def write(root: Path, **pages: list[Any] | str) -> Path:
    """Write notebooks of cells and Markdown texts; ``index`` lists them."""
    root.mkdir(parents=True, exist_ok=True)
    names = "\n".join(pages)
    (root / "index.md").write_text(f"# Index\n\n```{{toctree}}\n{names}\n```\n")
    for name, content in pages.items():
        if isinstance(content, str):
            (root / f"{name}.md").write_text(content)
            continue
        cells = [nbformat.v4.new_markdown_cell(f"# {name.title()}")]
        for one in content:
            cells.append(nbformat.v4.new_markdown_cell(one) if isinstance(one, str) else one)
        for number, one in enumerate(cells):
            one["id"] = f"{name}-{number}"
        kernel = {
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python", "pygments_lexer": "ipython3"},
        }
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / f"{name}.ipynb"
        )
    return root


def build(root: Path, builder: str = "html", workers: int = 1, **settings: object) -> Built:
    """Build a book, whose doctrees stay for the next build."""
    return alone(sphinx, root, builder, workers, {**SETTINGS, **settings})
