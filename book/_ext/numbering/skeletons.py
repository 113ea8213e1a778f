"""Figure numbers from what was noted when a page was read: Sphinx would load every page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Skeletons = dict[str, nodes.container]


def _skeletons(env: BuildEnvironment) -> Skeletons:
    if not hasattr(env, "page_skeletons"):
        env.page_skeletons = {}  # type: ignore[attr-defined]
    found: Skeletons = env.page_skeletons  # type: ignore[attr-defined]
    return found


def _note(app: Sphinx, doctree: nodes.document) -> None:
    skeleton = nodes.container("", *_numbered(app.env, doctree))  # a document holds too much
    for part in skeleton.findall():
        part.document = None
    _skeletons(app.env)[app.env.docname] = skeleton


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


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _skeletons(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment) -> None:
    found = _skeletons(other)
    _skeletons(env).update({name: found[name] for name in names if name in found})


@contextmanager
def in_place_of_pages(env: BuildEnvironment) -> Iterator[None]:
    """Sphinx's own counting loads skeletons where there are some."""
    whole, found = env.get_doctree, _skeletons(env)
    env.get_doctree = lambda name: found[name] if name in found else whole(name)  # type: ignore
    try:
        yield
    finally:
        del env.get_doctree


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", _note, priority=10_000)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
