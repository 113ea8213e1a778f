"""The print edition: execute what is stale, write LaTeX strictly, typeset.

`_build/pdf/energy-book.pdf` is for paper, `energy-book-dark.pdf` for the screen; a volume's name
follows, as in `energy-book-part-1.pdf`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from tools.book import Book, BookError
from tools.files import write_atomically
from tools.print import tex
from tools.print.volume import WHOLE, Volume

NAMES = {"paper": "energy-book", "dark": "energy-book-dark"}


def build_pdf(
    book: Book, edition: str = "paper", workers: int | None = None, volume: Volume = WHOLE
) -> Path:
    """Bring one edition of the book, or of a volume, up to date and return it."""
    from tools.build.build_site import sources_stamp

    tex.require()
    target = pdf_of(book, edition, volume)
    stamp_file = target.with_suffix(".stamp")
    stamp = hashlib.sha256(f"{sources_stamp(book)}{_epoch()}".encode()).hexdigest()
    if target.is_file() and stamp_file.is_file() and stamp_file.read_text("utf8") == stamp:
        return target
    latex = write_latex(book, workers, volume)
    made = typeset(book, latex, edition)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.draft")
    shutil.copyfile(made, draft)
    os.replace(draft, target)
    write_atomically(stamp_file, stamp)
    return target


def pdf_of(book: Book, edition: str, volume: Volume = WHOLE) -> Path:
    return book.build / "pdf" / f"{NAMES[edition]}{volume.ending}.pdf"


def latex_of(book: Book, volume: Volume = WHOLE) -> Path:
    """Where a volume's LaTeX lies: in a folder of its own, so that the whole book's stays."""
    return book.build / "work" / f"latex{volume.ending}"


def write_latex(book: Book, workers: int | None = None, volume: Volume = WHOLE) -> Path:
    """Execute what is stale, from the cache that the site uses, and write the LaTeX."""
    from tools.build.check import check_outputs
    from tools.build.finished import check_print
    from tools.build.sphinx_build import build
    from tools.execute.execution import execute

    execute(book, workers)
    check_outputs(book)
    latex = latex_of(book, volume)
    asked = {"ebm_volume": "\n".join(page.docname for page in volume.pages)}
    build(book, "latex", latex, book.build / "work" / "latex-doctrees", asked)
    check_print(latex / "book.tex")
    return latex


def typeset(book: Book, latex: Path, edition: str) -> Path:
    """Draw, colour and typeset what Sphinx has written."""
    from tools.print.drawings import darken, draw

    environ = tex.environment(book, latex)
    draw(book, latex, edition, environ)
    if edition == "dark":
        darken(book, latex)
    job = NAMES[edition]
    (latex / f"{job}.tex").write_text(wrapper(latex, edition), encoding="utf8")
    made = tex.typeset(latex, job, environ)
    found = tex.complaints(latex, job)
    for complaint in found:
        print(f"{'WARNING' if complaint.points else 'ERROR'}: {complaint}", file=sys.stderr)
    if any(not complaint.points for complaint in found):
        raise BookError("the print edition lacks what is named above.")
    return made


def wrapper(latex: Path, edition: str) -> str:
    """What TeX is given: the edition, and an identity that is the same wherever it is built."""
    source = (latex / "book.tex").read_bytes() + edition.encode()
    identity = hashlib.sha256(source).hexdigest()[:32].upper()
    return (
        f"\\pdfvariable trailerid{{[<{identity}> <{identity}>]}}\n"
        "\\pdfvariable suppressoptionalinfo 15\n"  # TeX's banner, and the drawings' paths
        f"\\newcommand{{\\ebmedition}}{{{edition}}}\n\\input{{book.tex}}\n"
    )


def _epoch() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH", "")
