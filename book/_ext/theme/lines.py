"""Code line by line, so that a narrow page can wrap each under its own beginning; short code stays
in one piece within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.formatters import HtmlFormatter
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

SHORT = 24  # letters: a phone 320 px wide has room for 30 of inline code
DEEP, SHALLOW = 12, 8  # blanks: lines under an open bracket begin farther left on a narrow page
_TAG = re.compile(r"<[^>]*>")
_RULE = re.compile(r"\.highlight (:is\([^)]*\)|\.\w+)")
# The kinds of words that look unlike others; those are most, and need no element of their own.
STYLES = Path(__file__).with_name("static") / "css" / "4-code.css"
DRESSED = set(re.findall(r"\.(\w+)", " ".join(_RULE.findall(STYLES.read_text("utf8")))))

Lines = Iterator[tuple[int, str]]


class Lined(HtmlFormatter):  # type: ignore[type-arg]
    """Pygments' HTML, in which each line is an element that knows its indentation."""

    def wrap(self, source: Lines) -> Lines:
        return super().wrap(_marked(source))  # type: ignore[no-any-return,no-untyped-call]

    def _get_css_classes(self, ttype: Any) -> str:
        classes: str = super()._get_css_classes(ttype)  # type: ignore[misc]
        return classes if DRESSED & set(classes.split()) else ""


def _marked(source: Lines) -> Lines:
    for is_code, line in source:
        if not is_code:
            yield is_code, line
            continue
        text = _TAG.sub("", line)
        blanks = len(text) - len(text.lstrip(" "))
        if blanks > DEEP:
            run = " " * blanks
            line = line.replace(run, f'<span class="deep">{run}</span>', 1)
            blanks = SHALLOW
        indent = f' style="--i:{blanks}"' if blanks else ""
        yield is_code, f'<span class="line"{indent}>{line}</span>'


def _choose(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.highlighter.formatter = Lined


def _mark_short(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Code that no line may break in two."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    for node in doctree.findall(nodes.literal):
        if len(node.astext()) <= SHORT:
            node["classes"].append("short")


def setup(app: Sphinx) -> None:
    """How code is written on the site; other formats keep their own ways."""
    app.connect("builder-inited", _choose)
    app.connect("doctree-resolved", _mark_short)
