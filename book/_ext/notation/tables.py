"""The notation appendix: a table of the roles, then one of the symbols for each group."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from _ext.katex.state import stylesheet
from _ext.notation import pages
from _ext.shared.tables import Cell, row, table
from _ext.stylesheet.model import Stylesheet, Symbol
from _ext.stylesheet.writers import groups

WORD = re.compile(r"[a-z]{3,}")
SYMBOL_COLUMNS = {"Symbol": 12, "Meaning": 32, "Space": 18, "In code": 14, "Pages": 24}
ROLE_COLUMNS = {"Role": 24, "Colour": 12, "Meaning": 40, "Drawn": 24}


class symbol_pages(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the pages of a symbol will, which are known when all are read."""


class more(nodes.General, nodes.Element):  # noqa: N801
    """The pages after the first: folded in HTML."""


class Notation(SphinxDirective):
    """`{notation}`: all that the stylesheet says of its symbols."""

    def run(self) -> list[nodes.Node]:
        sheet = stylesheet(self.env.app)
        pages.APPENDICES(self.env)[self.env.docname] = True
        found = [_section("Roles", "notation-roles", _roles(sheet))]
        for group, symbols in groups(sheet).items():
            rows = [_symbol(symbol) for symbol in symbols]
            identifier = "notation-" + group.lower().replace(" ", "-")
            found.append(_section(group, identifier, _table(SYMBOL_COLUMNS, rows)))
        for node in found:
            self.set_source_info(node)
            self.state.document.note_explicit_target(node)
        return list(found)


def _section(title: str, identifier: str, inside: nodes.Node) -> nodes.section:
    heading = nodes.title(title, title)
    return nodes.section("", heading, inside, ids=[identifier], names=[identifier])


def _roles(sheet: Stylesheet) -> nodes.Node:
    rows = []
    for role in sheet.roles.values():
        name = nodes.inline(role.name, role.name, classes=[f"c-{role.colour}"])
        cells: list[Cell] = [[name], text(role.colour), text(role.meaning), text(role.drawn)]
        rows.append(_row(cells, f"role-{role.macro}"))
    return _table(ROLE_COLUMNS, rows)


def _symbol(symbol: Symbol) -> nodes.row:
    tex = f"\\{symbol.macro}"
    meaning = text(symbol.name)
    if symbol.role and not set(WORD.findall(symbol.role.name)) & set(WORD.findall(symbol.name)):
        meaning.append(nodes.Text(f" ({symbol.role.name})"))
    code = [nodes.literal(symbol.python, symbol.python)] if symbol.python else []
    cells: list[Cell] = [
        [nodes.math(tex, tex)],
        meaning,
        text(symbol.space),
        code,
        [symbol_pages(symbol=symbol.macro, gathers=True)],
    ]
    return _row(cells, f"symbol-{symbol.macro}")


def text(source: str) -> list[nodes.Node]:
    """Words, with maths between dollars."""
    found: list[nodes.Node] = []
    for index, part in enumerate(source.split("$")):
        if part:
            found.append(nodes.math(part, part) if index % 2 else nodes.Text(part))
    return found


def _table(columns: dict[str, int], rows: list[nodes.row]) -> nodes.table:
    """A table whose cells say, as classes, of which column they are and whether they are empty."""
    made = table(columns, rows, "notation", "colwidths-given", "longtable")
    for one in made.findall(nodes.row):
        for name, entry in zip(columns, one.children, strict=True):
            assert isinstance(entry, nodes.entry)
            entry["classes"] = [f"notation-{name.lower().replace(' ', '-')}"]
            if isinstance(entry[0], nodes.paragraph) and not entry[0].children:
                entry["classes"].append("notation-none")
    return made


def _row(cells: list[Cell], identifier: str) -> nodes.row:
    made = row(cells)
    made["ids"] = [identifier]
    return made


class FillPages(SphinxPostTransform):
    """Put links to its pages where a symbol's pages belong, the first one in view."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        waiting = list(self.document.findall(symbol_pages))
        if not waiting:
            return
        known = pages.by_symbol(self.env)
        for node in waiting:
            links = [self._link(page) for page in known.get(node["symbol"], ())]
            node.replace_self(_folded(links))

    def _link(self, page: str) -> nodes.reference:
        title = self.env.titles[page].astext()
        uri = self.app.builder.get_relative_uri(self.env.docname, page)
        return nodes.reference(title, title, refuri=uri, internal=True)


def _folded(links: list[nodes.reference]) -> list[nodes.Node]:
    if not links:
        return [nodes.paragraph("", "no page yet", classes=["notation-unused"])]
    first = nodes.paragraph("", "", links[0])
    if len(links) == 1:
        return [first]
    rest = nodes.paragraph("", "", links[1])
    for link in links[2:]:
        rest += [nodes.Text(", "), link]
    return [first, more("", rest, count=len(links) - 1)]


def visit_more(self: Any, node: more) -> None:
    self.body.append(f"<details><summary>and {node['count']} more</summary>")


def depart_more(self: Any, node: more) -> None:
    self.body.append("</details>")


def visit_nothing(self: Any, node: nodes.Element) -> None:
    """In print all pages stand in view."""
