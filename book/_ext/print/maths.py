r"""Formulas that the web's maths accepts and LaTeX's does not: ``\bar\vy``, ``x^\sz``.

A symbol of the stylesheet is a coloured group, and an accent or an index takes a single token: the
symbol gets its braces here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

_DEFINED = re.compile(r"^\\(?:new|renew|provide)command\{\\([A-Za-z]+)\}\{", re.M)
_ACCENTS = (
    "bar|hat|tilde|check|vec|dot|ddot|breve|acute|grave|mathring|widehat|widetilde|overline"
    "|underline|sqrt|bm|boldsymbol"
)


@lru_cache(maxsize=4)
def _bare(stylesheet: Path) -> re.Pattern[str]:
    """An accent or an index right before a symbol that takes no argument."""
    names = set(_DEFINED.findall(stylesheet.read_text(encoding="utf8"))) - {"tp"}
    symbols = "|".join(sorted(names, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(\\(?:{_ACCENTS})|[_^])\s*(\\(?:{symbols}))(?![A-Za-z])")


def braced(tex: str, stylesheet: Path) -> str:
    return _bare(stylesheet).sub(r"\1{\2}", tex)


class BraceSymbols(SphinxPostTransform):
    """Does so in every formula of the book."""

    default_priority = 770
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        stylesheet = Path(self.app.srcdir, "book", "maths-preamble.tex")
        for kind in (nodes.math, nodes.math_block):
            for node in self.document.findall(kind):
                for child in list(node.children):
                    node.replace(child, nodes.Text(braced(str(child), stylesheet)))
