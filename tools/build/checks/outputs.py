"""What cells put out: can the site show it, and the printed book?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nbformat import NotebookNode

from tools.book import Book, Page
from tools.build.checks.fault import Fault
from tools.build.checks.media import html
from tools.execute.cache import ExecutionCache
from tools.execute.recall import Recall
from tools.execute.run_page import line_of_cell

PRINTED = ("application/pdf", "image/png", "image/jpeg", "text/latex")
MARKDOWN = (
    "an output in Markdown, whose formulas and headings each edition reads otherwise: write "
    "the words on the page and glue its values, or show text/latex"
)
OBJECT = re.compile(r"<[^\n]*>")
# Values that travel into the prose, and answers to its questions: nobody shows them as outputs.
KEPT = ("application/papermill.record/", "application/vnd.ebmlib.answer+json")
UNSEEN = {"remove-output", "remove-cell"}
FOLDED = {"hide-output", "hide-cell"}


def check(book: Book) -> Iterator[Fault]:
    """Look through the outputs of all pages, as they are cached."""
    cache, recall = ExecutionCache(book), Recall(book.build / "outputs.json")
    for page in book.notebooks:
        if record := cache.record(page):
            text = f"{record.key}\0{record.checksum}"
            found = recall.answer("outputs", text, lambda: list(_found(cache.outputs(page))))  # noqa: B023
            yield from _placed(cache, page, found)
    recall.save()


def _placed(cache: ExecutionCache, page: Page, found: Iterable[Any]) -> Iterator[Fault]:
    for number, words in found:
        yield Fault(page.path, line_of_cell(page, cache.read(page), number), words)


def _found(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """What is wrong with an output, and the number of its cell."""
    for number, cell in enumerate(notebook.cells):
        tags = {str(tag).replace("_", "-") for tag in cell.metadata.get("tags", [])}
        for output in cell.get("outputs", []) if not UNSEEN & tags else ():
            given = output.get("data", {}).items()
            data = {kind: content for kind, content in given if not kind.startswith(KEPT)}
            yield from ((number, words) for words in html(data.get("text/html", "")))
            if "text/markdown" in data:
                yield number, MARKDOWN
                continue
            if data and not FOLDED & tags and (words := _unprinted(data)):
                yield number, words


def _unprinted(data: dict[str, str]) -> str:
    """Why paper would have nothing to show of an output; empty if it has."""
    plain = data.get("text/plain", "").strip()
    if any(kind in data for kind in PRINTED) or (plain and not OBJECT.fullmatch(plain)):
        return ""
    shown = f"{plain!r} would be printed" if plain else "nothing would be printed"
    cure = "print it, or give it a second form, text/latex or a text/plain that says something"
    return f"this output has no form for paper, {shown}: {cure}"
