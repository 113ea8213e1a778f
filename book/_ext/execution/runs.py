"""``{runs}``: a table of this build's pages with their seeds, and of its versions.

How long each page ran differs from build to build, so the seconds stand in a file of their own
(`_static/run-seconds.js`) that the page reads in the browser; all else is the same for the same
sources.
"""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from _ext.execution.seeds import seeds, written

STATIC = Path(__file__).with_name("static")
RECORDS = Path("_build", "executed")
VERSIONS = ("torch", "numpy", "matplotlib", "jaxtyping", "jupyter-book", "sphinx", "myst-nb")
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```", re.M | re.S)


class Runs(SphinxDirective):
    """Places the two tables; they are filled when every page is known."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        self.env.runs_page = self.env.docname  # type: ignore[attr-defined]
        return [nodes.container(classes=["runs"], runs=True)]


def _named(env: BuildEnvironment) -> dict[str, str]:
    """The seeds of every page that is a notebook."""
    if not hasattr(env, "run_seeds"):
        env.run_seeds = {}  # type: ignore[attr-defined]
    found: dict[str, str] = env.run_seeds  # type: ignore[attr-defined]
    return found


def _read(app: Sphinx, docname: str, content: list[str]) -> None:
    """Note a page's seeds when it is read, so that an edit reads one page and not all."""
    if _is_notebook(content[0]):
        _named(app.env)[docname] = _seeds(content[0])


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _named(env).pop(docname, None)


def _seeds(source: str) -> str:
    """The seeds that a page's cells name."""
    try:
        return written(seeds("\n".join(CELL.findall(source))))
    except SyntaxError:  # a magic: the page runs, but is not plain Python
        return ""


def _is_notebook(source: str) -> bool:
    return source.startswith("---\n") and "kernelspec:" in source.partition("\n---\n")[0]


def _table(head: list[str], rows: list[list[nodes.Node]]) -> nodes.table:
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    body = nodes.tbody("", *[_row(cells) for cells in rows])
    group += [nodes.thead("", _row([nodes.Text(text) for text in head])), body]
    return nodes.table("", group)


def _row(cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells])


def _page_rows(app: Sphinx, docname: str) -> list[list[nodes.Node]]:
    rows: list[list[nodes.Node]] = []
    named = _named(app.env)
    for name in _in_order(app.env):
        if name not in named:
            continue
        title = app.env.titles[name].astext()
        link = nodes.reference("", title, internal=True)
        link["refuri"] = app.builder.get_relative_uri(docname, name)
        seconds = nodes.inline("", "", classes=["run-seconds"], names=[], ids=[])
        seconds["classes"].append("run-of-" + name.replace("/", "-"))
        rows.append([link, nodes.Text(named.get(name) or "none"), seconds])
    return rows


def _in_order(env: BuildEnvironment) -> list[str]:
    seen: list[str] = []

    def walk(name: str) -> None:
        if name not in seen:
            seen.append(name)
            for child in env.toctree_includes.get(name, []):
                walk(child)

    walk(env.config.root_doc)
    return seen


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in doctree.findall(lambda n: isinstance(n, nodes.container) and n.get("runs")):
        versions = [["Python", platform.python_version()]]
        versions += [[name, version(name).partition("+")[0]] for name in VERSIONS]
        rows = [[nodes.Text(one), nodes.Text(other)] for one, other in versions]
        head = ["Page", "Seeds", "Seconds"]
        place += [_table(head, _page_rows(app, docname)), _table(["Package", "Version"], rows)]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    page = getattr(env, "runs_page", None)
    return [page] if page in env.found_docs and added | changed | removed else []


def _write_seconds(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    seconds = {}
    for name in sorted(app.env.found_docs):
        record = Path(app.srcdir, RECORDS, f"{name}.json")
        if record.is_file():
            run = json.loads(record.read_text(encoding="utf8"))["seconds"]
            seconds["run-of-" + name.replace("/", "-")] = run
    path = Path(app.outdir, "_static", "run-seconds.js")
    path.write_text(f"window.runSeconds = {json.dumps(seconds)};\n", encoding="utf8")


def _scripts(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if pagename == getattr(app.env, "runs_page", None):
        app.add_js_file("run-seconds.js")
        app.add_js_file("runs.js", loading_method="defer")


def _assets(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("runs", Runs)
    app.connect("config-inited", _assets)
    app.connect("env-purge-doc", _purge)
    app.connect("source-read", _read)
    app.connect("env-get-outdated", _outdated)
    app.connect("doctree-resolved", _fill)
    app.connect("html-page-context", _scripts)
    app.connect("build-finished", _write_seconds)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
