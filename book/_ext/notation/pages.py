"""Which page uses which symbol, kept in Sphinx's environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.katex.state import source, stylesheet

COMMAND = re.compile(r"\\([A-Za-z]+)")


def used(env: BuildEnvironment) -> dict[str, list[str]]:
    """Page -> the macros of the symbols it uses."""
    if not hasattr(env, "notation_used"):
        env.notation_used = {}  # type: ignore[attr-defined]
    found: dict[str, list[str]] = env.notation_used  # type: ignore[attr-defined]
    return found


def appendices(env: BuildEnvironment) -> set[str]:
    """The pages that hold the notation's tables; what they use is not counted."""
    if not hasattr(env, "notation_appendices"):
        env.notation_appendices = set()  # type: ignore[attr-defined]
    found: set[str] = env.notation_appendices  # type: ignore[attr-defined]
    return found


def collect(app: Sphinx, doctree: nodes.document) -> None:
    symbols = stylesheet(app).symbols
    found: set[str] = set()
    for node in doctree.findall():
        if isinstance(node, (nodes.math, nodes.math_block)):
            found.update(COMMAND.findall(source(node)))
    used(app.env)[app.env.docname] = sorted(found & set(symbols))


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    used(env).pop(docname, None)
    appendices(env).discard(docname)


def merge(app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment) -> None:
    used(env).update({name: used(other)[name] for name in names if name in used(other)})
    appendices(env).update(appendices(other) & names)


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The appendix is written again when some page has come to use a symbol, or ceased to."""
    now = repr([(page, used(env).get(page)) for page in in_order(env)])
    before = getattr(env, "notation_written", None)
    env.notation_written = now  # type: ignore[attr-defined]
    return sorted(appendices(env)) if now != before else []


def by_symbol(env: BuildEnvironment) -> dict[str, list[str]]:
    """Macro -> the pages that use it, in the order in which the book is read.

    The home page only shows what symbols look like, the appendix all of them: neither counts.
    """
    found: dict[str, list[str]] = {}
    silent = {env.config.root_doc, *appendices(env)}
    for page in in_order(env):
        if page not in silent:
            for macro in used(env).get(page, ()):
                found.setdefault(macro, []).append(page)
    return found


def in_order(env: BuildEnvironment) -> list[str]:
    """All pages as the tables of contents run, the ones outside of them last."""
    order = list(dict.fromkeys(_walk(env, env.config.root_doc, set())))
    return order + sorted(env.found_docs - set(order))


def _walk(env: BuildEnvironment, page: str, seen: set[str]) -> Iterator[str]:
    if page in seen:
        return
    seen.add(page)
    yield page
    for child in env.toctree_includes.get(page, ()):
        yield from _walk(env, child, seen)
