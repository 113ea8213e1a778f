"""The directives, and what the environment keeps of them: which page shows which module."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.api.docstring import parts
from _ext.api.entry import Writer, module_id, module_words
from _ext.api.read import Entry, Known, Module, library
from _ext.shared.kept import ByPage, kept
from _ext.shared.tables import row, table

logger = logging.getLogger(__name__)
NAMED = ByPage[list[str]]("ebm_api_names")  # modules and packages that its directives name


def read_library(app: Sphinx) -> None:
    """Read what has changed of the sources; a module's page depends on its file alone."""
    known, before = modules(app.env), kept(app.env, "ebm_library_files", Known)
    found = library(Path(app.srcdir), app.config.ebm_library, before)
    known.clear()
    known.update(found)


def modules(env: BuildEnvironment) -> dict[str, Module]:
    return kept(env, "ebm_library", dict[str, Module])


def shown(env: BuildEnvironment) -> dict[str, str]:
    """The page of each module."""
    return kept(env, "ebm_api", dict[str, str])


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """All reference pages, when a name has come or gone: their words lead to all that are known."""
    now = sorted({*modules(env), *targets(env)})
    known = kept(env, "ebm_api_known", list[str])
    before = list(known)
    known[:] = now
    return sorted(NAMED(env)) if now != before else []


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for name in [one for one, page in shown(env).items() if page == docname]:
        del shown(env)[name]


def merge(
    app: Sphinx, env: BuildEnvironment, docnames: Collection[str], other: BuildEnvironment
) -> None:
    """Bring together what processes have read; each saw only its own pages."""
    for name, page in shown(other).items():
        if page in docnames and shown(env).setdefault(name, page) != page:
            logger.warning("%s stands on %s already.", name, shown(env)[name], location=(page, 1))


def targets(env: BuildEnvironment) -> set[str]:
    """All full names that have an entry."""
    every = (entry for module in modules(env).values() for entry in module.entries)
    walked = (one for entry in every for one in entry.walk())
    return {one.full for one in walked if one.kind != "attribute" or one.doc}


class Api(SphinxDirective):
    """Sections of the modules that its lines name; a package's name stands for its modules."""

    has_content = True
    optional_arguments = 99
    option_spec = {"class": directives.class_option}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for name in [*self.arguments, *" ".join(self.content).split()]:
            found = [one for one in modules(self.env).values() if _named(name, one.name)]
            if not found:
                raise self.error(f"{name!r} is no module or package with public entries.")
            NAMED(self.env).setdefault(self.env.docname, []).append(name)
            made += [self._shown(module) for module in found]
        return made

    def _shown(self, module: Module) -> nodes.section:
        page = shown(self.env).setdefault(module.name, self.env.docname)
        if page != self.env.docname:
            raise self.error(f"{module.name} stands on {page} already.")
        self.env.note_dependency(str(Path(self.env.srcdir, module.file)))
        return self._section(module)

    def _section(self, module: Module) -> nodes.section:
        place = module_id(module.name)
        section = nodes.section(ids=[place], names=[], classes=["api"])
        # The contents beside the page are narrow: the package's own name is known there.
        short = module.name.removeprefix(f"{self.config.ebm_library}.")
        section += nodes.title("", "", nodes.literal("", short))
        index = [("single", f"{module.name} (module)", place, "", None)]
        section += addnodes.index(entries=index)
        domain = self.env.get_domain("py")
        assert isinstance(domain, PythonDomain)
        domain.note_module(module.name, place, module.doc.partition("\n")[0], "", False)
        domain.note_object(module.name, "module", place, location=self.get_source_info())
        writer = Writer(module, targets(self.env), self.env.docname)
        section += self._words(module, writer)
        for entry in module.entries:
            self._note(domain, module, entry)
            entries = [("single", f"{one.name} ({_whose(one)})", one.full, "", None)
                       for one in entry.walk() if one.kind != "attribute"]  # fmt: skip
            section += [addnodes.index(entries=entries), writer.entry(entry)]
        return section

    def _words(self, module: Module, writer: Writer) -> list[nodes.Node]:
        """The module's own docstring, as Markdown."""
        holder = nodes.container()
        lines = StringList(module_words(module.doc), module.file)
        self.state.nested_parse(lines, 0, holder)
        for literal in list(holder.findall(nodes.literal)):
            literal.parent.replace(literal, writer.code(literal.astext()))
        return list(holder.children)

    def _note(self, domain: PythonDomain, module: Module, entry: Entry) -> None:
        known, place = targets(self.env), self.get_source_info()
        for one in entry.walk():
            if one.full in known:
                domain.note_object(one.full, one.kind, one.full, location=place)


def _named(name: str, module: str) -> bool:
    """Whether a line of the directive means this module: by itself or by its package."""
    return name in (module, module.rpartition(".")[0])


def _whose(entry: Entry) -> str:
    owner = entry.full.rpartition(".")[0]
    return f"{'method of ' if entry.kind == 'method' else 'in '}{owner}"


class Modules(SphinxDirective):
    """A table of all modules; it is filled when it is known on which page each of them stands."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        rows = []
        NAMED(self.env).setdefault(self.env.docname, [])
        for module in modules(self.env).values():
            writer = Writer(module, targets(self.env), self.env.docname)
            self.env.note_dependency(str(Path(self.env.srcdir, module.file)))
            link = addnodes.pending_xref(
                "", refdomain="py", reftype="mod", reftarget=module.name, refexplicit=True
            )
            link["refdoc"] = self.env.docname
            link += nodes.literal("", module.name)
            summary = parts(module.doc)[0].text if module.doc else ""
            rows.append(row([[link], [*writer.inline(summary)]]))
        return [table({"Module": 30, "What it holds": 70}, rows, "api-modules")]
