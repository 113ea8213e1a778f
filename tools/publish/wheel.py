"""The library's wheel, as releases and the offline zip carry it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.book import Book


def build_wheel(book: Book) -> Path:
    """The library's wheel, built anew."""
    out = book.build / "wheel"
    shutil.rmtree(out, ignore_errors=True)
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(book.root)]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return next(out.glob("*.whl"))
