"""``{citation}``: how to cite the book, from `CITATION.cff`, in words and as BibTeX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.shared.addresses import known

FILE = "CITATION.cff"
LOG = logging.getLogger(__name__)


class CitationDirective(SphinxDirective):
    """It has neither argument nor body."""

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir, FILE)
        self.env.note_dependency(str(path))
        if not path.is_file():
            where = self.get_location()
            LOG.warning("citation: expected %s beside _config.yml.", FILE, location=where)
            return []
        facts = yaml.safe_load(path.read_text("utf8"))
        site = known(self.config.ebm_site)
        code = nodes.literal_block("", bibtex(facts, site), language="bibtex")
        return [nodes.paragraph("", sentence(facts, site)), code]


def _authors(facts: dict[str, Any]) -> list[str]:
    """A person is given-names and family-names, a group a name."""
    return [
        str(one.get("name") or f"{one['family-names']}, {one['given-names']}")
        for one in facts["authors"]
    ]


def sentence(facts: dict[str, Any], site: str) -> str:
    """The reference in words.

    Args:
        facts: of the file.
        site: the book's address; empty while it has none.
    """
    year = str(facts["date-released"])[:4]
    words = f"{'; '.join(_authors(facts))} ({year}). {facts['title']}. Version {facts['version']}."
    return f"{words} {site}" if site else words


def bibtex(facts: dict[str, Any], site: str) -> str:
    """The same as an entry; a group's name stands in braces, or BibTeX would take it apart."""
    names = [one if "," in one else f"{{{one}}}" for one in _authors(facts)]
    rows = {
        "author": " and ".join(names),
        "title": f"{{{facts['title']}}}",
        "year": str(facts["date-released"])[:4],
        "note": f"Version {facts['version']}",
    } | ({"url": site} if site else {})
    inside = ",\n".join(f"  {key} = {{{value}}}" for key, value in rows.items())
    return f"@misc{{energybook,\n{inside}\n}}"


def setup(app: Sphinx) -> None:
    app.add_directive("citation", CitationDirective)
