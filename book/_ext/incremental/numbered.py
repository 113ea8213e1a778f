"""A page that is led to by its figures' numbers is unpickled once, and not for each of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

AT_HAND = 8  # pages: most lead to themselves and to their neighbours


def _remember(app: Sphinx) -> None:
    """Let a reference look at the page that the one before it has read; it changes nothing."""
    domain: Any = app.env.get_domain("std")
    plain, read = domain._resolve_numref_xref, lru_cache(AT_HAND)(app.env.get_doctree)

    def resolve(env: BuildEnvironment, *given: Any) -> nodes.Element | None:
        env.get_doctree = read  # type: ignore[method-assign]
        try:
            found: nodes.Element | None = plain(env, *given)
        finally:
            del env.get_doctree
        return found

    domain._resolve_numref_xref = resolve


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _remember)
