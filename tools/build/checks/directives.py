"""Directives: names that are mistyped, and options that one of ours does not take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import Block, Directive, directives

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
# Those of docutils, Sphinx and the packages that the settings name.
OTHERS = {
    # boxes
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
    *("seealso", "tip", "warning", "deprecated", "versionadded", "versionchanged"),
    *("versionremoved", "margin", "aside", "sidebar", "topic", "dropdown", "toggle", "accordion"),
    # text
    *("epigraph", "highlights", "pull-quote", "line-block", "parsed-literal", "rubric", "centered"),
    *("hlist", "acks", "compound", "container", "div", "class", "cssclass", "rst-class", "only"),
    # figures, tables, code, maths
    *("figure", "figure-md", "image", "table", "list-table", "csv-table", "tabularcolumns"),
    *("code", "code-block", "sourcecode", "literalinclude", "highlight", "include", "raw", "math"),
    *("code-cell", "raw-cell", "glue", "nb-exec-table", "eval-rst", "eval", "thebe-button"),
    # exercises, lists, cards
    *("exercise", "exercise-start", "exercise-end", "solution", "solution-start", "solution-end"),
    *("bibliography", "footbibliography", "glossary", "index", "toctree", "tableofcontents"),
    *("contents", "card", "card-carousel", "card-footer", "card-header", "grid", "grid-item"),
    *("grid-item-card", "tab-set", "tab-item", "tab-set-code", "step", "steps", "button-link"),
    *("button-ref", "article-info", "_all-octicon"),
    # about the document
    *("codeauthor", "moduleauthor", "sectionauthor", "meta", "title", "date", "header", "footer"),
    *("sectnum", "section-numbering", "target-notes", "replace", "unicode", "role", "default-role"),
    *("default-domain", "restructuredtext-test-directive"),
    # descriptions of code
    *("object", "describe", "attribute", "classmethod", "currentmodule", "data", "decorator"),
    *("decoratormethod", "exception", "function", "method", "module", "property", "staticmethod"),
    *("type", "cmdoption", "confval", "envvar", "option", "productionlist", "program"),
}
KNOWN = {*OWN, *OTHERS}
KIND = re.compile(r"^\w+:")  # of an entry of the index, as in `single: energy; free`
EDITIONS = ("html", "latex")


def mistyped(page: Page) -> Iterator[Fault]:
    """Names that are nearly one: what stands in such a directive is none of what it should be."""
    for block, found in _strange(page):
        if near := did_you_mean(found.name, KNOWN):
            yield Fault(page.path, block.line, f"no directive {{{found.name}}}{near}")


def unknown(page: Page) -> Iterator[Fault]:
    """All names that are none here; Sphinx knows those of packages that an author adds."""
    for block, found in _strange(page):
        yield Fault(page.path, block.line, f"no directive {{{found.name}}}")


def _strange(page: Page) -> Iterator[tuple[Block, Directive]]:
    """Directives of no such name; one with a colon is of a domain, which Sphinx knows."""
    for block, found in directives(page.text):
        name = found.name.lower()
        if name not in KNOWN and name[:1].isalpha() and ":" not in name:
            yield block, found


def check(page: Page) -> Iterator[Fault]:
    """Options of our directives: what has none would take their lines for words; and {only} of an
    edition that is none, which would stand nowhere, and entries of the index without words."""
    for block, found in directives(page.text, *OWN):
        for option in found.options:
            if option not in OWN[found.name]:
                words = f"{{{found.name}}} has no option {option!r}{_instead(found.name, option)}"
                yield Fault(page.path, _line(block, option), words)
    for block, found in directives(page.text, "index"):
        if not all(map(str.strip, re.split("[;,]", KIND.sub("", found.argument)))):
            words = f"an entry of the index, or a part of one, has no words. Got {found.argument!r}"
            yield Fault(page.path, block.line, words)
    for block, found in directives(page.text, "only"):
        if (edition := found.argument.strip()) not in EDITIONS:
            near = did_you_mean(edition, EDITIONS) or ": write {only} html or {only} latex"
            words = f"these words would stand in no edition, for {edition!r} is none{near}"
            yield Fault(page.path, block.line, words)


def _instead(name: str, option: str) -> str:
    if near := did_you_mean(option, OWN[name]):
        return near
    others = [f"{{{other}}}" for other, known in OWN.items() if option in known]
    return f": it is one of {' and '.join(others)}" if others else ""


def _line(block: Block, option: str) -> int:
    lines = enumerate(block.source, block.line)
    return next((n for n, text in lines if text.lstrip(" >:").startswith(option)), block.line)
