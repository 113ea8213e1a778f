"""Which page uses which symbol, kept in Sphinx's environment."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.katex.state import source, stylesheet
from _ext.shared.kept import ByPage, kept
from _ext.shared.order import in_order

COMMAND = re.compile(r"\\([A-Za-z]+)")


USED = ByPage[list[str]]("notation_used")  # macros of its symbols, as one meets them
# The pages that hold the notation's tables; what they use is not counted.
APPENDICES = ByPage[bool]("notation_appendices")


def collect(app: Sphinx, doctree: nodes.document) -> None:
    symbols = stylesheet(app).symbols
    found: dict[str, None] = {}
    for node in doctree.findall():
        if isinstance(node, (nodes.math, nodes.math_block)):
            found |= dict.fromkeys(COMMAND.findall(source(node)))
    USED(app.env)[app.env.docname] = [macro for macro in found if macro in symbols]


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The appendix is written again when some page has come to use a symbol, or ceased to."""
    now = repr([(page, USED(env).get(page)) for page in in_order(env)])
    written = kept(env, "notation_written", list[str])
    before, written[:] = list(written), [now]
    return sorted(APPENDICES(env)) if [now] != before else []


def by_symbol(env: BuildEnvironment) -> dict[str, list[str]]:
    """Macro -> the pages that use it, in the order in which the book is read.

    The home page only shows what symbols look like, the appendix all of them: neither counts.
    """
    found: dict[str, list[str]] = {}
    silent = {env.config.root_doc, *APPENDICES(env)}
    for page in in_order(env):
        if page not in silent:
            for macro in USED(env).get(page, ()):
                found.setdefault(macro, []).append(page)
    return found
