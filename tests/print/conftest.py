"""The PDF that `nox -s pdf` has just built.

EBM_EDITION says which of the two editions, EBM_VOLUME which chapters and parts, if not all.
"""

import os
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tools.book import Book, Page
from tools.print.pdf import NAMES, latex_of, pdf_of
from tools.print.volume import choose

ROOT = Path(__file__).resolve().parents[2]
EDITION = os.environ.get("EBM_EDITION", "paper")
JOB = NAMES[EDITION]  # what TeX's files are called
VOLUME = choose(Book(ROOT), os.environ.get("EBM_VOLUME", "").split())


@pytest.fixture(scope="session")
def latex() -> Path:
    """Where Sphinx wrote the LaTeX and TeX its log."""
    return latex_of(Book(ROOT), VOLUME)


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(ROOT)


@pytest.fixture(scope="session")
def sources(book: Book) -> list[Page]:
    """The pages that are printed here, but for the bibliography's in a volume."""
    return [page for page in VOLUME.pages or book.pages if page.is_printed]


@pytest.fixture(scope="session")
def pdf() -> Path:
    path = pdf_of(Book(ROOT), EDITION, VOLUME)
    if not path.is_file():
        words = " ".join([EDITION, *VOLUME.names])
        pytest.fail(f"{path} is not built: nox -s pdf -- {words}")
    return path


@pytest.fixture(scope="session")
def reader(pdf: Path) -> PdfReader:
    return PdfReader(pdf)


@pytest.fixture(scope="session")
def pages(pdf: Path) -> list[str]:
    """The text of every page, as poppler reads it."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]
