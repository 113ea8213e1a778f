"""Write the executed notebooks, outputs and all, to `_build/notebooks/`.

    python -m tools.export [--root .]

On a cache hit myst-nb itself writes notebooks without outputs; these come from the cache.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.book import Book, BookError, Page
from tools.cache import ExecutionCache
from tools.fingerprint import fingerprint


def export(book: Book, out: Path) -> list[Path]:
    """Write one notebook a page.

    Raises:
        BookError: if there is no page to export, or a page has not been executed as it stands.
    """
    if not book.notebooks:
        raise BookError(f"{book.root / '_toc.yml'}: names no page with cells; nothing to export.")
    cache = ExecutionCache(book)
    shutil.rmtree(out, ignore_errors=True)
    written = []
    for page in book.notebooks:
        notebook = _executed(book, cache, page)
        path = out / f"{page.docname}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        written.append(path)
    return written


def _executed(book: Book, cache: ExecutionCache, page: Page) -> NotebookNode:
    if not cache.fresh(page, fingerprint(book, page, cache.read(page))):
        raise BookError(
            f"{book.relative(page.path)}:1: has no outputs of its present cells;"
            f" build the book first."
        )
    notebook = cache.outputs(page)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.get("execution_count") for cell in code):
        raise BookError(f"{book.relative(page.path)}:1: its cached notebook was never executed.")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # for equal bytes: nbformat would draw them at random
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata.pop("source_map", None)
    return notebook


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    try:
        book = Book(options.root.resolve())
        written = export(book, book.build / "notebooks")
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(written)} notebooks in {book.build / 'notebooks'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
