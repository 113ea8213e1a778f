"""Lines that an author gives pages, `LABEL: a sentence`, one below the other in a directive."""

from __future__ import annotations

from typing import Any

from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.shared import source

LOG = logging.getLogger(__name__)
Lines = dict[str, tuple[str, int]]  # of a label: its sentence, and where it stands


class LinesDirective(SphinxDirective):
    """A directive whose body is such lines."""

    has_content = True

    def lines(self) -> Lines:
        """The lines of the body; one of another form is told."""
        found: Lines = {}
        for at, line in enumerate(self.content):
            label, colon, words = line.partition(": ")
            where = source.line(self, at)
            if colon and words.strip():
                found[label.strip()] = (words.strip(), where)
            elif line.strip():
                text = "%s: expected a line 'LABEL: a sentence', got %r."
                self.told(text, line, where)
        return found

    def told(self, text: str, got: str, where: int) -> None:
        """Warn of a line."""
        LOG.warning(text, self.name, got, location=(self.env.docname, where), type="lead")


def strange(name: str, got: str, wanted: str, place: Any) -> None:
    """Warn of a label that is not one of those that are wanted."""
    LOG.warning("%s: expected the label of %s, got %r.", name, wanted, got, location=place)
