"""Write a page in the book's form, name it in the contents, keep its numbers and its lies.

    python -m tools.new CHAPTER/PAGE [--part "Part I"] [--root .]

A new chapter gets a page that opens it, too; it comes last in the part that is named by its number
or by the beginning of its caption, and without a name in the last numbered part.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tools.book import APPENDICES, PARTS, SOURCES, Book, BookError, read_text, read_yaml
from tools.files import write_atomically

TEMPLATES = Path(__file__).with_name("templates")
WORD = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
NAME = re.compile(rf"({WORD})/({WORD})")
NO_CHAPTERS = (APPENDICES, PARTS, "diagrams", "print")
KEPT = {"claims.json": "tests/claims", "lies.json": "tests/claims/lies"}  # a file a chapter
ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.M)


def new(book: Book, name: str, part: str | None = None) -> list[Path]:
    """Write the page, what is kept of it, and for a new chapter the page that opens it.

    Returns:
        The pages, the new one first.

    Raises:
        BookError: for a name that is no CHAPTER/PAGE, a page that is there, a part that is not, or
            files that this cannot write into. Nothing is written then.
    """
    chapter, page = _parts_of(name)
    contents = book.root / "_toc.yml"
    lines = read_text(contents).splitlines()
    read_yaml(contents)  # tells where it is none
    root = yaml.compose("\n".join(lines), yaml.SafeLoader)
    folder = f"{SOURCES}/{chapter}"
    opening = next((one for one in _entries(root) if _file(one).startswith(f"{folder}/")), None)
    if part is not None and opening:
        raise BookError(f"chapter {chapter!r} has its part already: leave --part out.")
    path = book.root / folder / f"{page}.md"
    texts = {path: _text("page.md", chapter, page, _citation(book))}
    if opening:
        place, own = _next_page(contents, lines, opening, f"{folder}/{page}")
    else:
        texts[path.with_name("index.md")] = _text("index.md", chapter, page)
        chapters = _get(_part(contents, root, part), "chapters")
        place, own = _new_chapter(contents, lines, chapters, folder, page)
    for one in texts:
        if one.exists():
            raise BookError(f"{one} is there already: choose another name.")
    kept = dict(_kept(book, name, chapter, page) for name in KEPT)
    for one, text in (texts | kept).items():
        write_atomically(one, text)
    write_atomically(contents, "\n".join([*lines[:place], *own, *lines[place:]]) + "\n")
    return list(texts)


def _parts_of(name: str) -> tuple[str, str]:
    found = NAME.fullmatch(name)
    if not found:
        form = "CHAPTER/PAGE, each of lower-case words joined by hyphens, such as density/kernel"
        raise BookError(f"the name must be {form}. Got {name!r}.")
    chapter, page = found.groups()
    if chapter in NO_CHAPTERS:
        raise BookError(f"{SOURCES}/{chapter} is no chapter: choose another name.")
    if page == "index":
        raise BookError("the page that opens a chapter comes with the chapter's first: name that.")
    return chapter, page


def _citation(book: Book) -> str:
    path = book.root / SOURCES / "references.bib"
    found = ENTRY.search(read_text(path)) if path.is_file() else None
    if not found:
        raise BookError(f"{path}:1: no entry that the new page could cite.")
    return found[1]


def _text(template: str, chapter: str, page: str, entry: str = "") -> str:
    title = (chapter if template == "index.md" else page).replace("-", " ").capitalize()
    words = {"CHAPTER": chapter, "PAGE": page, "TITLE": title, "ENTRY": entry}
    text = read_text(TEMPLATES / template)
    return re.sub("|".join(words), lambda found: words[found[0]], text)


def _kept(book: Book, template: str, chapter: str, page: str) -> tuple[Path, str]:
    """A file of the chapter under tests/claims, and its text with the new page's entries."""
    path = book.root / KEPT[template] / f"{chapter}.json"
    try:
        before = json.loads(read_text(path)) if path.is_file() else {}
    except json.JSONDecodeError as error:
        raise BookError(f"{path}:{error.lineno}: this is not JSON: {error.msg}.") from error
    whole = {**before, **json.loads(_text(template, chapter, page))}
    return path, json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _new_chapter(
    contents: Path, lines: list[str], chapters: Node | None, folder: str, page: str
) -> tuple[int, list[str]]:
    """Before which line the chapter is named, and its lines."""
    start = _start(contents, lines, chapters)
    below = " " * len(start)
    own = [f"{start}file: {folder}/index", f"{below}sections:", f"{below}  - file: {folder}/{page}"]
    return _end(chapters), own


def _next_page(
    contents: Path, lines: list[str], opening: Node, docname: str
) -> tuple[int, list[str]]:
    """Before which line the page is named, last of its chapter, and its lines."""
    sections = _get(opening, "sections")
    if sections is None:
        below = " " * int(opening.start_mark.column)
        return _end(opening), [f"{below}sections:", f"{below}  - file: {docname}"]
    return _end(sections), [f"{_start(contents, lines, sections)}file: {docname}"]


def _part(contents: Path, root: Node | None, wanted: str | None) -> Node | None:
    """The part by its number or by the beginning of its caption, or the last numbered one."""
    given = _get(root, "parts")
    parts: list[Node] = list(given.value) if isinstance(given, SequenceNode) else []
    if not parts and wanted is None:
        return root
    captions = [str(getattr(_get(one, "caption"), "value", "")) for one in parts]
    for number, (one, caption) in reversed(list(enumerate(zip(parts, captions, strict=True), 1))):
        numbered = _get(one, "numbered") is not None
        if numbered if wanted is None else wanted == str(number) or caption.startswith(wanted):
            return one
    known = ", ".join(f"{n}: {one!r}" for n, one in enumerate(captions, 1)) or "none"
    asked = "no numbered part: name one by --part" if wanted is None else f"no part {wanted!r}"
    raise BookError(f"{contents}:1: {asked}. The parts are {known}.")


def _start(contents: Path, lines: list[str], items: Node | None) -> str:
    """What stands before `file:` in the lines of a list."""
    if not isinstance(items, SequenceNode) or items.flow_style or not items.value:
        line = items.start_mark.line + 1 if items else 1
        raise BookError(f"{contents}:{line}: a list of pages must have a line for each.")
    mark = items.value[0].start_mark
    return str(lines[mark.line][: mark.column])


def _end(node: Node | None) -> int:
    """The line after a node's last: its own end lies behind the comments that follow."""
    if isinstance(node, ScalarNode):
        return int(node.end_mark.line) + 1
    return max((_end(one) for one in _children(node)), default=0)


def _children(node: Node | None) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        yield from (value for _, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from node.value


def _entries(node: Node | None) -> Iterator[Node]:
    """Every entry of a page, in the order of the contents."""
    if node and _get(node, "file"):
        yield node
    for one in _children(node):
        yield from _entries(one)


def _file(entry: Node) -> str:
    return str(getattr(_get(entry, "file"), "value", ""))


def _get(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", metavar="CHAPTER/PAGE")
    parser.add_argument("--part", default=None, help="of a new chapter: number or caption")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    options = parser.parse_args()
    try:
        book = Book(options.root.resolve())
        written = new(book, options.name, options.part)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(f"{book.relative(path)} is written and named in _toc.yml" for path in written))
    print(f"{' and '.join(KEPT.values())} keep its numbers and its lies: write yours there")
    print("nox -s serve shows it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
