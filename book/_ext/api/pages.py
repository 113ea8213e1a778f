"""What is settled when all pages are known: links from a page to what it derives, and to lines."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from _ext.api.directives import modules, shown
from _ext.api.docstring import derived
from _ext.api.entry import Source
from _ext.api.read import Entry
from _ext.shared.kept import kept
from _ext.shared.repository import lines_address

STATIC = Path(__file__).with_name("static")
WORDS = "In the library: "
logger = logging.getLogger(__name__)


def derivations(env: BuildEnvironment) -> dict[str, list[Entry]]:
    """What each page derives, in the order of the modules and their lines."""
    found: dict[str, list[Entry]] = {}
    for module in modules(env).values():
        if module.name in shown(env):
            for entry in module.entries:
                for page in derived(entry.doc):
                    found.setdefault(page, []).append(entry)
    return found


def affected(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages whose entries, or the places of these, are not those that they were written with."""
    now = {
        page: [(entry.full, shown(env)[entry.full.rpartition(".")[0]]) for entry in some]
        for page, some in derivations(env).items()
    }
    known = kept(env, "ebm_derivations", dict[str, list[tuple[str, str]]])
    before = dict(known)
    known.clear()
    known.update(now)
    pages = {page for page in {*now, *before} if now.get(page) != before.get(page)}
    return sorted(pages & set(env.found_docs))


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Every module is shown, and every page that a docstring names is in the book."""
    if not shown(env):
        return
    for module in modules(env).values():
        if module.name not in shown(env):
            words = "%s stands on no reference page: name it in an {api} directive"
            logger.warning(words, module.name, location=(module.file, 1))
        for entry in module.entries:
            for one in entry.walk():
                for page in derived(one.doc):
                    if page not in env.found_docs:
                        words = "%s says that %s derives it: no such page"
                        logger.warning(words, one.full, page, location=(module.file, one.lines[0]))


def add_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Under the page's last section: the entries that it derives. Print has no such pages."""
    entries = derivations(app.env).get(docname, [])
    if app.builder.format != "html" or not entries:
        return
    line = nodes.paragraph("", "", nodes.strong("", WORDS.strip()), nodes.Text(" "))
    for number, entry in enumerate(entries):
        page = shown(app.env)[entry.full.rpartition(".")[0]]
        link = nodes.reference("", "", nodes.literal("", entry.name), internal=True)
        link["refuri"] = f"{app.builder.get_relative_uri(docname, page)}#{entry.full}"
        link["reftitle"] = entry.full
        line += [nodes.Text(", "), link] if number else [link]
    line += nodes.Text(".")
    sections = [one for one in doctree.children if isinstance(one, nodes.section)]
    (sections[0] if sections else doctree).append(
        nodes.container("", line, classes=["api-of-page"])
    )


def visit(self: Any, node: Source) -> None:
    """A link to the lines."""
    config = self.config
    if getattr(self.builder, "format", "") == "html":
        up = "../" * self.builder.current_docname.count("/")
        where = lines_address(config, up, node["file"], *node["lines"])
        first, last = node["lines"]
        words = f"{node['file']}, lines {first}–{last}"
        link = f'<a class="reference external" href="{escape(where)}">{escape(words)}</a>'
        self.body.append(f'<p class="api-source">Code: {link}</p>\n')
    raise nodes.SkipNode


def depart(self: Any, node: Source) -> None:
    """Never reached."""
