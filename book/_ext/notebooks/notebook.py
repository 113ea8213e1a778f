"""Words and executed cells brought together in one notebook."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.readers import get_reader
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook
from sphinx.application import Sphinx

from _ext.figures.collect import MIME
from _ext.notebooks.markdown import Piece
from _ext.notebooks.png import FOLDER, SVG, encoded, png, size
from _ext.shared.pages import reads, source

INSTALL = """\
# Installs the book's small library where it is missing, as on Colab; else it does nothing.
import importlib.util
import subprocess
import sys

if importlib.util.find_spec("ebmlib") is None:
    wanted = "ebmlib @ git+{repository}@{commit}"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", wanted], check=True)"""
TABLES = """\
# This page reads numbers of other pages: from this edition's tables, beside the notebook or on
# the book's site.
import os
import tempfile
import urllib.request
from pathlib import Path

files = {files}
if "EBMLIB_TABLES" not in os.environ:
    beside = (up / "_static" / "data" for up in Path.cwd().parents)
    whole = [one for one in beside if all((one / file).is_file() for file in files)]
    folder = whole[0] if whole else Path(tempfile.mkdtemp())
    for file in files if not whole else ():
        urllib.request.urlretrieve(f"{site}/_static/data/{{file}}", folder / file)
    os.environ["EBMLIB_TABLES"] = str(folder)"""
WRITTEN = "_build/tables"  # where an execution leaves the tables that other pages read
# Of a figure the PNG is kept, which all show; JupyterLab shows an SVG only to who trusts it.
LEFT_OUT = (MIME, SVG, "application/pdf")
ABOUT = "This notebook is [a page]({address}) of the executable book *{book}*."
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CHECK = "check"  # the option of a cell that proves a sentence
# How the site folds a cell, in words that JupyterLab and Colab understand; what the page removes,
# the notebook folds, too.
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell", CHECK}
HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}


def table_files(folder: Path, name: str) -> list[str]:
    """The files of a figure's table: NAME.txt, then NAME-2.txt and so on as far as they go."""
    found = [f"{name}.txt"]
    while (folder / f"{name}-{len(found) + 1}.txt").is_file():
        found.append(f"{name}-{len(found) + 1}.txt")
    return found


def executed(app: Sphinx, docname: str) -> list[NotebookNode] | None:
    """The page's cells with their outputs, from the cache that MyST-NB reads; None if none."""
    known = get_cache(app.env.mystnb_config.execution_cache_path)  # type: ignore[attr-defined]
    notebook = _reader()(str(app.env.doc2path(docname)))
    try:
        return list(known.merge_match_into_notebook(notebook)[1].cells)
    except KeyError:
        return None


@cache
def _reader() -> Callable[[str], NotebookNode]:
    """MyST-NB's own; to find it, what every installed package offers is read."""
    found: Callable[[str], NotebookNode] = get_reader({"name": "myst_nb_md", "type": "plugin"})
    return found


def assemble(
    app: Sphinx,
    docname: str,
    parts: list[Piece | int],
    cells: list[NotebookNode],
) -> NotebookNode:
    """The notebook of a page: where it comes from, what it needs, then its parts in order."""
    site, config = app.config.ebm_site.rstrip("/"), app.config
    address = f"{site}/{app.builder.get_target_uri(docname)}"
    made: list[NotebookNode] = [
        _words(Piece(ABOUT.format(address=address, book=config.html_title)))
    ]
    install = INSTALL.format(repository=config.ebm_repository, commit=config.ebm_commit or "HEAD")
    made.append(_cell("code", install, {"tags": ["install"], **HIDDEN}))
    names = reads(source(app.env, docname))
    if names:
        files = [file for name in names for file in table_files(Path(app.srcdir, WRITTEN), name)]
        listed = "[\n" + "".join(f'    "{file}",\n' for file in files) + "]"
        fetch = TABLES.format(files=listed, site=site)
        made.append(_cell("code", fetch, {"tags": ["install"], **HIDDEN}))
    for part in with_unseen(parts, cells):
        made.append(_words(part) if isinstance(part, Piece) else _code(app, cells[part]))
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"  # nbformat would draw them at random
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook: NotebookNode = new_notebook(cells=made, metadata=metadata)
    return notebook


def with_unseen(parts: list[Piece | int], cells: list[NotebookNode]) -> list[Piece | int]:
    """The parts with the cells that the page does not show, each before the next that it does.

    A page may remove a cell that others need; the notebook, which is to run, has all that ran.
    """
    whole: list[Piece | int] = []
    ran = [n for n, cell in enumerate(cells) if cell.cell_type == "code"]
    seen = {part for part in parts if isinstance(part, int)}
    for part in parts:
        if isinstance(part, int):
            due = [n for n in ran if n < part and n not in seen]
            whole += due
            seen.update(due)
        whole.append(part)
    return [*whole, *(n for n in ran if n not in seen)]


def _cell(kind: str, text: str, metadata: dict[str, Any]) -> NotebookNode:
    """A cell that is valid as part of its notebook: nbformat's own are asked one by one, slowly."""
    made: dict[str, Any] = {"cell_type": kind, "source": text, "metadata": metadata}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    found: NotebookNode = from_dict(made)
    return found


def _words(piece: Piece) -> NotebookNode:
    cell = _cell("markdown", piece.text, {})
    if held := piece.attachments:
        cell["attachments"] = {name: {kind: encoded(data)} for name, (kind, data) in held.items()}
    return cell


def _code(app: Sphinx, cell: NotebookNode) -> NotebookNode:
    tags = [tag for tag in cell.metadata.get("tags", []) if isinstance(tag, str)]
    tags += [CHECK] if cell.metadata.get(CHECK) else []  # its sentence stands above it, in words
    metadata: dict[str, Any] = {"tags": tags} if tags else {}
    if FOLDED & {tag.replace("_", "-") for tag in tags}:
        metadata |= HIDDEN
    made = _cell("code", cell.source, metadata)
    made["execution_count"], made["outputs"] = cell.execution_count, cell.outputs
    for output in made["outputs"]:
        data = output.get("data", {})
        if SVG in data:
            drawn = png(Path(app.srcdir, FOLDER), data[SVG])
            data["image/png"] = encoded(drawn)
            output["metadata"] = {**output.get("metadata", {}), "image/png": size(drawn)}
    return made


def exported(notebook: NotebookNode) -> NotebookNode:
    """What readers get: one picture a figure, and what no Jupyter shows is left out."""
    light = copy.deepcopy(notebook)
    for cell in light["cells"]:
        for output in cell.get("outputs", ()):
            for mime in LEFT_OUT:
                output.get("data", {}).pop(mime, None)
    return light


def write(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook, if it is one.

    Raises: nbformat.ValidationError.
    """
    nbformat.validate(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf8")
