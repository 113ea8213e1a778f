"""The table of contents: its form, pages that it leaves out, and levels that no sidebar shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from tools.book import FAST, SOURCES, Book, read_text, read_yaml
from tools.build.checks.fault import Fault, did_you_mean

BESIDE = ("diagrams", "print")  # folders of book/ that hold no pages
LEVELS = 3  # chapters, sections, and sections of these

KEYS = re.compile(r"Unknown keys found: (\{.*?\}), allowed: (\{.*?\})")
QUOTED = re.compile(r"'([^']+)'")
EMPTY = re.compile(r"'(\w+)' not a non-empty list")


def form(book: Book) -> Iterator[Fault]:
    """Keys that nobody reads, and lists without a page, at their lines.

    The package that reads the contents for Sphinx tells one fault, and no line.
    """
    from sphinx_external_toc.parsing import TOCTREE_OPTIONS, MalformedError, parse_toc_data

    contents = book.root / "_toc.yml"
    given = read_yaml(contents)
    root = yaml.compose(read_text(contents), FAST)
    parts = _keys_of_parts(root, {"chapters", *TOCTREE_OPTIONS})
    if strange := [*_twice(root), *parts]:
        yield from (Fault(contents, *told) for told in strange)
        return
    try:
        parse_toc_data(given if isinstance(given, dict) else {})
    except MalformedError as error:
        words, _, place = str(error).partition(" @ ")
        yield from (Fault(contents, *told) for told in _malformed(words, _at(root, place)))


def _twice(node: Node | None) -> Iterator[tuple[int, str]]:
    """Keys that a mapping has already: YAML takes the last, and the pages of the first are gone."""
    if isinstance(node, SequenceNode):
        for one in node.value:
            yield from _twice(one)
    elif isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if (first := seen.setdefault(name, line)) != line:
                yield line, f"{name}: stands in line {first} already"
            yield from _twice(value)


def _keys_of_parts(root: Node | None, known: set[str]) -> Iterator[tuple[int, str]]:
    """Keys of a part that the package passes over in silence."""
    for part in _get(root, "parts") or ():
        for key, _ in part.value if isinstance(part, MappingNode) else ():
            if (name := str(key.value)) not in known:
                words = f"a part has no key {name!r}{did_you_mean(name, known)}"
                yield key.start_mark.line + 1, words


def _malformed(words: str, node: Node | None) -> Iterator[tuple[int, str]]:
    """The lines and words of a fault at a place of the contents."""
    if found := KEYS.match(words):
        names, known = (set(QUOTED.findall(keys)) for keys in found.groups())
        for name in sorted(names):
            yield _line_of(node, name), f"a page has no key {name!r}{did_you_mean(name, known)}"
    elif empty := EMPTY.match(words):
        name = empty[1]
        yield _line_of(node, name), f"{name}: names no page: write one below it, or leave it out"
    else:
        yield _line_of(node, ""), words


def _at(root: Node | None, place: str) -> Node | None:
    """The node that a path like '/parts/1/chapters/8/' leads to, or the last on the way."""
    node = root
    for step in re.findall(r"\w+", place):
        if isinstance(node, SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
        elif isinstance(node, MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return node


def _line_of(node: Node | None, name: str) -> int:
    """Where a key of a mapping stands, or the mapping itself."""
    pairs = node.value if isinstance(node, MappingNode) else []
    found = next((key for key, _ in pairs if key.value == name), node)
    return found.start_mark.line + 1 if found else 1


def _get(node: Node | None, name: str) -> list[Node] | None:
    """The items of a mapping's list."""
    pairs = node.value if isinstance(node, MappingNode) else []
    found = next((value for key, value in pairs if key.value == name), None)
    return found.value if isinstance(found, SequenceNode) else None


def below(book: Book) -> dict[str, list[str]]:
    """The pages that stand directly below each in the contents."""
    found: dict[str, list[str]] = {}
    _below(read_yaml(book.root / "_toc.yml"), [], found)
    return found


def _below(entry: object, beside: list[str], found: dict[str, list[str]]) -> None:
    if isinstance(entry, list):
        for one in entry:
            _below(one, beside, found)
    elif isinstance(entry, dict):
        name = str(entry.get("file") or entry.get("root") or "").removesuffix(".md")
        if name:
            beside.append(name)
            beside = found.setdefault(name, [])
        for value in entry.values():
            _below(value, beside, found)


def check(book: Book) -> Iterator[Fault]:
    yield from _unlisted(book)
    contents = book.root / "_toc.yml"
    for name in _deep(read_yaml(contents)):
        words = f"page {name!r} stands below {LEVELS} levels of pages: the sidebar shows {LEVELS}"
        yield Fault(contents, _line(contents, name), words)


def _line(contents: Path, name: str) -> int:
    lines = enumerate(read_text(contents).splitlines(), 1)
    return next((n for n, line in lines if line.split()[-1:] == [name]), 1)


def _unlisted(book: Book) -> Iterator[Fault]:
    """Pages and folders that no line of _toc.yml names: no reader would see them.

    A draft begins with an underscore, and so does a folder that holds no pages.
    """
    top, listed = book.root / SOURCES, {page.path for page in book.pages}
    files = [path for path in top.rglob("*") if path.is_file() and not _apart(book, path)]
    pages = {path for path in files if path.suffix == ".md"}
    pages |= {path for one in listed for path in one.parent.glob("*.md")}
    for path in sorted(pages - listed):
        if not path.name.startswith(("_", "README")):
            yield Fault(path, 1, "no line of _toc.yml names this page")
    for folder in sorted({path.parent for path in files} - {path.parent for path in pages} - {top}):
        if not any(page.is_relative_to(folder) for page in pages):
            yield Fault(folder, 1, "no line of _toc.yml names a page of this folder")


def _apart(book: Book, path: Path) -> bool:
    """Whether it is a draft, hidden, or of a folder that holds other things than pages."""
    inside = path.relative_to(book.root / SOURCES).parts
    return inside[0] in BESIDE or any(part.startswith(("_", ".")) for part in inside)


def _deep(entry: object, level: int = 0) -> Iterator[str]:
    """The pages below the last level, the outermost alone."""
    if isinstance(entry, list):
        for one in entry:
            yield from _deep(one, level)
    elif isinstance(entry, dict):
        level += "file" in entry
        if level > LEVELS:
            yield str(entry["file"])
            return
        for value in entry.values():
            yield from _deep(value, level)
