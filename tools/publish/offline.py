"""The whole book in one zip: site, notebooks, tables, the library's wheel, and PDFs if built.

    python -m tools.publish.offline [--root .] [--wheel FILE]

Unzipped, `index.html` opens from the folder or from a server. The same site gives the same
bytes: names are sorted, and no time or owner of a file is kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.book import Book, BookError
from tools.editions import current
from tools.print.pdf import NAMES, pdf_of

FOLDER = "energy-book"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can tell
LEFT_OUT = {".buildinfo", ".nojekyll"}
README = """\
{title}{edition}

Open index.html in a browser. Nothing needs to be installed and no network is used.
Or serve this folder: python3 -m http.server, then open the address that it prints.

Beside each page of book/ stands its notebook (.ipynb). To run notebooks, install the library
first: pip install ebmlib-*.whl (needs torch). The numbers of the figures are in _static/data/:
columns of one length share a file (NAME.txt, NAME-2.txt, ...), and a grid of n columns and m rows
has n numbers x, m numbers y and n m values, row after row.
"""
PRINTED = "\nThe book in print is {names}.\n"


def offline(book: Book, wheel: Path | None = None) -> Path:
    """Write the zip and return its path.

    Raises:
        BookError: if the book has not been built.
    """
    site = book.build / "site"
    if not (site / "index.html").is_file():
        raise BookError(f"{site} is missing: build the book first (nox -s book).")
    name = f"{FOLDER}-{current()}" if current() else FOLDER
    target = book.build / "offline" / f"{name}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.draft")  # two may be at it
    edition = f", edition {current()[1:]}" if current() else ""
    words = README.format(title=book.config.get("title", ""), edition=edition)
    files = sorted(_files(book, site, wheel))
    printed = [path for path, _ in files if path.endswith(".pdf") and "/" not in path]
    words += PRINTED.format(names=" and ".join(printed)) if printed else ""
    with zipfile.ZipFile(draft, "w") as archive:
        _add(archive, f"{name}/README.txt", words.encode())
        for path, source in files:
            _add(archive, f"{name}/{path}", source.read_bytes())
    draft.replace(target)
    return target


def _files(book: Book, site: Path, wheel: Path | None) -> Iterator[tuple[str, Path]]:
    for path in site.resolve().rglob("*"):
        if path.is_file() and path.name not in LEFT_OUT:
            yield path.relative_to(site.resolve()).as_posix(), path
    for pdf in (pdf_of(book, edition) for edition in NAMES):  # whole ones; a volume is a part
        if pdf.is_file():
            yield pdf.name, pdf
    if wheel is not None:
        yield wheel.name, wheel


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--wheel", type=Path, help="of ebmlib; else it is built")
    parser.add_argument("--unzip", action="store_true", help="beside the zip, to be looked at")
    options = parser.parse_args()
    try:
        from tools.publish.wheel import build_wheel

        book = Book(options.root.resolve())
        made = offline(book, options.wheel or build_wheel(book))
    except (BookError, subprocess.CalledProcessError) as error:  # the wheel's builder has told
        print(error, file=sys.stderr)
        return 1
    if options.unzip:
        shutil.rmtree(made.with_suffix(""), ignore_errors=True)
        with zipfile.ZipFile(made) as archive:
            archive.extractall(made.parent)
    print(f"{made} ({made.stat().st_size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
