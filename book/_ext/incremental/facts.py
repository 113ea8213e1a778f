"""What pages show of one another, as Sphinx knows it when all of them are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Facts = dict[str, list[str]]
LISTED = ("entries", "caption", "numbered", "maxdepth", "titlesonly", "hidden")


def contents(app: Sphinx) -> str:
    """What every page shows: the contents with titles and numbers, and the files that it loads."""
    env, builder = app.env, app.builder
    trees = {
        page: [[node.get(name) for name in LISTED] for node in toc.findall(addnodes.toctree)]
        for page, toc in sorted(env.tocs.items())
    }
    titles = {page: title.pformat() for page, title in sorted(env.titles.items())}
    first = {page: found.get("") for page, found in sorted(env.toc_secnumbers.items())}
    files = [*getattr(builder, "_css_files", ()), *getattr(builder, "_js_files", ())]
    loaded = [
        (str(file.filename), file.priority, sorted(file.attributes.items())) for file in files
    ]
    return repr((env.config.root_doc, trees, titles, first, loaded))


def facts(env: BuildEnvironment) -> Facts:
    """By its name, all that a reference to something may show: words, number, place."""
    found: Facts = defaultdict(list)
    for name, fact in _named(env):
        found[name.lower()].append(repr(fact))
    return found


def _named(env: BuildEnvironment) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for domain in env.domains.values():
        for name, words, kind, page, place, _ in domain.get_objects():
            numbers = _numbers(env, page, place)
            yield name, (domain.name, kind, words, page, place, numbers)
    equations = env.get_domain("math").data["objects"]
    for label, (page, number) in equations.items():
        yield label, ("equation", page, number, _numbers(env, page, f"equation-{label}"))
    for label, (page, place) in env.get_domain("std").data["anonlabels"].items():
        yield label, ("label", page, place, _numbers(env, page, place), _formulas(env, page, place))
    for label, one in getattr(env, "sphinx_exercise_registry", {}).items():
        words = one["node"].astext()
        numbers = _numbers(env, one["docname"], label)
        yield label, ("exercise", one["docname"], one["type"], words, numbers)
    for one in env.domaindata.get("cite", {}).get("citations", ()):
        where = one.bibliography_key.docname, one.citation_id
        yield one.key, ("citation", where, repr(one.entry), str(one.formatted_entry.label))
    for page in getattr(env, "title_formulas", {}):
        yield page, ("title", _formulas(env, page, ""))


def _formulas(env: BuildEnvironment, page: str, place: str) -> list[str]:
    """The title of a page or a section as a reference shows it, where it holds a formula."""
    titles = getattr(env, "title_formulas", {}).get(page, {})
    return [getattr(node, "rawsource", "") or node.astext() for node in titles.get(place, ())]


def _numbers(env: BuildEnvironment, page: str, place: str) -> tuple[Any, ...]:
    """The numbers of what stands at a place: as a section, and as a figure of each kind."""
    sections = env.toc_secnumbers.get(page, {})
    counted = env.toc_fignumbers.get(page, {}).items()
    figures = sorted((kind, found[place]) for kind, found in counted if place in found)
    return sections.get(f"#{place}"), sections.get(""), figures


def asked(doctree: nodes.document) -> set[str]:
    """The names that a page asks for, as they may stand among the facts."""
    found: set[str] = set()
    for node in doctree.findall(addnodes.pending_xref):
        target = str(node.get("reftarget", ""))
        found |= {target, target.lstrip("./"), *re.split(r"[\s,{}]+", target)}
        found |= {one for one in (node.get("reftargetid"), node.get("refname")) if one}
    for part in doctree.findall(nodes.Element):
        for name in ("target_label", "targetname", "label"):  # of exercises and their solutions
            if isinstance(part.get(name), str):
                found.add(part[name])
    return {name.lower() for name in found if name}
