"""A tiny book with all that the real one has, built once; each fault gets a copy of its own."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib
import io
import json
import multiprocessing
import os
import shutil
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.helpers.tiny import EXERCISE, REPOSITORY, cell, make_book, write_module

FIGURE = """from IPython.display import display

NAME, ALT = "tiny-data", "Two points."
TABLES = [["tiny-data.txt", "y.y1 y.y2\\n0 1\\n"]]
SVG = '<svg viewBox="0 0 90 90"><path d="M0 0h9" style="stroke:#c92688"/></svg>'
display(
    {
        "image/svg+xml": SVG,
        "application/pdf": "JVBERi0=",
        "application/vnd.ebmlib.figure+json": {"name": NAME, "alt": ALT, "tables": TABLES},
    },
    raw=True,
    metadata={"ebmlib": {"figure": NAME}},
)"""
ONE = f"""(one)=
# One

The energy $\\eE$ is low, says {{cite:t}}`tiny`.

{cell(FIGURE)}
```{{computed}} tiny-data
Two points.
```

A {{term}}`model` has an energy, see {{numref}}`fig-tiny-data`.

{EXERCISE}"""
TWO = f"""(two)=
# Two

Prose.

{cell("from ebmlib.soft import VALUE" + chr(10) + chr(10) + "print(VALUE)")}
```{{diagram}} arrow
:alt: An arrow.
An arrow.
```
"""
WORDS = """# Words

```{glossary}
model
  What we learn.
```

```{bibliography}
```
"""
BIB = "@book{tiny, title={A tiny book}, author={Ann Other}, publisher={Press}, year={2001}}\n"
# A picture: a red square of five by five.
PIXELS = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9T"
    "XL0Y4OHwAAAABJRU5ErkJggg=="
)
MODULES = (
    "jupyter_book.sphinx",
    "tools.execute.execution",
    "tools.build.sphinx_build",
    "tools.build.site",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinx_design",
    "sphinx_exercise",
    "sphinx_markdown_builder",
    "sphinxcontrib.bibtex",
)


@dataclass(frozen=True)
class Told:
    """How a command ended and what it said."""

    code: int
    text: str


def make(root: Path) -> Path:
    """Write the book: two pages with cells, one with words, a diagram, a bibliography."""
    write_module(root, "soft", "VALUE = 1\n")
    shutil.copy(REPOSITORY / "ebmlib" / "glue.py", root / "ebmlib")
    make_book(root, index="# Tiny\n\nA book.\n", one=ONE, two=TWO, words=WORDS)
    config = yaml.safe_load((REPOSITORY / "_config.yml").read_text("utf8"))
    local = config["sphinx"]["local_extensions"]
    config["sphinx"]["local_extensions"] = dict.fromkeys(local, str(REPOSITORY / "book"))
    config["sphinx"]["config"]["maths_stylesheet"] = "book/maths-preamble.tex"
    config["bibtex_bibfiles"] = ["book/references.bib"]
    (root / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    book = root / "book"
    (book / "diagrams").mkdir(parents=True)
    (book / "references.bib").write_text(BIB)
    shutil.copy(REPOSITORY / "book" / "maths-preamble.tex", book)
    shutil.copy(REPOSITORY / "book" / "diagrams" / "ebm.tikz.tex", book / "diagrams")
    draw_arrow(root)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    (root / "binder").mkdir()
    return root


def draw_arrow(root: Path) -> None:
    """A diagram and its SVG, as `nox -s diagrams` would leave them."""
    from tools.colours import colours
    from tools.diagrams import digest

    folder, sheet = root / "book" / "diagrams", root / "book" / "maths-preamble.tex"
    (folder / "arrow.tex").write_text("\\begin{tikzpicture}\\draw (0,0) -- (1,0);\n")
    seal = json.dumps({"hash": digest("arrow", folder, sheet), "palette": colours(sheet)})
    drawing = f'<svg viewBox="0 0 9 9">\n<!-- ebm {seal} --><path d="M0 0h9"/></svg>'
    (folder / "arrow.svg").write_text(drawing)


def warm() -> None:
    """Import here what each build needs, so that the forks share it."""
    sys.path.insert(0, str(REPOSITORY / "book"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in MODULES:
            importlib.import_module(name)


def run(work: Callable[[], int], before: Callable[[], None] = lambda: None) -> Told:
    """What `work` returns and says in a process of its own."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, before, theirs))
    child.start()
    theirs.close()
    try:
        told = mine.recv()
    except EOFError:
        told = Told(-1, "killed")
    child.join()
    return told


def _child(work: Callable[[], int], before: Callable[[], None], pipe: object) -> None:
    said = io.StringIO()
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            before()
            code = work()
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            traceback.print_exc()
            code = 99  # a traceback is no message
    pipe.send(Told(code, said.getvalue()))  # type: ignore[attr-defined]
    os._exit(0)


def tool(name: str, root: Path, *options: str) -> Callable[[], int]:
    """A command of `tools`, as `python -m tools.NAME` would run it."""

    def work() -> int:
        sys.argv = [name, "--root", str(root), *options]
        os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
        main: Callable[[], int] = importlib.import_module(f"tools.{name}").main
        return main()

    return work


def build(root: Path, *options: str, before: Callable[[], None] = lambda: None) -> Told:
    return run(tool("build.__main__", root, *options), before)


def site(root: Path) -> dict[str, str]:
    """The published site: path -> hash."""
    folder = root / "_build" / "site"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }
