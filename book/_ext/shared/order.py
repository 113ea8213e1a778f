"""The pages in the order in which the book is read."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment


def in_order(env: BuildEnvironment) -> list[str]:
    """All pages as the tables of contents run, the ones outside of them last."""
    seen: dict[str, None] = {}

    def walk(page: str) -> None:
        if page not in seen:
            seen[page] = None
            for child in env.toctree_includes.get(page, ()):
                walk(child)

    walk(env.config.root_doc)
    return [*seen, *sorted(env.found_docs - set(seen))]
