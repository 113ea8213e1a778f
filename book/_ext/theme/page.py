"""What our template needs to know of a page: where it stands, its parts, its words."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment.adapters.toctree import TocTree

from _ext.theme.fonts import used
from _ext.theme.icons import icon, logo

HERE = 'class="current reference internal" href="#">'
LONGEST = 160  # characters of a description, as search engines show them


def fill(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Add to the page's context what layout.html reads."""
    context["icon"], context["book_logo"] = icon, logo()
    context["author"] = app.config.author
    context["book_nav"] = _contents(app, pagename, context)
    context["description"] = lead(doctree) if doctree is not None else ""
    context["letters"] = used(context.get("body", ""))
    context["here"] = _name(app, pagename, context)
    context["is_home"] = pagename == app.config.root_doc


def _name(app: Sphinx, pagename: str, context: dict[str, Any]) -> str:
    """What the bar calls the page: its number and title, as the contents do."""
    title = app.env.titles.get(pagename)
    if title is None:
        return str(context.get("title", ""))
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    return app.builder.render_partial(title)["title"]


def _contents(app: Sphinx, pagename: str, context: dict[str, Any]) -> str:
    """The book's contents with the current page's sections under its own line."""
    # However deep: of what is folded only the way to the current page is there.
    tree = context["toctree"](collapse=True, maxdepth=-1, titles_only=True, includehidden=True)
    if not tree:
        return ""
    tree = _with_index(str(tree), pagename, context)
    start = tree.find(HERE)
    if start < 0:
        return tree
    end = tree.index("</a>", start) + len("</a>")
    # The link to the page itself would only reload it.
    current = tree[start:end].replace('href="#"', 'href="#" aria-current="page"')
    return tree[:start] + current + _sections(app, pagename) + tree[end:]


def _with_index(tree: str, pagename: str, context: dict[str, Any]) -> str:
    """The contents and, last of them, the index, which no table of contents may name."""
    if not context["hasdoc"]("genindex"):
        return tree
    here = pagename == "genindex"
    href = 'href="#" aria-current="page"' if here else f'href="{context["pathto"]("genindex")}"'
    kind = "toctree-l1 current" if here else "toctree-l1"
    link = f'<li class="{kind}"><a class="reference internal" {href}>Index</a></li>\n'
    before, end, after = tree.rpartition("</ul>")
    return f"{before}{link}{end}{after}"


def _sections(app: Sphinx, pagename: str) -> str:
    """The page's own sections of the first level."""
    toc = TocTree(app.env).get_toc_for(pagename, app.builder)
    lists = [one for one in toc.findall(nodes.bullet_list) if one is not toc]
    if not lists:
        return ""
    first = lists[0].deepcopy()
    for deeper in [one for one in first.findall(nodes.bullet_list) if one is not first]:
        deeper.parent.remove(deeper)
    first["classes"] = ["sections"]
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    return app.builder.render_partial(first)["fragment"]


def lead(doctree: nodes.document) -> str:
    """The page's first words, for search engines."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section) or "hero" in paragraph.parent["classes"]:
            return shortened(_words(paragraph))
    return ""


def _words(paragraph: nodes.paragraph) -> str:
    """The words up to the first formula, which plain text cannot hold, in whole sentences."""
    texts: list[str] = []
    for text in paragraph.findall(nodes.Text):
        if isinstance(text.parent, nodes.math):
            words = " ".join("".join(texts).split())
            return words[: max(words.rfind(mark) for mark in ".?!") + 1]
        texts.append(str(text))
    return " ".join("".join(texts).split())


def shortened(text: str) -> str:
    """At most `LONGEST` characters, cut between words."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
