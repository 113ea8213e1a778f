"""Figure numbers from what was noted when a page was read: Sphinx would load every page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.shared.kept import ByPage

SKELETONS = ByPage[nodes.container]("page_skeletons")


def _note(app: Sphinx, doctree: nodes.document) -> None:
    skeleton = nodes.container("", *_numbered(app.env, doctree))  # a document holds too much
    for part in skeleton.findall():
        part.document = None  # type: ignore[assignment]  # it would bring the page along
    SKELETONS(app.env)[app.env.docname] = skeleton


def _numbered(env: BuildEnvironment, parent: nodes.Element) -> list[nodes.Element]:
    """What Sphinx numbers, or counts by: sections, tables of contents and titled figures."""
    kept: list[nodes.Element] = []
    for child in parent.children:
        if not isinstance(child, nodes.Element):
            continue
        inside = _numbered(env, child)
        if isinstance(child, (nodes.section, addnodes.toctree)) or _kind(env, child):
            bare = child.copy()
            titles = (nodes.title, nodes.caption)
            words = [one.deepcopy() for one in child.children if isinstance(one, titles)]
            bare += [*words, *inside]
            kept.append(bare)
        else:
            kept += inside
    return kept


def _kind(env: BuildEnvironment, node: nodes.Node) -> bool:
    return any(domain.get_enumerable_node_type(node) for domain in env.domains.values())


@contextmanager
def in_place_of_pages(env: BuildEnvironment) -> Iterator[None]:
    """Sphinx's own counting loads skeletons where there are some."""
    whole, found = env.get_doctree, SKELETONS(env)
    vars(env)["get_doctree"] = lambda name: found[name] if name in found else whole(name)
    try:
        yield
    finally:
        del vars(env)["get_doctree"]


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", _note, priority=10_000)
    SKELETONS.setup(app)
