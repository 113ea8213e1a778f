"""What the sources of a printed page ask of the PDF, and what its LaTeX links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tools.book import Page

_LABEL = r"(?:\\detokenize\{)?([^{}\]]+)\}?"
_LINK = re.compile(rf"\\(?:hyperref\[|(?:eq|page)?ref\{{|ebmonpage\{{|ebmseesolution\{{){_LABEL}")
_ANCHOR = re.compile(rf"\\label\{{{_LABEL}\}}")


def without_anchor(source: str) -> list[str]:
    """Labels that a link asks for and nothing bears: TeX prints `??` for each."""
    return sorted(set(_LINK.findall(source)) - set(_ANCHOR.findall(source)))


def figures(page: Page) -> list[str]:
    """The names of the figures and diagrams that a page places."""
    return re.findall(r"^`{3,}\{(?:computed|diagram)\} ([\w-]+)", page.text, re.M)


def terms(pages: Iterable[Page]) -> list[str]:
    """One term a chapter that its pages give the index, short enough for a line of it."""
    first: dict[str, str] = {}
    for page in pages:
        for entry in re.findall(r"^`{3,}\{index\} ([\w, -]+)$", page.text, re.M):
            short = [term.strip() for term in entry.split(",") if len(term.strip()) <= 18]
            if short:
                first.setdefault(page.chapter, short[0])
    return list(first.values())
