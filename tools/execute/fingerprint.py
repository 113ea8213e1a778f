"""What a page's outputs depend on, as one hash.

A page is run again when its cells, the `ebmlib` modules that it reaches, the stylesheet's
colours (if it draws), the tables it declares to read, or the pinned versions change, and only
then. Plain jupyter-cache looks at the cells alone.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from tools.book import Book, BookError, Page
from tools.execute.recall import Memory

PACKAGE = "ebmlib"
DRAWING = f"{PACKAGE}.plot"
Read = Callable[[Page], NotebookNode]


def fingerprint(book: Book, page: Page, read: Read, memory: Memory) -> str:
    """The hash of everything that `page`'s outputs depend on.

    `read` gives the page as a notebook; a text that `memory` knows is not read again.
    """
    pins = _pins(book)
    cells = memory.recall("cells", f"{pins}\0{page.text}", lambda: _cells(read(page)))
    modules = reached_modules(book, cells["imports"], memory)
    parts = [f"python {sys.version_info.major}.{sys.version_info.minor}", pins]
    parts += cells["parts"]
    parts += [f"{name}\n{text}" for name, text in modules.items()]
    if any(name == DRAWING or name.startswith(DRAWING + ".") for name in modules):
        parts += colours(book)
    parts += [(book.tables / f"{name}.txt").read_text("utf8") for name in page.reads]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _cells(notebook: NotebookNode) -> dict[str, list[str]]:
    """What the outputs depend on in a page's own text."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    source = "\n".join(cell.source for cell in cells)
    try:
        imports = _imports(source, within="")
    except SyntaxError:  # a magic, or a fault that running will tell with its line
        imports = _imports(_without_magics(source), within="")
    parts = [repr((cell.source, cell.metadata.get("tags", []))) for cell in cells]
    return {"parts": parts, "imports": imports}


def reached_modules(book: Book, imports: list[str], memory: Memory) -> dict[str, str]:
    """The texts of the modules of `ebmlib` that are imported, directly or through one another."""
    todo = set(imports)
    reached: dict[str, str] = {}
    while todo:
        name = todo.pop()
        path = None if name in reached else _module_path(book.root, name)
        if path is None:
            continue
        reached[name] = text = memory.text(path)
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        key = f"{package}\0{text}"
        find = partial(_module_imports, book.relative(path), text, package)
        todo |= set(memory.recall("imports", key, find))
        if parent := name.rpartition(".")[0]:
            todo.add(parent)
    return dict(sorted(reached.items()))


def colours(book: Book) -> list[str]:
    """The stylesheet's colour definitions: a change of a macro changes no drawing."""
    if not book.stylesheet.is_file():
        return []
    text = book.stylesheet.read_text(encoding="utf8")
    return re.findall(r"^\s*\\definecolor\{[^\n]*?\}\{HTML\}\{[^\n]*?\}", text, re.MULTILINE)


def _module_imports(path: str, source: str, package: str) -> list[str]:
    try:
        return _imports(source, within=package)
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


# They touch a notebook when it has been run: no page runs again for a version of theirs.
AFTERWARDS = ("resvg_py==", "jupyterlab==")


def _pins(book: Book) -> str:
    path = book.root / "constraints.txt"
    if not path.is_file():
        return ""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(AFTERWARDS))
