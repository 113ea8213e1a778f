"""The PDF that `nox -s pdf` has just built; EBM_EDITION says which of the two editions."""

import os
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tools.book import Book
from tools.print.pdf import NAMES

ROOT = Path(__file__).resolve().parents[2]
EDITION = os.environ.get("EBM_EDITION", "paper")


@pytest.fixture(scope="session")
def latex() -> Path:
    """Where Sphinx wrote the LaTeX and TeX its log."""
    return ROOT / "_build" / "work" / "latex"


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(ROOT)


@pytest.fixture(scope="session")
def pdf() -> Path:
    path = ROOT / "_build" / "pdf" / f"{NAMES[EDITION]}.pdf"
    if not path.is_file():
        pytest.fail(f"{path} is not built: nox -s pdf")
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
