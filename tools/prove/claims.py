"""The numbers that the pages claim, and the committed reference that they must agree with.

    python -m tools.prove.claims [--root .]     compare; prints what differs
    python -m tools.prove.claims --missing      print entries for claims that the reference lacks

A notebook compared with its own run of minutes ago proves little: drift between machines and
versions shows only against figures that were kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tools.book import Book, BookError, line_of
from tools.execute.cache import ExecutionCache

GLUED = "application/papermill.record/text/plain"
REFERENCE = Path("tests", "reference.json")


def glued(book: Book) -> dict[str, tuple[str, str]]:
    """Every glued value: name -> (text of the value, docname of the page)."""
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
    return found


def numbers(book: Book) -> dict[str, tuple[float, str]]:
    """The glued values that are numbers: name -> (value, docname)."""
    found = {}
    for name, (text, page) in glued(book).items():
        try:
            found[name] = (float(text), page)
        except ValueError:
            continue  # a word: nbval compares it
    return found


def reference(book: Book) -> dict[str, dict[str, float]]:
    """The committed figures, name -> {value, tolerance}; the file groups them by page."""
    path = book.root / REFERENCE
    if not path.is_file():
        raise BookError(f"{path} is missing: it keeps the figures that the pages claim.")
    pages = json.loads(path.read_text(encoding="utf8"))
    return {name: entry for claims in pages.values() for name, entry in claims.items()}


def differences(book: Book) -> list[str]:
    """What does not agree, one line each; empty if all is well."""
    computed, kept = numbers(book), reference(book)
    lines = [f"{name}: in the reference, on no page" for name in kept if name not in computed]
    for name, (value, page) in computed.items():
        if name not in kept:
            lines.append(f"{_place(book, page, name)}: {name} = {value:g} is not in {REFERENCE}")
            continue
        want, tolerance = kept[name]["value"], kept[name]["tolerance"]
        if not abs(value - want) <= tolerance:
            told = f"{name} = {value:g}. Expected {want:g} +- {tolerance:g}."
            lines.append(f"{_place(book, page, name)}: {told}")
    return lines


def _place(book: Book, docname: str, name: str) -> str:
    """Where a page glues the name; a name put together in a loop is nowhere whole: line 1."""
    path = book.root / f"{docname}.md"
    return f"{book.relative(path)}:{line_of(path, name)}"


def missing(book: Book) -> dict[str, dict[str, dict[str, float]]]:
    """Entries for the claims that the reference lacks; their tolerance wants a thought."""
    kept = reference(book) if (book.root / REFERENCE).is_file() else {}
    entries: dict[str, dict[str, dict[str, float]]] = {}
    for name, (value, page) in numbers(book).items():
        if name not in kept:
            whole = value == int(value)
            tolerance = 0.0 if whole else float(f"{max(abs(value) * 0.02, 1e-6):.1g}")
            entries.setdefault(page, {})[name] = {"value": value, "tolerance": tolerance}
    return entries


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
            print(json.dumps(missing(book), indent=1))
            return 0
        found = differences(book)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "every claim agrees with the reference")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
