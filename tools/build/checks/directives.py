"""Directives: options that one of ours does not take."""

from __future__ import annotations

from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import Block, directives

# The book's own, and the options of each.
OWN: dict[str, tuple[str, ...]] = {
    "api": ("class",),
    "api-modules": (),
    "band": (),
    "book-map": (),
    "cards": ("picture",),
    "citation": (),
    "computed": (),
    "diagram": ("alt",),
    "notation": (),
    "path": (),
    "promise": ("panel", "card"),
    "question": (),
    "runs": (),
    "start": ("page",),
    "symbols": (),
    "wall": (),
    "ways": (),
}


def check(page: Page) -> Iterator[Fault]:
    """Options of our directives: what has none would take their lines for words."""
    for block, found in directives(page.text, *OWN):
        for option in found.options:
            if option not in OWN[found.name]:
                words = f"{{{found.name}}} has no option {option!r}{_instead(found.name, option)}"
                yield Fault(page.path, _line(block, option), words)


def _instead(name: str, option: str) -> str:
    if near := did_you_mean(option, OWN[name]):
        return near
    others = [f"{{{other}}}" for other, known in OWN.items() if option in known]
    return f": it is one of {' and '.join(others)}" if others else ""


def _line(block: Block, option: str) -> int:
    lines = enumerate(block.source, block.line)
    return next((n for n, text in lines if text.lstrip(" >:").startswith(option)), block.line)
