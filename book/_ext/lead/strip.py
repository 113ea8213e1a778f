"""'You are here': under a page's title the pictures of its chapter's pages, this one lit."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.lead import pictures
from _ext.lead.chapters import chapter_of, name, number, pages, title
from _ext.lead.promise import skip
from _ext.shared import others


class Strip(nodes.General, nodes.Element):
    """Put under the title when the page is written for the site; it holds no words."""


def put(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Give the strip its place."""
    env = app.env
    opening = chapter_of(env, page) if app.builder.name == "html" else ""
    section = next(iter(doctree.findall(nodes.section)), None)
    if section is None or len(pages(env, opening)) < 2:
        return
    after = section.first_child_matching_class(nodes.title)
    if after is not None:
        section.insert(after + 1, Strip(ebm_site_only=True))


def visit_html(self: Any, node: Strip) -> None:
    env, here = self.builder.env, self.builder.current_docname
    opening = chapter_of(env, here)
    every = pages(env, opening)
    at = every.index(here)
    items = [_item(self, page, abs(number - at)) for number, page in enumerate(every)]
    label = escape(f"Chapter {number(env, opening)}, {title(env, opening)}: you are here")
    self.body.append(
        f'<nav class="strip" aria-label="{label}">\n<ol>{"".join(items)}</ol>\n</nav>\n'
    )
    raise nodes.SkipNode


def _item(self: Any, page: str, steps: int) -> str:
    builder, env = self.builder, self.builder.env
    here, figure = builder.current_docname, pictures.lead(env, page)
    picture = pictures.html(builder, here, figure, "strip") if figure else ""
    short = name(env, page).partition(":")[0]  # what follows a colon is for the page itself
    words = f"<span>{escape(short)}</span>"
    inside = f'<span class="strip-picture">{picture}</span>{words}'
    if not steps:
        return f'<li class="near"><a href="#" aria-current="page">{inside}</a></li>'
    near = ' class="near"' if steps == 1 else ""
    return f'<li{near}><a href="{escape(builder.get_relative_uri(here, page))}">{inside}</a></li>'


def shows(app: Sphinx, page: str) -> str:
    """The pictures' sizes; titles and numbers every page shows in its contents."""
    env = app.env
    found = [pictures.lead(env, one) for one in pages(env, chapter_of(env, page))]
    return repr([one and (one.name, one.small["strip"][:2]) for one in found])


def setup(app: Sphinx) -> None:
    others.tell(app, shows)
    quiet: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(Strip, html=(visit_html, None), **quiet)
    app.connect("doctree-resolved", put)
