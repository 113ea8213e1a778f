"""Under a page's title: how many claims were checked in this build, and the way to the runs."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.checks.fold import cells
from _ext.checks.nodes import Count
from _ext.shared.kept import ByPage

RUNS = "appendix-runs"  # the label of the page that lists them
CHECKS = ByPage[int]("page_checks")  # of every page that has some


class Runs(addnodes.pending_xref):
    """The way there, of which a book without such a page keeps the words."""


def count(app: Sphinx, document: nodes.document) -> None:
    """Count a page's check cells when it is read, and say so under its title."""
    found = len(cells(document))
    title = next(document.findall(nodes.title), None)
    if not found or title is None:
        return
    CHECKS(app.env)[app.env.docname] = found
    what = "1 claim was checked" if found == 1 else f"{found} claims were checked"
    words = f"{what} in this build"
    target = {"refdomain": "std", "reftype": "ref", "reftarget": RUNS, "refdoc": app.env.docname}
    link = Runs("", nodes.inline("", words), refexplicit=True, **target)
    line = Count("", "", nodes.Text("Every number here is computed; "), link, nodes.Text("."))
    line.source, line.line = title.source, title.line
    title.parent.insert(title.parent.index(title) + 1, line)


def _words(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, words: nodes.TextElement
) -> nodes.TextElement | None:
    return words if isinstance(node, Runs) else None


def setup(app: Sphinx) -> None:
    CHECKS.setup(app)
    app.connect("doctree-read", count)
    app.connect("missing-reference", _words)
