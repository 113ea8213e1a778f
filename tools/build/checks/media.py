"""Pictures and what else a page brings: is it there, may a browser show it, is it told in words?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from tools.book import Book, Page
from tools.build.checks.fault import Fault
from tools.build.checks.markdown import Block, Directive, blocks, directives, spans
from tools.build.checks.named import figures

SCHEME = re.compile(r"[a-z]+:|//|#")
REMOTE = re.compile(r"(?:https?:)?//")
INSTEAD = ": say it in Markdown, or keep it apart by {only} "
FORBIDDEN = {"iframe", "script", "object", "embed", "base", "form"}
LOADED = {"src", "srcset", "poster", "data", "background"}
# Words that say of a picture that it is one.
EMPTY = {
    *("a", "an", "and", "the", "this", "that", "of", "in", "for", "our", "my", "some", "is"),
    *("alt", "text", "caption", "chart", "diagram", "drawing", "fig", "figure", "graph"),
    *("graphic", "illustration", "image", "img", "photo", "picture", "plot", "screenshot", "todo"),
}


def check(page: Page) -> Iterator[Fault]:
    """All but whether the page's own pictures are there: that its text cannot tell."""
    for block in blocks(page.text):
        if block.kind == "html_block":
            yield from _html(page, block.token.content, block.line, "only" in block.within)
        elif block.directive and block.directive.name == "raw":
            yield from _raw(page, block, block.directive)
        elif block.kind == "inline":
            yield from _inline(page, block)
    for source, line in pictures(page):
        if REMOTE.match(source):
            yield Fault(page.path, line, _blocked(f"the picture {source}"))
    yield from _words(page)


def pictures(page: Page) -> Iterator[tuple[str, int]]:
    """The files that the page shows as pictures, each with its line."""
    for block in blocks(page.text):
        if block.kind == "inline":
            found = (
                (str(part.attrs["src"]), n) for part, n in spans(block) if part.type == "image"
            )
            yield from found
    for block, found_in in directives(page.text, "figure", "image"):
        yield found_in.argument, block.line


def check_files(book: Book, page: Page, shown: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    """Pictures that are not there."""
    for source, line in shown:
        if not source or source.startswith("data:") or REMOTE.match(source):
            continue
        if not (path := _file(book, page, source)).is_file():
            words = f"the picture {source!r} is missing: no file {book.relative(path)}"
            yield Fault(page.path, line, words)


def _raw(page: Page, block: Block, found: Directive) -> Iterator[Fault]:
    kind, apart = found.argument, "only" in block.within
    if "html" in kind:
        yield from _html(page, found.body, found.start, apart)
    elif not apart:
        yield Fault(page.path, block.line, f"raw {kind} stands in one edition alone{INSTEAD}{kind}")


def _inline(page: Page, block: Block) -> Iterator[Fault]:
    for part, line in spans(block):
        if part.type == "html_inline":
            yield from _html(page, part.content, line, "only" in block.within)
        elif part.type == "image":
            yield from _alt(page, part.content, "", line, missing=True)


def _file(book: Book, page: Page, source: str) -> Path:
    """Where Sphinx looks: from the page's folder, or from the book's root after a slash."""
    start = book.root if source.startswith("/") else page.path.parent
    return start / source.lstrip("/")


def _blocked(what: str) -> str:
    return f"{what} comes from elsewhere, and the pages' own policy blocks it: readers see a hole"


class _Tags(HTMLParser):
    """The tags of a piece of HTML, each with its line within the piece."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str], int]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}, self.getpos()[0] - 1))


def html(text: str) -> Iterator[str]:
    """What is wrong with HTML that a cell puts out."""
    return (words for tag, given, _ in _Tags(text).tags for words in _tag(tag, given))


def _html(page: Page, text: str, first: int, apart: bool) -> Iterator[Fault]:
    """What the policy of the pages blocks, files that no build copies, and what others lack.

    Args:
        page: where it stands.
        text: the HTML.
        first: its first line on the page.
        apart: whether it is kept for the site, by {only}.
    """
    if (place := text.find("<!--")) >= 0 and not apart:
        words = (
            "a remark in HTML is published with the page: write % and the remark, on its own line"
        )
        yield Fault(page.path, first + text.count("\n", 0, place), words)
    tags = _Tags(text).tags
    told = [(words, below) for tag, given, below in tags for words in _tag(tag, given)]
    if tags and not told and not apart:
        told = [(f"<{tags[0][0]}> would stand on the site alone{INSTEAD}html", tags[0][2])]
    yield from (Fault(page.path, first + below, words) for words, below in told)


def _tag(tag: str, given: dict[str, str]) -> Iterator[str]:
    loaded = [given[name] for name in sorted(LOADED & set(given)) if given[name]]
    events = sorted(name for name in given if name.startswith("on"))
    if tag in FORBIDDEN:
        yield f"<{tag}> is blocked by the pages' own policy"
    elif remote := [one for one in loaded if REMOTE.match(one)]:
        yield _blocked(f"<{tag}> of {remote[0]}")
    elif local := [one for one in loaded if not one.startswith("data:")]:
        cure = "![words](file) for a picture, {download}`file` for another"
        words = f"<{tag}> of {local[0]}: no build copies a file that HTML names; write {cure}"
        yield words
    elif events:
        yield f"{events[0]}= is blocked by the pages' own policy"
    elif tag == "img":
        yield from _told(given.get("alt", ""), "", missing=True)
    elif tag == "a" and (file := given.get("href", "")) and not SCHEME.match(file):
        words = f"a link of HTML to {file} is checked by nobody: write [words]({file})"
        yield words


def _words(page: Page) -> Iterator[Fault]:
    """Alternative texts of figures that cells show, and of pictures of directives."""
    for figure in figures(page):
        if figure.alt is not None:
            yield from _alt(page, figure.alt, figure.name, figure.line)
    for block, found in directives(page.text, "figure", "image", "diagram"):
        alt = found.options.get("alt", "")
        diagram = found.name == "diagram"
        if diagram and not alt:
            words = f"the diagram {found.argument!r} has no :alt:, words for who cannot see it"
            yield Fault(page.path, block.line, words)
        name = found.argument if diagram else ""
        yield from _alt(page, alt, name, block.line, missing=not diagram)


def _alt(page: Page, alt: str, name: str, line: int, missing: bool = False) -> Iterator[Fault]:
    yield from (Fault(page.path, line, words) for words in _told(alt, name, missing))


def _told(alt: str, name: str, missing: bool) -> Iterator[str]:
    """Whether words say what is to be seen; that there are any is told elsewhere."""
    words = set(re.findall(r"[^\W_]+", alt.lower()))
    if not words and missing:
        yield "this picture has no alternative text: say what is to be seen"
    empty = {word for word in words if word in EMPTY or word.isdigit()}
    named = bool(name) and alt.strip(" .").lower() in (name, name.replace("-", " "))
    if words and (words == empty or named):
        ask = "say what is to be seen to somebody who cannot see it"
        yield f"the alternative text {alt!r} says nothing: {ask}"
