"""The map of the whole book: where each page stands on it, and what it needs."""

from __future__ import annotations

from typing import NamedTuple

from sphinx.environment import BuildEnvironment

from _ext.lead import chapters, needs


class Placed(NamedTuple):
    """A page on the map: in which chapter's lane, and the how manieth there."""

    lane: int
    step: int


def placed(env: BuildEnvironment) -> dict[str, Placed]:
    """Every content page's place."""
    return {
        page: Placed(lane, step)
        for lane, chapter in enumerate(chapters.chapters(env))
        for step, page in enumerate(chapters.pages(env, chapter))
    }


def edges(env: BuildEnvironment) -> list[tuple[str, str]]:
    """What is needed, and by which page, without what follows from other needs.

    A whole chapter is its last page: who needs it has read all.
    """
    last = {one: chapters.pages(env, one)[-1:] for one in chapters.chapters(env)}
    every = {
        page: {two for one in some for two in last.get(one, [one])} - {page}
        for page, some in needs.needs(env).items()
    }
    at = placed(env)
    found = [(one, page) for page, some in needs.reduced(every).items() for one in some]
    return sorted(found, key=lambda pair: (at[pair[1]], at[pair[0]]))


def said(env: BuildEnvironment) -> str:
    """The map in words."""
    of: dict[str, list[str]] = {}
    for before, page in edges(env):
        of.setdefault(page, []).append(chapters.number(env, before))
    told_ = (f"{chapters.number(env, page)} needs {', '.join(some)}" for page, some in of.items())
    return f"What depends on what: {'; '.join(told_)}."
