"""The strict Sphinx build of a book: every warning is an error, and stays one.

Sphinx remembers a page that it has read with warnings and does not warn again, so that a second
build of the same broken source would pass: after a failure all goes back to the last good build.
It does not see either that an extension reads pages otherwise than it did: then all is thrown away.
"""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from tools import editions, repository
from tools.book import Book, BookError, load_yaml
from tools.build.last_good import LastGood
from tools.build.messages import told_well
from tools.files import write_atomically

SELDOM = 500_000  # parts made, and not let go, between two searches


def build(
    book: Book,
    builder: str,
    out: Path,
    doctrees: Path,
    settings: dict[str, str] | None = None,
    processes: int | None = None,
) -> None:
    """Build strictly into `out`.

    Args:
        book: what is built.
        builder: Sphinx's name of it.
        out: folder of the output.
        doctrees: folder of Sphinx's memory.
        settings: what this build says otherwise than `_config.yml`.
        processes: that read and write pages; None for as many as the machine carries.

    Raises:
        BookError: if there was a warning or an error; Sphinx has told file and line.
    """
    stamp_file = doctrees.with_name(f"{doctrees.name}.stamp")
    beside = out.with_name(f"{out.name}-notebooks")  # written by `_ext.notebooks`, for nbval
    good = LastGood(out.with_name(f"{out.name}.good"), (doctrees, out, beside))
    stamp = readers_stamp(book)
    if not stamp_file.is_file() or stamp_file.read_text("utf8") != stamp:
        good.return_to(stamp)  # what a killed build leaves cannot be trusted
    stamp_file.unlink(missing_ok=True)
    if _jupyter_book(book, builder, out, doctrees, settings or {}, processes):
        if good.return_to(stamp):
            write_atomically(stamp_file, stamp)
        raise BookError(f"the {builder} build failed; the messages above name file and line.")
    write_atomically(stamp_file, stamp)
    good.keep(stamp)


def readers_stamp(book: Book) -> str:
    """A hash of what reads a page: the book's own extensions, the pinned versions, Python."""
    sphinx = book.config.get("sphinx") or {}
    local = sphinx.get("local_extensions") if isinstance(sphinx, dict) else None
    places = local.items() if isinstance(local, dict) else ()
    tops = {(book.root / str(folder), name.partition(".")[0]) for name, folder in places}
    files = [path for folder, top in sorted(tops) for path in _sources(folder, top)]
    digest = hashlib.sha256(sys.version.encode())
    for path in [*files, book.root / "constraints.txt"]:
        if path.is_file():
            digest.update(f"\0{book.relative(path)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path, name: str) -> list[Path]:
    """The files of a package or a module that stands in a folder."""
    inside = sorted((folder / name).rglob("*"))
    return [folder / f"{name}.py", *(one for one in inside if "__pycache__" not in one.parts)]


def _jupyter_book(
    book: Book,
    builder: str,
    out: Path,
    doctrees: Path,
    settings: dict[str, str],
    processes: int | None,
) -> bool:
    # These import much, and a build in which nothing changed needs none of it.
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    from tools.build.kept_outputs import nothing_runs
    from tools.build.parallel import in_order, jobs

    if not sys.stderr.isatty():
        nocolor()
    _read_fast()
    overrides = {
        "latex_individualpages": False,
        "nitpicky": True,
        "nb_execution_cache_path": str(book.cache),
        "ebm_commit": commit(book.root),
        repository.SETTING: repository.address(book),
        **editions.overrides(book),
        **settings,
    }
    try:
        with told_well(book, sys.stderr), in_order(), nothing_runs(book), seldom_collected():
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
                jobs=jobs() if processes is None else processes,
            )
    except Exception as error:  # Jupyter Book and extensions raise what they like
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return True
    if isinstance(result, Exception):
        print(f"{type(result).__name__}: {result}", file=sys.stderr)
        return True
    return bool(result)


def _read_fast() -> None:
    """Let the contents be read as our own checks have read them, and no page looked for in what is
    made: there are hundreds of folders, of which Jupyter Book excludes each file."""
    from sphinx_external_toc import events, parsing

    vars(parsing)["yaml"] = SimpleNamespace(safe_load=lambda file: load_yaml(file.read()))
    vars(events)["glob"] = SimpleNamespace(iglob=_sources_below)


def _sources_below(pattern: str, *, recursive: bool) -> Iterator[str]:
    """The files that `ROOT/**/*SUFFIX` names, without those below `_build`."""
    root, _, ending = pattern.rpartition("/**/*")
    for folder, inside, names in os.walk(root, followlinks=True):
        made = "_build" if folder == root else ""
        inside[:] = [one for one in inside if one != made and not one.startswith(".")]
        own = (name for name in names if name.endswith(ending) and not name.startswith("."))
        yield from (f"{folder}/{name}" for name in own)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within, Python searches less often for what nobody uses: a page is many small parts."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def commit(root: Path) -> str:
    """The commit whose lines the site's source links show; empty outside a repository."""
    asked = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
