"""A page is written again when what it shows of others has changed, though its text has not.

What every page shows (the contents) counts for all; else a page answers for the names that it asks
for, the figures whose functions' lines it tells, what features tell of it, and, if it gathers
things of the whole book, for all of them. A node that gathers has the attribute `gathers`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from _ext.incremental.facts import Facts, asked, contents, facts
from _ext.shared import others
from _ext.shared.kept import ByPage, kept
from _ext.shared.source import lines_of

GATHERING = ("bibliography",)  # nodes of other packages that do
KEPT = ("notation_used", "run_seeds", "ebm_api", "ebm_derivations")  # what they gather
Function = tuple[str, str]
Place = tuple[str, int, int] | None

ASKED = ByPage[list[str]]("asked_names")
TOLD = ByPage[list[Function]]("told_functions")
GATHERS = ByPage[bool]("gathering_pages")


def _note(app: Sphinx, doctree: nodes.document) -> None:
    env, page = app.env, app.env.docname
    elements = list(doctree.findall(nodes.Element))
    ASKED(env)[page] = sorted(asked(doctree))
    sources = [one for node in elements for one in (node.get("facts") or {}).get("source", [])]
    TOLD(env)[page] = [(one["module"], one["function"]) for one in sources]
    GATHERS(env)[page] = any(map(_gathers, elements))


def _gathers(node: nodes.Element) -> bool:
    listed = isinstance(node, addnodes.toctree) and not node.get("hidden")
    return listed or bool(node.get("gathers")) or type(node).__name__ in GATHERING


def _places(env: BuildEnvironment, functions: set[Function]) -> dict[Function, Place]:
    """Where functions stand; a module that is as it was is not read again."""
    known = kept(env, "function_places", dict[Function, tuple[object, Place]])
    for one in functions:
        path = Path(env.srcdir, *one[0].split(".")).with_suffix(".py")
        stamp = (path.stat().st_ctime_ns, path.stat().st_size) if path.is_file() else None
        if one not in known or known[one][0] != stamp:
            known[one] = (stamp, lines_of(Path(env.srcdir), *one))
    return {one: known[one][1] for one in functions}


def _gathered(env: BuildEnvironment, everything: Facts) -> str:
    own = [repr(sorted(getattr(env, name, {}).items())) for name in KEPT]
    listed = [(page, toc.astext()) for page, toc in sorted(env.tocs.items())]
    return repr((sorted(everything.items()), own, listed, sorted(env.toc_secnumbers.items())))


def _signatures(app: Sphinx) -> dict[str, str]:
    """Page -> a hash of all that it shows of others."""
    env, everything = app.env, facts(app.env)
    every, gathered = contents(app), _gathered(env, everything)
    places = _places(env, {one for some in TOLD(env).values() for one in some})
    found = {}
    for page in sorted(env.found_docs):
        parts = [every]
        parts += [f"{name}={everything.get(name)}" for name in ASKED(env).get(page, ())]
        parts += [repr(places[one]) for one in TOLD(env).get(page, ())]
        parts += others.shown(app, page)
        parts += [gathered] if GATHERS(env).get(page, True) else []
        found[page] = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return found


def _outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages that would show something else of others than they do; numbers have been given."""
    if app.builder.format != "html":
        return []
    known, now = kept(env, "shown_of_others", dict[str, str]), _signatures(app)
    found = [page for page in now if now[page] != known.get(page)]
    known.clear()
    known.update(now)
    return found


def _only_these(app: Sphinx, builder: Builder) -> None:
    """Sphinx would write a page's parents with it, in case that they list it: `_outdated` knows."""
    app.env.files_to_rebuild = {}


def setup(app: Sphinx) -> None:
    for one in (ASKED, TOLD, GATHERS):
        one.setup(app)
    app.connect("doctree-read", _note, priority=10_000)
    app.connect("env-get-updated", _outdated, priority=10_000)
    app.connect("write-started", _only_these)
