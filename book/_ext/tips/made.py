"""Which cell made a number of the prose: noted when MyST-NB takes it out of the outputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.core.execute import base
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.application import Sphinx

from _ext.checks.nodes import Sentence

CELL = "ebm_cell"  # in a value's metadata: the index of the cell that glued it
CODE = "cell_code"  # MyST-NB's own name of a cell's container


class Number(nodes.inline):
    """A number in the text: its name, text and value, and the index of the cell that made it."""


def place(cell: int) -> str:
    """The id of a cell that made a number."""
    return f"cell-{cell}"


def noting(extract: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """MyST-NB's own way to take the values, which then know their cell."""

    @wraps(extract)
    def extract_glue_data(notebook: Any, *rest: Any) -> dict[str, Any]:
        cells: dict[str, int] = {}
        for index, cell in enumerate(notebook.cells):
            for output in cell.get("outputs", ()):
                if kept := output.get("metadata", {}).get("scrapbook"):
                    cells[kept["name"]] = index
        found = extract(notebook, *rest)
        for name, value in found.items():
            value.setdefault("metadata", {})[CELL] = cells.get(name, 0)
        return found

    extract_glue_data.notes = True  # type: ignore[attr-defined]
    return extract_glue_data


def naming(run: Callable[..., Any]) -> Callable[..., Any]:
    """MyST-NB's own role, whose text then bears the number's name."""

    @wraps(run)
    def run_and_name(self: Any) -> Any:
        found, messages = run(self)
        if len(found) != 1 or "pasted-text" not in found[0].get("classes", ()):
            return found, messages
        name = self.text.rpartition(":")[0] or self.text
        value = retrieve_glue_data(self.document, name)
        facts = {"name": name, "value": str(value.data["text/plain"]), "shown": found[0].astext()}
        number = Number("", "", *found, cell=value.metadata.get(CELL, 0), **facts)
        number.source, number.line = found[0].source, found[0].line
        return [number], messages

    run_and_name.names = True  # type: ignore[attr-defined]
    return run_and_name


def numbers(document: nodes.document) -> list[Number]:
    """The numbers of a page that can be pointed at: not those on a button or in a link."""
    return [one for one in document.findall(Number) if _free(one)]


def _free(node: nodes.Node | None) -> bool:
    while node is not None:
        if isinstance(node, Sentence | nodes.reference | nodes.title):
            return False
        node = node.parent
    return True


def _mark(app: Sphinx, document: nodes.document) -> None:
    """The cells that made numbers can be led to."""
    wanted = {one["cell"] for one in numbers(document)}
    for cell in document.findall(nodes.container) if wanted else ():
        if cell.get("nb_element") == CODE and cell.get("cell_index") in wanted:
            cell["ids"].append(place(cell["cell_index"]))


def _visit(self: Any, node: Number) -> None:
    if not _free(node):
        self.body.append("<span>")
        return
    seen = self.__dict__.setdefault("numbers_seen", set())
    name = escape(node["name"])
    first = "" if name in seen else f' id="number-{name}"'
    seen.add(name)
    self.body.append(f'<span class="number"{first} data-told="{name}">')


def _depart(self: Any, node: Number) -> None:
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    """MyST-NB names both itself, so that ours stand in their place, put there once."""
    if not hasattr(base.extract_glue_data, "notes"):
        base.extract_glue_data = noting(base.extract_glue_data)
    if not hasattr(PasteTextRole.run, "names"):
        PasteTextRole.run = naming(PasteTextRole.run)
    app.add_node(Number, html=(_visit, _depart))
    app.connect("doctree-read", _mark)
