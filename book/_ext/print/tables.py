"""Tables whose links are titles on the web: on paper a section's number says where."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.print.numbers import Numbers

WIDTHS = [14, 31, 15, 17, 23]  # of the notation's columns, in hundredths of the measure
KEPT = 10  # rows up to which a table stays on one page
SHOWN = 4  # sections a symbol; a symbol of more is everywhere


class NumberedPages(SphinxPostTransform):
    """The notation's last column: '1.2, 1.4', not five titles."""

    default_priority = 780
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        numbers = Numbers(self.env)
        for table in self.document.findall(nodes.table):
            _keep_whole(table)
        for entry in self.document.findall(nodes.entry):
            if "notation-pages" in entry.get("classes", []):
                _shorten(entry, numbers)
                _widen(entry)
        for head in list(self.document.findall(nodes.thead)):
            if not head.astext().strip():
                head.parent.remove(head)  # Markdown asks for a head even where there is none


def _keep_whole(table: nodes.table) -> None:
    """A short table moves to the next page rather than leave a row there."""
    classes = table["classes"]
    if "longtable" in classes and len(list(table.findall(nodes.row))) <= KEPT + 1:
        table["classes"] = [one for one in classes if one != "longtable"]


def _widen(entry: nodes.entry) -> None:
    group = entry.parent.parent.parent
    columns = list(group.findall(nodes.colspec))
    if len(columns) == len(WIDTHS):
        for column, width in zip(columns, WIDTHS, strict=True):
            column["colwidth"] = width


def _shorten(entry: nodes.entry, numbers: Numbers) -> None:
    links = []
    for link in entry.findall(nodes.reference):
        docname = link.get("refuri", "").removeprefix("%").partition("#")[0]
        number = numbers.section(docname, "")
        if number:
            short = nodes.reference(number, number, refuri=link["refuri"], internal=True)
            links.append(short)
    if not links and entry.astext().strip() == "Pages":
        return
    words = nodes.paragraph()
    for place, link in enumerate(links[:SHOWN]):
        words += [nodes.Text(", "), link] if place else [link]
    if len(links) > SHOWN:
        words += nodes.Text(" …")
    entry.clear()
    entry += words
