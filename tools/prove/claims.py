"""The numbers that the pages claim, and the committed figures that they must agree with.

    python -m tools.prove.claims [--root .]     compare; prints what differs
    python -m tools.prove.claims --missing      write entries for the claims that are not kept

A notebook compared with its own run of minutes ago proves little: drift between machines and
versions shows only against figures that were kept, a file a chapter: page, name of the claim,
then value, tolerance and why it is this wide.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.book import Book, BookError, Page, line_of, read_text
from tools.execute.cache import ExecutionCache
from tools.files import write_atomically

GLUED = "application/papermill.record/text/plain"
ANSWERED = "application/vnd.ebmlib.answer+json"
KEPT = Path("tests", "claims")
LIES = KEPT / "lies"  # what `tools.prove.mutate` plants, by chapter and page, too
FIELDS = ("value", "tolerance", "why")
Pages = dict[str, dict[str, dict[str, Any]]]  # by page and by name: value, tolerance, why


def glued(book: Book) -> dict[str, tuple[str, str]]:
    """Every glued value and numeric answer: name -> (text of the value, docname of the page)."""
    cache = ExecutionCache(book)
    found: dict[str, tuple[str, str]] = {}
    for page in book.notebooks:
        try:
            notebook = cache.outputs(page)
        except KeyError as error:
            raise BookError(
                f"{page.docname} has not been executed; build the book first."
            ) from error
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if GLUED in output.get("data", {}):
                    name = output.metadata.scrapbook.name
                    found[name] = (str(output.data[GLUED]), page.docname)
                answer = output.get("data", {}).get(ANSWERED, {})
                if "value" in answer:
                    found[answer["name"]] = (str(answer["value"]), page.docname)
    return found


def numbers(book: Book) -> dict[str, tuple[float, str]]:
    """The glued values and answers that are numbers: name -> (value, docname)."""
    found = {}
    for name, (text, page) in glued(book).items():
        try:
            found[name] = (float(text), page)
        except ValueError:
            continue  # a word: nbval compares it
    return found


def kept(book: Book) -> dict[Path, Pages]:
    """The committed figures, by the file of their chapter.

    Raises:
        BookError: if there are none, or with file and line if one is no JSON.
    """
    files = sorted((book.root / KEPT).glob("*.json"))
    if not files:
        raise BookError(f"{book.root / KEPT} holds no file: it keeps the figures of the pages.")
    return {path: _read(path) for path in files}


def _read(path: Path) -> Pages:
    try:
        return dict(json.loads(read_text(path)))
    except json.JSONDecodeError as error:
        raise BookError(f"{path}:{error.lineno}: this is not JSON: {error.msg}.") from error


def differences(book: Book) -> list[str]:
    """What does not agree or is not well kept, one line each; empty if all is well."""
    computed, files = numbers(book), kept(book)
    lines = [line for path, pages in files.items() for line in _faults(book, path, pages, computed)]
    for path in sorted((book.root / LIES).glob("*.json")):
        lines += _homeless(book, path, _read(path), LIES)
    entries = _by_name(files)
    for name, (value, page) in computed.items():
        place = _at(book, book.root / f"{page}.md", name)
        if name not in entries:
            lines.append(f"{place}: {name} = {value:g} is not in {_file(page)}")
            continue
        want, tolerance = (float(entries[name].get(key, math.nan)) for key in FIELDS[:2])
        if not abs(value - want) <= tolerance:
            lines.append(f"{place}: {name} = {value:g}. Expected {want:g} +- {tolerance:g}.")
    return lines


def _faults(
    book: Book, path: Path, pages: Pages, computed: dict[str, tuple[float, str]]
) -> Iterator[str]:
    """What is kept in the wrong file, for nothing, or without a reason."""
    yield from _homeless(book, path, pages, KEPT)
    known = {page.docname for page in book.pages}
    for page, entries in pages.items():
        if page not in known:
            continue
        for name, entry in entries.items():
            where = _at(book, path, f'"{name}"')
            if name not in computed:
                yield f"{where}: {name} is kept, and on no page"
            elif computed[name][1] != page:
                yield f"{where}: {name} is kept for {page}. It is on {computed[name][1]}."
            if lacking := [key for key in FIELDS if str(entry.get(key, "")).strip() == ""]:
                yield f"{where}: {name} has no {' and no '.join(lacking)}"


def _homeless(book: Book, path: Path, pages: Iterable[str], folder: Path) -> Iterator[str]:
    """Groups of a page that is gone, or that stand in another chapter's file."""
    known = {page.docname for page in book.pages}
    for page in pages:
        where, own = _at(book, path, f'"{page}"'), folder / _file(page).name
        if page not in known:
            yield f"{where}: the contents name no page {page}"
        elif path.name != own.name:
            yield f"{where}: the {folder.name} of {page} belong into {own}"


def _by_name(files: dict[Path, Pages]) -> dict[str, dict[str, Any]]:
    return {
        name: entry
        for pages in files.values()
        for entries in pages.values()
        for name, entry in entries.items()
    }


def _at(book: Book, path: Path, name: str) -> str:
    """Where a file has a name; one that is put together in a loop is nowhere whole: line 1."""
    return f"{book.relative(path)}:{line_of(path, name)}"


def _file(docname: str) -> Path:
    """Where a page's claims are kept."""
    return KEPT / f"{Page(docname, Path()).chapter}.json"


def write_missing(book: Book) -> list[str]:
    """Write entries for the claims that are not kept; returns a line of each.

    Their tolerance is a proposal, and their reason is left empty, so that the comparison fails
    until somebody has thought of both.
    """
    files: dict[Path, Pages] = kept(book) if (book.root / KEPT).is_dir() else {}
    known = _by_name(files)
    lines, changed = [], set()
    for name, (value, docname) in numbers(book).items():
        if name not in known:
            path = book.root / _file(docname)
            page = files.setdefault(path, {}).setdefault(docname, {})
            page[name] = {"value": value, "tolerance": proposed(value), "why": ""}
            changed.add(path)
            lines.append(f"{book.relative(path)}: {name} = {value:g} +- {proposed(value):g}: why?")
    order = {page.docname: number for number, page in enumerate(book.pages)}
    for path in changed:
        pages = dict(sorted(files[path].items(), key=lambda one: order.get(one[0], len(order))))
        write_atomically(path, json.dumps(pages, indent=1, ensure_ascii=False) + "\n")
    return lines


def proposed(value: float) -> float:
    """A tolerance to begin with: none for a count, 2 % for what was measured."""
    return 0.0 if value == int(value) else float(f"{max(abs(value) * 0.02, 1e-6):.1g}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    try:
        book = Book(options.root.resolve())
        if options.missing:
            print("\n".join(write_missing(book)) or "every claim is kept")
            return 0
        found = differences(book)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "every claim agrees with what is kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
