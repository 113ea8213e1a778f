"""What a library offers, read from its sources: nothing of it is imported.

So a build needs no torch for its reference pages, and each entry knows its lines.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Parameter:
    """One parameter as it is written; `name` may be `*`, `/` or carry stars."""

    name: str
    annotation: str = ""
    default: str = ""


@dataclass(frozen=True)
class Entry:
    """A function, class, method or attribute.

    Attributes:
        kind: of Sphinx's Python domain.
        full: its dotted name.
        lines: the first and the last, decorators included.
    """

    kind: str
    full: str
    doc: str
    lines: tuple[int, int]
    parameters: tuple[Parameter, ...] = ()
    returns: str = ""
    bases: tuple[str, ...] = ()
    members: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        return self.full.rpartition(".")[2]

    def walk(self) -> Iterator[Entry]:
        yield self
        for member in self.members:
            yield from member.walk()


@dataclass(frozen=True)
class Module:
    """A module's public entries in the order of its source; `imported` maps its names."""

    name: str
    file: str
    doc: str
    entries: tuple[Entry, ...]
    imported: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, str]:
        """Full names by what the module itself calls them."""
        own = {entry.name: entry.full for entry in self.entries}
        return self.imported | own


Known = dict[str, tuple[str, Module]]


def library(root: Path, package: str, known: Known | None = None) -> dict[str, Module]:
    """Every module of the package that offers something, by its dotted name.

    `known` are the hashes of files with what was read of them; it is brought to today's.
    """
    found: Known = {}
    for path in sorted((root / package).rglob("*.py")):
        if path.name != "__main__.py":
            stamp, name = hashlib.sha256(path.read_bytes()).hexdigest(), str(path)
            there = (known or {}).get(name)
            found[name] = there if there and there[0] == stamp else (stamp, read(root, path))
    if known is not None:
        known.clear()
        known.update(found)
    return {module.name: module for _, module in found.values() if module.entries}


def read(root: Path, path: Path) -> Module:
    """One module."""
    file = path.relative_to(root).as_posix()
    name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    source = path.read_text(encoding="utf8")
    tree = ast.parse(source)
    reader = _Reader(source, _aliases(tree, source))
    entries = tuple(
        reader.entry(node, name)
        for node in tree.body
        if isinstance(node, Definition) and not node.name.startswith("_")
    )
    return Module(name, file, ast.get_docstring(tree) or "", entries, _imports(tree))


def _imports(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _aliases(tree: ast.Module, source: str) -> dict[str, str]:
    """Names that stand for a shape, `Values = Float[Tensor, "*shape"]`."""
    return {
        node.targets[0].id: _written(node.value, source)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Subscript)
        and "Tensor" in _written(node.value, source)
    }


def _written(node: ast.expr | None, source: str) -> str:
    """The node as its author wrote it, on one line."""
    if node is None:
        return ""
    lines = _encoded(source)[node.lineno - 1 : node.end_lineno]
    lines[-1] = lines[-1][: node.end_col_offset]
    lines[0] = lines[0][node.col_offset :]
    return " ".join(b" ".join(lines).decode("utf8").split())


@lru_cache(maxsize=4)
def _encoded(source: str) -> list[bytes]:
    """A module's lines, split once: `ast.get_source_segment` splits them for every node."""
    return source.encode("utf8").split(b"\n")  # a node's columns count bytes


class _Reader:
    def __init__(self, source: str, aliases: dict[str, str]) -> None:
        self.source, self.aliases = source, aliases

    def entry(self, node: Definition, parent: str) -> Entry:
        if isinstance(node, ast.ClassDef):
            return self._class(node, parent)
        return self._function(node, parent)

    def _type(self, node: ast.expr | None) -> str:
        written = _written(node, self.source)
        # The space of `Float[Tensor, " batch"]` is for linters, who take a lone word for a name.
        return self.aliases.get(written, written).replace(', " ', ', "')

    def _function(self, node: ast.FunctionDef, parent: str, kind: str = "function") -> Entry:
        decorators = {_written(one, self.source) for one in node.decorator_list}
        parameters = tuple(self._parameters(node.args))
        if kind == "method":
            kind = "property" if "property" in decorators else kind
            parameters = parameters if "staticmethod" in decorators else parameters[1:]
        full, doc = f"{parent}.{node.name}", ast.get_docstring(node) or ""
        return Entry(kind, full, doc, _lines(node), parameters, self._type(node.returns))

    def _class(self, node: ast.ClassDef, parent: str) -> Entry:
        full = f"{parent}.{node.name}"
        bases = tuple(_written(base, self.source) for base in node.bases)
        members = tuple(self._members(node, full))
        makers = [one for one in node.body if getattr(one, "name", "") == "__init__"]
        if makers and isinstance(makers[0], ast.FunctionDef):
            parameters = tuple(self._parameters(makers[0].args))[1:]
        else:
            parameters = tuple(self._fields(node))
        doc = ast.get_docstring(node) or ""
        return Entry("class", full, doc, _lines(node), parameters, "", bases, members)

    def _fields(self, node: ast.ClassDef) -> Iterator[Parameter]:
        """What the class is made from, if its fields say that."""
        how = [_written(one, self.source) for one in [*node.bases, *node.decorator_list]]
        if not any(one.startswith(("NamedTuple", "dataclass")) for one in how):
            return
        for one in node.body:
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                default = _written(one.value, self.source)
                yield Parameter(one.target.id, self._type(one.annotation), default)

    def _members(self, node: ast.ClassDef, full: str) -> Iterator[Entry]:
        after = [*node.body[1:], None]
        for one, following in zip(node.body, after, strict=True):
            if isinstance(one, ast.FunctionDef):
                if not one.name.startswith("_") or one.name == "__call__":
                    yield self._function(one, full, "method")
            elif isinstance(one, ast.AnnAssign) and not _written(
                one.target, self.source
            ).startswith("_"):
                doc, kind = _said(following), self._type(one.annotation)
                name = f"{full}.{_written(one.target, self.source)}"
                yield Entry("attribute", name, doc, _lines(one), (), kind)

    def _parameters(self, args: ast.arguments) -> Iterator[Parameter]:
        plain = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
        for number, (one, default) in enumerate(zip(plain, defaults, strict=True), 1):
            yield self._parameter(one, default)
            if number == len(args.posonlyargs):
                yield Parameter("/")
        if args.vararg:
            yield self._parameter(args.vararg, None, "*")
        elif args.kwonlyargs:
            yield Parameter("*")
        for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            yield self._parameter(one, default)
        if args.kwarg:
            yield self._parameter(args.kwarg, None, "**")

    def _parameter(self, one: ast.arg, default: ast.expr | None, stars: str = "") -> Parameter:
        return Parameter(
            stars + one.arg, self._type(one.annotation), _written(default, self.source)
        )


def _said(node: ast.AST | None) -> str:
    """The words that stand under an attribute."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""


def _lines(node: Definition | ast.AnnAssign) -> tuple[int, int]:
    decorators = [] if isinstance(node, ast.AnnAssign) else node.decorator_list
    first = min([node.lineno, *(one.lineno for one in decorators)])
    return first, node.end_lineno or first
