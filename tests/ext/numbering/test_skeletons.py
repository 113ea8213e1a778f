"""Sphinx counts figures on what was noted of each page, and loads no page for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.domains import Domain
from sphinx.environment.collectors.toctree import TocTreeCollector

from _ext.numbering import skeletons


def environment() -> Any:
    """As much of Sphinx's environment as its counting asks for; a page that is loaded fails."""

    def load(name: str) -> nodes.document:
        raise AssertionError(f"the page {name} was loaded")

    class Silent(Domain):
        """One that numbers nothing: it is not asked."""

        name = "silent"

        def __init__(self) -> None: ...

    std = SimpleNamespace(
        name="std",
        enumerable_nodes={},
        _virtual_doc_names=(),
        get_enumerable_node_type=lambda node: "figure" if isinstance(node, nodes.figure) else None,
        get_numfig_title=lambda node: "titled",
    )
    domains = {"silent": Silent(), "std": std}
    config = SimpleNamespace(numfig=True, numfig_secnum_depth=1, root_doc="index")
    return SimpleNamespace(
        config=config, domains=domains, toc_fignumbers={}, toc_secnumbers={}, get_doctree=load
    )


def test_figures_are_counted_without_their_pages() -> None:
    """Fails when Sphinx's collector counts otherwise than through `env.get_doctree`."""
    env = environment()
    picture = nodes.figure("", nodes.caption("", "words"), ids=["fig-a"])
    page = nodes.section("", nodes.title("", "A title"), nodes.paragraph("", "", picture))
    env.page_skeletons = {"index": nodes.container("", *skeletons._numbered(env.domains, page))}
    with skeletons.in_place_of_pages(env):
        TocTreeCollector.assign_figure_numbers(TocTreeCollector(), env)
        assert list(env.domains) == ["std"]
    assert list(env.domains) == ["silent", "std"]
    assert env.toc_fignumbers == {"index": {"figure": {"fig-a": (1,)}}}


def test_afterwards_pages_are_loaded_as_ever() -> None:
    env = environment()
    env.get_doctree = None  # an environment has it from its class
    with skeletons.in_place_of_pages(env):
        assert env.get_doctree is not None
    assert "get_doctree" not in vars(env)


def test_a_domain_that_only_lists_what_it_numbers_is_asked() -> None:
    env = environment()
    env.domains["silent"].enumerable_nodes = {nodes.math_block: ("displaymath", None)}
    assert list(skeletons._counting(env)) == ["silent", "std"]
