"""The two changes of Sphinx's figure numbers, in one room and in a fixed order.

Skeletons let Sphinx count without loading every page; letters are put over what it has counted.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from _ext.numbering import letters, skeletons

_count = TocTreeCollector.assign_figure_numbers


def _assign(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    with skeletons.in_place_of_pages(env):
        return letters.counted(env, lambda: _count(self, env))


def _counts_when_all_is_read(app: Sphinx) -> None:
    """sphinx-multitoc-numbering does not say so, and Sphinx would read in one process alone."""
    if (numbering := app.extensions.get("sphinx_multitoc_numbering")) is not None:
        numbering.parallel_read_safe = True


def setup(app: Sphinx) -> dict[str, Any]:
    TocTreeCollector.assign_figure_numbers = _assign  # type: ignore[method-assign]
    app.connect("builder-inited", _counts_when_all_is_read)
    skeletons.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
