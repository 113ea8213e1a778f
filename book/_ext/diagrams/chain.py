r"""A block diagram within a sentence: the role ``chain``, in the vocabulary of the diagrams.

    {chain}`(\vy) -> \Enc -> (\sh) -> \Dec -> (\yt) -> [\eC]`

A circle is a variable, a round side a function, a box an energy; what stands in each is TeX.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from _ext.shared import assets

STATIC = Path(__file__).with_name("static")
LOG = logging.getLogger(__name__)
ARROW = "->"
SHAPES = {"(": "variable", "[": "energy"}  # and else a function
BLOCK = re.compile(r"\((?P<circle>[^()]+)\)|\[(?P<box>[^\[\]]+)\]|(?P<round>[^()\[\]]+)")


class Chain(nodes.Inline, nodes.TextElement):
    """Blocks, with arrows between."""


class Block(nodes.Inline, nodes.TextElement):
    """Attributes: shape, one of `variable`, `function`, `energy`."""


class ChainRole(SphinxRole):
    """``{chain}`(TEX) -> TEX -> [TEX]```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = [BLOCK.fullmatch(one.strip()) for one in self.text.split(ARROW)]
        if len(found) < 2 or not all(found):
            words = (
                "write {chain}`(TEX) -> TEX -> [TEX]`: a variable in round brackets, an energy in "
                f"square ones, a function in none. Got {self.text!r}"
            )
            LOG.warning(words, location=self.get_location(), type="diagrams")
            return [nodes.Text(self.text)], []
        chain = Chain(self.text)
        for one in filter(None, found):
            if chain.children:
                chain += nodes.Text(" \N{RIGHTWARDS ARROW} ")
            shape = SHAPES.get(one[0][0], "function")
            tex = next(text for text in one.groups() if text).strip()
            chain += Block("", "", nodes.math(tex, tex), shape=shape)
        self.set_source_info(chain)
        for math in chain.findall(nodes.math):
            self.set_source_info(math)
        return [chain], []


def _visit_html(self: Any, node: nodes.Element) -> None:
    name = "ebm-chain" if isinstance(node, Chain) else f"ebm-block {node['shape']}"
    self.body.append(f'<span class="{name}">')


def _depart_html(self: Any, node: nodes.Element) -> None:
    self.body.append("</span>")


def _visit_latex(self: Any, node: Block) -> None:
    self.body.append(f"\\ebmblock{{{node['shape']}}}{{")


def _depart_latex(self: Any, node: Block) -> None:
    self.body.append("}")


def _load(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and next(iter(doctree.findall(Chain)), None) is not None:
        assets.load(app, "chain.css")


def _nothing(self: Any, node: nodes.Element) -> None:
    """The words are read."""


def setup(app: Sphinx) -> None:
    others: Any = dict.fromkeys(("text", "man", "texinfo"), (_nothing, _nothing))
    html = (_visit_html, _depart_html)
    app.add_node(Chain, html=html, latex=(_nothing, _nothing), **others)
    app.add_node(Block, html=html, latex=(_visit_latex, _depart_latex), **others)
    app.add_role("chain", ChainRole())
    app.connect("html-page-context", _load)
    assets.serve(app, STATIC)
