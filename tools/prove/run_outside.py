"""Run exported notebooks outside the repository, with nothing but what their first cell installs.

    python -m tools.prove.run_outside [NOTEBOOK ...] [--root .]

Without names: one notebook a chapter, and every notebook that reads tables of other pages. Each
runs from its first cell to its last in a folder of its own, laid out as the published notebooks
are, by a Python that has the built wheel of `ebmlib` and what that asks for, no more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.book import Book, BookError, Page
from tools.publish.lay_out import lay_out_notebooks
from tools.publish.wheel import build_wheel

# Runs within that Python: IPython comes with ebmlib, a kernel does not.
RUN = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
import ebmlib
assert "site-packages" in ebmlib.__file__, ebmlib.__file__
shell = InteractiveShell.instance()
cells = json.load(open(sys.argv[1], encoding="utf8"))["cells"]
for number, cell in enumerate(c for c in cells if c["cell_type"] == "code"):
    result = shell.run_cell("".join(cell["source"]), store_history=True)
    if not result.success:
        sys.exit(f"code cell {number} failed")
"""


def chosen(book: Book) -> list[Page]:
    """A page a chapter, and all that read tables of others."""
    return [page for page in book.notebooks if page in book.samples or page.reads]


def environment(book: Book, wheel: Path) -> Path:
    """A clean environment that holds the wheel and what it asks for; the path of its Python."""
    folder = book.build / "outside"
    python = folder / "venv" / "bin" / "python"
    constraints = book.root / "constraints.txt"
    content = wheel.read_bytes() + constraints.read_bytes() + sys.version.encode()
    stamp, stamp_file = hashlib.sha256(content).hexdigest(), folder / "installed.stamp"
    if stamp_file.is_file() and stamp_file.read_text("utf8") == stamp:
        return python
    stamp_file.unlink(missing_ok=True)
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    env = os.environ | {"PIP_CONSTRAINT": str(constraints)}
    subprocess.run([*pip, "--upgrade", str(wheel)], check=True, env=env)
    subprocess.run([*pip, "--no-deps", "--force-reinstall", str(wheel)], check=True, env=env)
    stamp_file.write_text(stamp, "utf8")
    return python


def run(python: Path, notebook: Path, limit: float = 300) -> tuple[float, str]:
    """Seconds that the notebook took and what went wrong, in the folder where it stands."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {"EBMLIB_QUIET": "1", "MPLBACKEND": "agg"}
    start = time.monotonic()
    command = [str(python), "-I", "-c", RUN, notebook.name]
    folder = notebook.parent
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return time.monotonic() - start, f"took more than {limit} s"
    words = "" if done.returncode == 0 else f"{done.stdout[-3000:]}\n{done.stderr[-1000:]}"
    return time.monotonic() - start, words


def outside(book: Book, names: list[str]) -> list[str]:
    """Run them all, tell of each, and return those that failed.

    Raises:
        BookError: if a name is no notebook of the book.
    """
    by_name = {page.docname: page for page in book.notebooks}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise BookError(f"no notebooks of the book: {', '.join(unknown)}.")
    pages = [by_name[name] for name in names] or chosen(book)
    python, failed = environment(book, build_wheel(book)), []
    with tempfile.TemporaryDirectory() as folder:
        lay_out_notebooks(book, Path(folder))
        for page in pages:
            seconds, words = run(python, Path(folder, f"{page.docname}.ipynb"))
            print(f"{'failed' if words else 'ran'} {page.docname} ({seconds:.0f} s)", flush=True)
            if words:
                print(words, file=sys.stderr)
                failed.append(page.docname)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NOTEBOOK", help="as in _toc.yml")
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    try:
        return 1 if outside(Book(options.root.resolve()), options.names) else 0
    except (BookError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
