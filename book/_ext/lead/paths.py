"""``{path} TITLE``: a way through the book; its body names pages and chapters by their labels."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.lead import chapters, told
from _ext.lead.lines import strange
from _ext.shared import others
from _ext.shared.kept import ByPage

LOG = logging.getLogger(__name__)
PATHS = ByPage[list[tuple[str, int]]]("reading_paths")  # of each page: labels, and their lines


class Path(nodes.General, nodes.Element):
    """Attributes: title, labels; a paragraph takes its place when the page is written."""


class PathDirective(SphinxDirective):
    """Its argument is the path's title, its body the labels in their order."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        labels = " ".join(self.content).replace(",", " ").split()
        if not labels:
            LOG.warning("path: it leads to no page.", location=self.get_location(), type="lead")
        node = Path(title=self.arguments[0], labels=labels)
        self.set_source_info(node)
        known = PATHS(self.env).setdefault(self.env.docname, [])
        known += [(label, self.lineno) for label in labels]
        return [node]


def resolve(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put a paragraph where a path stands: its title, how long it takes, and its links."""
    for node in list(doctree.findall(Path)):
        found = [told.page_of(app.env, label) for label in node["labels"]]
        line = nodes.paragraph("", "", nodes.strong("", node["title"]))
        line += nodes.Text(f" ({_time(sum(_minutes(app.env, one) for one in found))}): ")
        for at, one in enumerate(filter(None, found)):
            link = nodes.reference("", chapters.name(app.env, one), internal=True)
            link["refuri"] = app.builder.get_relative_uri(page, one)
            line += [nodes.Text(", " if at else ""), link]
        line += nodes.Text(".")
        node.replace_self(line)


def _minutes(env: BuildEnvironment, page: str) -> int:
    """Of a page, or of a chapter with all its pages."""
    every = [page, *(chapters.pages(env, page) if page in chapters.chapters(env) else ())]
    return sum(told.minutes(told.TOLD(env)[one]) for one in every if one in told.TOLD(env))


def _time(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 100 else f"{round(minutes / 60)} hours"


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A label that is on no page is told."""
    for page, labels in PATHS(env).items():
        for label, line in labels:
            if not told.page_of(env, label):
                strange("path", label, "a page or a chapter", (page, line))


def shows(app: Sphinx, page: str) -> str:
    """What the paths of a page say of others."""
    env = app.env
    found = [told.page_of(env, label) for label, _ in PATHS(env).get(page, ())]
    return repr([(one, chapters.name(env, one), _minutes(env, one)) for one in found if one])


def setup(app: Sphinx) -> None:
    PATHS.setup(app)
    others.tell(app, shows)
    app.add_directive("path", PathDirective)
    app.connect("doctree-resolved", resolve)
    app.connect("env-check-consistency", check)
