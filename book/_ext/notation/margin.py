"""The symbols of a page, beside its first lines: each letter, and what it means here.

On a desk they stand in the margin; elsewhere a button under the title opens them as a sheet.
`{symbols}` gives a letter the meaning that it has on this page, where that says more than the
stylesheet's: a line each, `\\vw: the two radii`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.katex import build, state
from _ext.notation import pages, tips
from _ext.shared import others, source
from _ext.shared.kept import ByPage
from _ext.stylesheet.expand import plain

LOG = logging.getLogger(__name__)
LINE = re.compile(r"\\([A-Za-z]+):\s+(\S.*)")
WORD = re.compile(r"[A-Za-z]{4,}")  # an operator that says what it is, as softmin does
FEWEST = 3  # a page with less needs no list
HERE = ByPage[dict[str, tuple[str, int]]]("notation_here")  # a page's own meanings, their lines


class Symbols(nodes.General, nodes.Element):
    """Stands where the list does; on the site alone."""


class SymbolsDirective(SphinxDirective):
    """`{symbols}`: what letters mean on this page."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        known = state.stylesheet(self.env.app).symbols
        found = HERE(self.env).setdefault(self.env.docname, {})
        for at, line in enumerate(self.content):
            where = source.line(self, at)
            told = LINE.fullmatch(line.strip())
            if told and told[1] in found:
                text = r"symbols: '\%s' has its meaning in line %s already."
                place = (self.env.docname, where)
                LOG.warning(text, told[1], found[told[1]][1], location=place, type="notation")
            if told is None or told[1] not in known:
                LOG.warning(
                    r"symbols: expected a line like '\vw: the two radii', with a symbol of the "
                    "stylesheet, got %r.",
                    line,
                    location=(self.env.docname, where),
                    type="notation",
                )
                continue
            found[told[1]] = told[2], where
            for trouble in _wrong(self.env.app, told[2]):
                place = (self.env.docname, where)
                LOG.warning("symbols: %s", trouble, location=place, type="notation")
        return []


def _wrong(app: Sphinx, meaning: str) -> Iterator[str]:
    """What is wrong with the formulas of a meaning, which are typeset when the page is written."""
    words = meaning.split("$")
    if len(words) % 2 == 0:
        yield f"a dollar that opens or closes no formula, in {meaning!r}"
        return
    for tex in words[1::2] if build.uses_katex(app) else ():
        if error := state.renderer(app)(tex).error:
            yield f"{error} in {meaning!r}"


def put(app: Sphinx, doctree: nodes.document) -> None:
    """Give the list its place before the first paragraph, and refuse meanings of no letter here."""
    page = app.env.docname
    used = pages.USED(app.env).get(page, [])
    for macro, (_, line) in HERE(app.env).get(page, {}).items():
        if macro not in used:
            LOG.warning(
                r"symbols: expected symbols that this page uses, got '\%s'.",
                macro,
                location=(page, line),
                type="notation",
            )
    first = next((one for one in doctree.findall(nodes.section)), None)
    lead = first and first.first_child_matching_class(nodes.paragraph)
    silent = page == app.config.root_doc or page in pages.APPENDICES(app.env)
    if first is not None and lead is not None and len(used) >= FEWEST and not silent:
        first.insert(lead, Symbols(ebm_site_only=True))
    elif given := HERE(app.env).get(page):
        text = "symbols: this page has no list of symbols, which begins with %s: leave them out."
        line = min(line for _, line in given.values())
        LOG.warning(text, FEWEST, location=(page, line), type="notation")


def meanings(app: Sphinx, page: str) -> dict[str, str]:
    """Macro -> what it means on a page, in the order in which one meets them."""
    sheet = state.stylesheet(app)
    here = {macro: meaning for macro, (meaning, _) in HERE(app.env).get(page, {}).items()}
    used = [macro for macro in pages.USED(app.env).get(page, ()) if macro in sheet.symbols]
    letters = [macro for macro in used if not WORD.fullmatch(plain(f"\\{macro}", sheet))]
    return {macro: here.get(macro, sheet.symbols[macro].name) for macro in letters}


def visit_html(self: Any, node: Symbols) -> None:
    app, page = self.builder.app, self.builder.current_docname
    items = "".join(_item(app, macro, name) for macro, name in meanings(app, page).items())
    title = "Symbols of this page"
    self.body.append(
        f'<button type="button" class="symbols-open" popovertarget="page-symbols">{title}'
        "</button>\n"
        f'<div id="page-symbols" class="symbols" popover role="group" aria-label="{title}">\n'
        f'<p class="symbols-title">{title}</p>\n<ul>{items}</ul>\n</div>\n'
    )
    raise nodes.SkipNode


def _item(app: Sphinx, macro: str, name: str) -> str:
    tex = f"\\{macro}"
    said = escape(plain(tex, state.stylesheet(app)))
    seen = f'<span aria-hidden="true">{tips.picture(app, tex)}</span>'
    return (
        f'<li>{seen}<span class="heard">{said}: </span><span>{tips.markup(app, name)}</span></li>'
    )


def _skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    HERE.setup(app)
    app.add_directive("symbols", SymbolsDirective)
    quiet: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(Symbols, html=(visit_html, None), **quiet)
    app.connect("doctree-read", put, priority=700)  # when the page's symbols are collected
    others.tell(app, lambda app, page: repr(meanings(app, page)))
