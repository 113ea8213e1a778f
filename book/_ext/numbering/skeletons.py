"""Figure numbers from what was noted when a page was read: Sphinx would load every page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from _ext.shared.kept import ByPage

Domains = dict[str, Domain]
SKELETONS = ByPage[nodes.container]("page_skeletons")


def _note(app: Sphinx, doctree: nodes.document) -> None:
    # A document holds too much.
    skeleton = nodes.container("", *_numbered(_counting(app.env), doctree))
    for part in skeleton.findall():
        part.document = None  # type: ignore[assignment]  # it would bring the page along
    SKELETONS(app.env)[app.env.docname] = skeleton


def _numbered(domains: Domains, parent: nodes.Element) -> list[nodes.Element]:
    """What Sphinx numbers, or counts by: sections, tables of contents and titled figures."""
    kept: list[nodes.Element] = []
    for child in parent.children:
        if not isinstance(child, nodes.Element):
            continue
        inside = _numbered(domains, child)
        if isinstance(child, (nodes.section, addnodes.toctree)) or _kind(domains, child):
            bare = child.copy()
            titles = (nodes.title, nodes.caption)
            words = [one.deepcopy() for one in child.children if isinstance(one, titles)]
            bare += [*words, *inside]
            kept.append(bare)
        else:
            kept += inside
    return kept


def _kind(domains: Domains, node: nodes.Node) -> bool:
    return any(domain.get_enumerable_node_type(node) for domain in domains.values())


def _counting(env: BuildEnvironment) -> Domains:
    """The domains that number something; the others say so of each node, again and again."""
    plain = Domain.get_enumerable_node_type
    return {
        name: domain
        for name, domain in env.domains.items()
        if domain.enumerable_nodes
        or getattr(domain.get_enumerable_node_type, "__func__", None) is not plain
    }


@contextmanager
def in_place_of_pages(env: BuildEnvironment) -> Iterator[None]:
    """Sphinx's own counting loads skeletons where there are some, and asks who may answer."""
    whole, found, domains = env.get_doctree, SKELETONS(env), env.domains
    vars(env)["get_doctree"] = lambda name: found[name] if name in found else whole(name)
    vars(env)["domains"] = _counting(env)
    try:
        yield
    finally:
        del vars(env)["get_doctree"]
        vars(env)["domains"] = domains


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", _note, priority=10_000)
    SKELETONS.setup(app)
