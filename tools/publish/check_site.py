"""Whether a site that is about to be published is whole: its notebooks, and the buttons to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tools.book import Book, BookError

LAUNCH = re.compile(
    r'href="https://(?:colab[^"]*?/blob/[^/"]+/([^"]+)|mybinder[^"]*?urlpath=lab%2Ftree%2F([^"]+))"'
)


def check(book: Book, site: Path) -> None:
    """Look through the built site.

    Raises:
        BookError: with a line for each fault.
    """
    faults = [*_notebooks(book, site), *_buttons(book, site)]
    if faults:
        raise BookError("\n".join(faults))


def _notebooks(book: Book, site: Path) -> Iterator[str]:
    """Notebooks that are missing, or that nobody has run."""
    for page in book.notebooks:
        path = site / f"{page.docname}.ipynb"
        if not path.is_file():
            yield f"{path}: is missing; build the book again (nox -s book -- --force)."
            continue
        try:
            cells = json.loads(path.read_text("utf8"))["cells"]
        except (ValueError, KeyError, TypeError) as error:
            yield f"{path}:1: is no notebook ({error}); build the book again."
            continue
        code = [one for one in cells if one["cell_type"] == "code"]
        own = [one for one in code if "install" not in one["metadata"].get("tags", [])]
        if own and not all(one["execution_count"] for one in own):
            yield f"{path}: a notebook without outputs; build the book again."


def _buttons(book: Book, site: Path) -> Iterator[str]:
    """Buttons for Colab and Binder that lead to no notebook of this edition."""
    written = {f"{page.docname}.ipynb" for page in book.notebooks}
    for path in sorted(site.rglob("*.html")):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            for colab, binder in LAUNCH.findall(line) if "https://" in line else ():
                target = unquote(colab) or unquote(unquote(binder))
                if target not in written:
                    yield f"{path}:{number}: the button for {target} leads to no file."
