"""What a page's outputs depend on, as one hash.

A page is run again when its cells, the meaning of the `ebmlib` modules that it reaches, the
tables it declares to read, or the pinned versions change, and only then; or when a colour changes
that its drawings have, which their record tells. Plain jupyter-cache looks at the cells alone.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tools.book import Book, BookError, Page, table_files
from tools.execute.meaning import meaning, shows_words
from tools.execute.recall import Recall

PACKAGE = "ebmlib"
PYTHON = f"python {sys.version_info.major}.{sys.version_info.minor}"
Read = Callable[[Page], NotebookNode]


def fingerprint(book: Book, page: Page, read: Read, recall: Recall) -> str:
    """The hash of everything that `page`'s outputs depend on.

    `read` gives the page as a notebook; a text that `recall` knows is not read again.
    """
    pins = recall.once("pins", lambda: _pins(book))
    cells = recall.answer("cells", f"{pins}\0{page.text}", lambda: _cells(read(page)))
    modules = reached_modules(book, cells["imports"], recall)
    words = cells["words"] or any(module["words"] for module in modules.values())
    parts = [PYTHON, pins, *cells["parts"]]
    parts += [f"{name}\n{module['meaning']}" for name, module in modules.items()]
    parts += [module["text"] for module in modules.values() if words]
    for name in page.reads:
        parts += [path.read_text("utf8") for path in table_files(book.tables, name)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _cells(notebook: NotebookNode) -> dict[str, Any]:
    """What the outputs depend on in a page's own text; its comments count: they are cheap."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    source = "\n".join(cell.source for cell in cells)
    try:
        imports = _imports(source, within="")
    except SyntaxError:  # a magic, or a fault that running will tell with its line
        imports = _imports(_without_magics(source), within="")
    parts = [repr((cell.source, cell.metadata.get("tags", []))) for cell in cells]
    return {"parts": parts, "imports": imports, "words": shows_words(source)}


def reached_modules(book: Book, imports: list[str], recall: Recall) -> dict[str, dict[str, Any]]:
    """What counts in the modules of `ebmlib` that are imported, directly or through one another."""
    todo = set(imports)
    reached: dict[str, dict[str, Any]] = {}
    while todo:
        name = todo.pop()
        found = recall.once(name, partial(_known, book, name, recall))
        if found is None or name in reached:
            continue
        reached[name] = found
        todo |= set(found["imports"])
        if parent := name.rpartition(".")[0]:
            todo.add(parent)
    return dict(sorted(reached.items()))


def _known(book: Book, name: str, recall: Recall) -> dict[str, Any] | None:
    """What counts in a module, and its text; None where there is none."""
    path = _module_path(book.root, name)
    if path is None:
        return None
    text = path.read_text(encoding="utf8")
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    find = partial(_module, book.relative(path), text, package)
    known: dict[str, Any] = recall.answer("module", f"{PYTHON}\0{package}\0{text}", find)
    return known | {"text": text}


def _module(path: str, source: str, package: str) -> dict[str, Any]:
    try:
        imports, code = _imports(source, within=package), meaning(source)
        return {"imports": imports, "meaning": code, "words": shows_words(source)}
    except SyntaxError as error:
        raise BookError(f"{path}:{error.lineno or 1}: SyntaxError: {error.msg}") from error


def _imports(source: str, *, within: str) -> list[str]:
    """Names under `ebmlib` that are imported; `from ebmlib import soft` gives both candidates."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = within.split(".")
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, node.module] if node.module else parts)
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return sorted(n for n in found if n == PACKAGE or n.startswith(PACKAGE + "."))


def _without_magics(source: str) -> str:
    kept = "\n".join(
        line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))
    )
    try:
        ast.parse(kept)
    except SyntaxError:
        return ""
    return kept


def _module_path(root: Path, name: str) -> Path | None:
    base = root.joinpath(*name.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


# They touch a notebook when it has been run, or none: no page runs again for a version of theirs.
AFTERWARDS = ("resvg_py==", "jupyterlab==", "types-")


def _pins(book: Book) -> str:
    path = book.root / "constraints.txt"
    if not path.is_file():
        return ""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(AFTERWARDS))
