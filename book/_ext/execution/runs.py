"""``{runs}``: a table of this build's pages with their seeds, and of its versions.

How long each page ran differs from build to build, so the seconds stand in a file of their own
(`_static/run-seconds.js`) that the page reads in the browser; all else is the same for the same
sources.
"""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from _ext.execution.seeds import seeds, written
from _ext.shared import assets, files, pages
from _ext.shared.kept import ByPage
from _ext.shared.order import in_order
from _ext.shared.tables import Cell, row, table

STATIC = Path(__file__).with_name("static")
SECONDS = "run-seconds.js"
RECORDS = Path("_build", "executed")
VERSIONS = ("torch", "numpy", "matplotlib", "jaxtyping", "jupyter-book", "sphinx", "myst-nb")
SEEDS = ByPage[str]("run_seeds")  # of every page that has cells
PLACES = ByPage[bool]("runs_pages")  # where the tables stand


class Runs(SphinxDirective):
    """Places the two tables; they are filled when every page is known."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        PLACES(self.env)[self.env.docname] = True
        return [nodes.container(classes=["runs"], runs=True, gathers=True)]


def _note(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep the seeds that a page's cells name, when the page is read."""
    if pages.code(content[0]):
        SEEDS(app.env)[docname] = _seeds(content[0])


def _seeds(source: str) -> str:
    try:
        return written(seeds(pages.code(source)))
    except SyntaxError:  # a magic: the page runs, but is not plain Python
        return ""


def _pages(app: Sphinx, docname: str) -> nodes.table:
    rows: list[list[Cell]] = []
    named = SEEDS(app.env)
    for name in in_order(app.env):
        if name not in named:
            continue
        title = app.env.titles[name].astext()
        link = nodes.reference("", title, internal=True)
        link["refuri"] = app.builder.get_relative_uri(docname, name)
        seconds = nodes.inline("", "", classes=["run-seconds"], names=[], ids=[])
        seconds["classes"].append("run-of-" + name.replace("/", "-"))
        rows.append([[link], [nodes.Text(named[name] or "none")], [seconds]])
    return table({"Page": 1, "Seeds": 1, "Seconds": 1}, [row(cells) for cells in rows])


def _versions() -> nodes.table:
    found = {"Python": platform.python_version()}
    found |= {name: version(name).partition("+")[0] for name in VERSIONS}
    rows = [row([[nodes.Text(name)], [nodes.Text(number)]]) for name, number in found.items()]
    return table({"Package": 1, "Version": 1}, rows)


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in doctree.findall(nodes.container):
        if place.get("runs"):
            place += [_pages(app, docname), _versions()]


def _drop_seconds(app: Sphinx) -> None:
    """A page's link to a file tells a hash of it, and this one is only written at the end."""
    if app.builder.format == "html":
        Path(app.outdir, "_static", SECONDS).unlink(missing_ok=True)


def _write_seconds(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    seconds = {}
    for name in sorted(app.env.found_docs):
        record = Path(app.srcdir, RECORDS, f"{name}.json")
        if record.is_file():
            run = json.loads(record.read_text(encoding="utf8"))["seconds"]
            seconds["run-of-" + name.replace("/", "-")] = run
    path = Path(app.outdir, "_static", SECONDS)
    files.write(path, f"window.runSeconds = {json.dumps(seconds)};\n")


def _scripts(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if pagename in PLACES(app.env):
        assets.load(app, SECONDS, loading_method=None)  # before the one that reads it
        assets.load(app, "runs.js")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("runs", Runs)
    assets.serve(app, STATIC)
    assets.ours(app).add(SECONDS)
    SEEDS.setup(app)
    PLACES.setup(app)
    app.connect("source-read", _note)
    app.connect("builder-inited", _drop_seconds)
    app.connect("doctree-resolved", _fill)
    app.connect("html-page-context", _scripts)
    app.connect("build-finished", _write_seconds)
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": "1", "env_version": 2, **safe}
