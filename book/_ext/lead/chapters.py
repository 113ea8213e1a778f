"""Chapters and their pages, as the contents list them; only those with numbers are content."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment


def number(env: BuildEnvironment, page: str) -> str:
    """A page's number, as 3.4; empty for a page without."""
    found = env.toc_secnumbers.get(page, {}).get("") or ()
    return ".".join(map(str, found))


def children(env: BuildEnvironment, opening: str) -> list[str]:
    """The pages below one in the contents."""
    return list(env.toctree_includes.get(opening, ()))


def pages(env: BuildEnvironment, opening: str) -> list[str]:
    """The numbered pages of a chapter."""
    return [one for one in children(env, opening) if number(env, one)]


def chapters(env: BuildEnvironment) -> list[str]:
    """The opening pages of all numbered chapters."""
    return pages(env, env.config.root_doc)


def chapter_of(env: BuildEnvironment, page: str) -> str:
    """The opening page of the chapter that a page belongs to; empty for a page of none."""
    numbered = number(env, page)
    return next((one for one in chapters(env) if numbered and page in children(env, one)), "")


def title(env: BuildEnvironment, page: str) -> str:
    """A page's title in plain words."""
    return env.titles[page].astext()


def name(env: BuildEnvironment, page: str) -> str:
    """A page's number, if it has one, and its title."""
    return f"{number(env, page)} {title(env, page)}".strip()
