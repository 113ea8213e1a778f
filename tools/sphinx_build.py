"""The strict Sphinx build of a book: every warning is an error, and stays one.

Sphinx remembers a page that it has read with warnings and does not warn again, so that a second
build of the same broken source would pass: after a failure its environment is thrown away.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools import editions
from tools.book import Book, BookError


def build(book: Book, builder: str, out: Path, doctrees: Path) -> None:
    """Build strictly into `out`.

    Raises:
        BookError: if there was a warning or an error; Sphinx has told file and line.
    """
    unfinished = doctrees.with_name(doctrees.name + ".unfinished")
    if unfinished.exists():  # the build before was killed: what it left cannot be trusted
        shutil.rmtree(doctrees, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    failed = _jupyter_book(book, builder, out, doctrees)
    if failed:
        shutil.rmtree(doctrees, ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        unfinished.unlink()
        raise BookError(f"the {builder} build failed; the messages above name file and line.")
    unfinished.unlink()


def _jupyter_book(book: Book, builder: str, out: Path, doctrees: Path) -> bool:
    # These import much, and a build in which nothing changed needs none of it.
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    if not sys.stderr.isatty():
        nocolor()
    overrides = {
        "latex_individualpages": False,
        "nitpicky": True,
        "nb_execution_cache_path": str(book.cache),
        "ebm_commit": commit(book.root),
        **editions.overrides(book),
    }
    try:
        result = build_sphinx(
            str(book.root),
            str(out),
            path_config=str(book.root / "_config.yml"),
            noconfig=True,  # all of it is in _config.yml; there is no conf.py
            confoverrides=overrides,
            doctreedir=str(doctrees),
            builder=builder,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    except Exception as error:  # Jupyter Book and extensions raise what they like
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return True
    if isinstance(result, Exception):
        print(f"{type(result).__name__}: {result}", file=sys.stderr)
        return True
    return bool(result)


def commit(root: Path) -> str:
    """The commit whose lines the site's source links show; empty outside a repository."""
    asked = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
