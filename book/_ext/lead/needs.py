"""What depends on what, from the pages' lines that begin with 'You need'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from _ext.lead.chapters import chapter_of, chapters, children, pages
from _ext.lead.told import TOLD, page_of

LOG = logging.getLogger(__name__)
Needs = Mapping[str, set[str]]  # a page, and the pages that it needs


def needs(env: BuildEnvironment) -> dict[str, set[str]]:
    """Of every content page the pages that it names; a chapter of its own is all before it."""
    every = {chapter: pages(env, chapter) for chapter in chapters(env)}
    known = {*every, *(one for some in every.values() for one in some)}
    found = {}
    for chapter, inside in every.items():
        for at, page in enumerate(inside):
            told = TOLD(env).get(page)
            named = {page_of(env, label) for label in told.needs} if told else set[str]()
            if chapter in named:
                named = named - {chapter} | set(inside[:at])
            found[page] = named & known - {page}
    return found


def reduced(edges: Needs) -> dict[str, set[str]]:
    """Without what is needed by something else that is needed, too."""

    return {
        page: {one for one in some if not any(one in _reached(edges, two) for two in some - {one})}
        for page, some in edges.items()
    }


def _reached(edges: Needs, page: str, seen: set[str] | None = None) -> set[str]:
    """What a page needs, and what that needs."""
    seen = set() if seen is None else seen
    for one in edges.get(page, ()):
        if one not in seen:
            seen.add(one)
            _reached(edges, one, seen)
    return seen


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A page that needs itself by way of others is told: nobody could begin there."""
    edges = needs(env)
    for page, told in TOLD(env).items():
        found = _reached(edges, page)
        if page in found:
            way = ", ".join(sorted(one for one in found - {page} if page in _reached(edges, one)))
            words = "this page needs itself by way of %s."
            LOG.warning(words, way, location=(page, told.line), type="lead")


def around(env: BuildEnvironment, chapter: str) -> tuple[list[str], list[str], dict[str, set[str]]]:
    """The chapters that one needs, where it leads, and the edges of its pages and of both.

    A chapter that needs one of these pages stands for all its pages; and so does one that they
    need, unless it needs them, too: then its needed pages stand for themselves.
    """
    inside, edges = children(env, chapter), needs(env)
    after: dict[str, set[str]] = {}
    for page, some in edges.items():
        other = chapter_of(env, page)
        if other != chapter and some & {*inside, chapter}:
            after.setdefault(other, set()).update(some & set(inside))

    def drawn(page: str) -> str:
        other = chapter_of(env, page)
        return other if other and other not in {chapter, *after} else page

    own = {page: {drawn(one) for one in edges.get(page, ())} for page in inside}
    before = _ordered(env, {one for some in own.values() for one in some} - set(inside))
    return before, _ordered(env, after), reduced(own | after)


def _ordered(env: BuildEnvironment, some: Iterable[str]) -> list[str]:
    order = [one for chapter in chapters(env) for one in (chapter, *pages(env, chapter))]
    return sorted(some, key=order.index)
