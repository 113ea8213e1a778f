"""Figure numbers from what was noted when a page was read: Sphinx would load every page again."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

Bones = dict[str, nodes.container]


def _bones(env: BuildEnvironment) -> Bones:
    if not hasattr(env, "thrift_bones"):
        env.thrift_bones = {}  # type: ignore[attr-defined]
    found: Bones = env.thrift_bones  # type: ignore[attr-defined]
    return found


def _note(app: Sphinx, doctree: nodes.document) -> None:
    skeleton = nodes.container("", *_numbered(app.env, doctree))  # a document holds too much
    for part in skeleton.findall():
        part.document = None
    _bones(app.env)[app.env.docname] = skeleton


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
    _bones(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment) -> None:
    _bones(env).update({name: _bones(other)[name] for name in names if name in _bones(other)})


def _assign(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Sphinx's own counting, over skeletons where there are some."""
    whole, bones = env.get_doctree, _bones(env)
    env.get_doctree = lambda name: bones[name] if name in bones else whole(name)  # type: ignore
    try:
        return _plain(self, env)
    finally:
        del env.get_doctree


_plain = TocTreeCollector.assign_figure_numbers


def setup(app: Sphinx) -> None:
    TocTreeCollector.assign_figure_numbers = _assign  # type: ignore[method-assign]
    app.connect("doctree-read", _note, priority=10_000)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
