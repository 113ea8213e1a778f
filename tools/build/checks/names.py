"""Names have one owner, and what is named is there: figures, values, answers, labels, terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from tools.book import Book, Page
from tools.build.checks import contents, named
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import blocks, spans
from tools.build.checks.named import Facts

Place = tuple[Page, int]
Use = tuple[str, Page, int]


def check(book: Book, known: Mapping[str, Facts]) -> Iterator[Fault]:
    """Names that a second page, or the same page again, gives to something else.

    Args:
        book: whose pages are looked through in their order.
        known: docname -> what the page names.
    """
    pages = [(page, known[page.docname]) for page in book.pages]
    shown: list[Use] = []
    # The page that ran with a figure before is its owner, wherever it stands in the contents.
    for page, facts in sorted(pages, key=lambda one: not _ran(book, *one)):
        direct = {one.name: one.line for one in reversed(facts.figures())}
        first = dict(reversed(facts.places)) | direct
        shown += [(name, page, line) for name, line in first.items()]
        yield from _twice(page, facts)
    yield from _owned(book, shown, "figure {0!r} is already shown by {1}: choose another name")
    glued = [(one.name, page, one.line) for page, facts in pages for one in _glued(facts)]
    yield from _owned(book, glued, "glue key {0!r} is already glued by {1}: choose another name")
    answers = [
        (one.name, page, one.line)
        for page, facts in pages
        for one in facts.given
        if one.kind == "answer" and one.name
    ]
    values = {name for name, _, _ in glued}
    for name, page, line in answers:
        if name in values:  # both are kept in tests/claims
            yield Fault(page.path, line, f"{name!r} is a glued value, too: choose another name")
    yield from _owned(book, answers, "question {0!r} is already that of {1}: choose another name")
    marks = [(name.lower(), page, line) for page, facts in pages for name, line in facts.labels]
    yield from _owned(book, marks, "the label {0!r} is already that of {1}: choose another", True)
    terms = [(name.lower(), page, line) for page, facts in pages for name, line in facts.terms]
    yield from _owned(book, terms, "the term {0!r} is already explained by {1}", True)
    yield from _carded(book, pages)


def check_page(page: Page) -> Iterator[Fault]:
    """Places, numbers and questions whose name no cell gives; terms without a meaning, and a title
    without its label."""
    given = named.given(page)
    yield from _placed(page, [one for one in given if one.kind == "figure"])
    yield from _pasted(page, [one for one in given if one.kind == "glue key"])
    yield from _asked(page, [one for one in given if one.kind == "answer"])
    for name, line in named.without_meaning(page):
        yield Fault(page.path, line, f"the term {name!r} has no meaning: write it below, indented")
    yield from _title(page)


def _ran(book: Book, page: Page, facts: Facts) -> bool:
    """Whether the page has shown, when it last ran, every figure that it shows now."""
    try:
        told = json.loads((book.records / f"{page.docname}.json").read_text("utf8"))
        before = set(told["tables"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return {one.name for one in facts.figures()} <= before


def _glued(facts: Facts) -> Iterable[named.Named]:
    """The first of each key, for a page may give one in either branch of a condition."""
    found = [one for one in facts.given if one.kind == "glue key" and one.name]
    return {one.name: one for one in reversed(found)}.values()


def _owned(book: Book, uses: list[Use], words: str, within: bool = False) -> Iterator[Fault]:
    """Each use of a name after the first, with the place of the first."""
    owners: dict[str, Place] = {}
    for name, page, line in uses:
        owner, at = owners.setdefault(name, (page, line))
        if (owner, at) != (page, line) and (within or owner != page):
            yield Fault(page.path, line, words.format(name, f"{book.relative(owner.path)}:{at}"))


def _carded(book: Book, pages: list[tuple[Page, Facts]]) -> Iterator[Fault]:
    """Cards of pages that do not stand below the page which shows them."""
    told = [(page, facts) for page, facts in pages if facts.cards]
    below = contents.below(book) if told else {}
    owners = {name.lower(): page for page, facts in pages for name, _ in facts.labels}
    for page, facts in told:
        inside = below.get(page.docname, [])
        for label, line in facts.cards:
            owner = owners.get(label.lower())
            if owner and owner.docname in inside:
                continue
            known = {name for name, one in owners.items() if one.docname in inside}
            words = f"a card of {label!r}, which is no page of this chapter"
            why = f": it is {book.relative(owner.path)}" if owner else did_you_mean(label, known)
            yield Fault(page.path, line, words + why)


def _twice(page: Page, facts: Facts) -> Iterator[Fault]:
    """Names that a page gives twice, where both certainly come to pass."""
    seen: dict[tuple[str, str], int] = {}
    for one in facts.given:
        key = one.kind, one.name
        if one.once and one.name and (first := seen.setdefault(key, one.line)) != one.line:
            words = f"{one.kind} {one.name!r} stands in line {first} already: choose another name"
            yield Fault(page.path, one.line, words)
    known: dict[str, int] = {}
    for name, line in facts.places:
        if (first := known.setdefault(name, line)) != line:
            words = f"the figure {name!r} has its place in line {first} already"
            yield Fault(page.path, line, words)


def _placed(page: Page, shown: list[named.Named]) -> Iterator[Fault]:
    known = named.texts(page)
    for name, line in named.places(page):
        made = any(re.fullmatch(one.pattern, name) for one in shown)
        if not made and name not in known:
            near = did_you_mean(name, {one.name for one in shown} - {""})
            words = f"no cell of this page shows the figure {name!r}{near}"
            yield Fault(page.path, line, words)


def _pasted(page: Page, glued: list[named.Named]) -> Iterator[Fault]:
    """Numbers in the prose, by the name that a cell of this page must glue."""
    keys = {one.name for one in glued} - {""}
    for block in blocks(page.text):
        for part, line in spans(block) if block.kind == "inline" else ():
            if part.type != "myst_role" or not part.meta["name"].startswith("glue"):
                continue
            key = part.content.partition(":")[0].strip()
            if "::" in part.content or any(re.fullmatch(one.pattern, key) for one in glued):
                continue
            near = did_you_mean(key, keys) or (f"; it glues {_listed(keys)}" if keys else "")
            yield Fault(page.path, line, f"no cell of this page glues {key!r}{near}")


def _asked(page: Page, answers: list[named.Named]) -> Iterator[Fault]:
    """Questions that no cell answers, and answers to no question."""
    asked: dict[str, int] = {}
    for name, line in named.questions(page):
        if (first := asked.setdefault(name, line)) != line:
            yield Fault(page.path, line, f"the question {name!r} stands in line {first} already")
        if not any(re.fullmatch(one.pattern, name) for one in answers):
            near = did_you_mean(name, {one.name for one in answers} - {""})
            words = f"no cell of this page answers the question {name!r}{near}"
            yield Fault(page.path, line, words)
    for one in answers:
        if one.name and one.name not in asked:
            near = did_you_mean(one.name, asked)
            yield Fault(page.path, one.line, f"no question of this page is {one.name!r}{near}")


def _listed(names: Iterable[str], most: int = 6) -> str:
    found = sorted(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(map(repr, found[:most])) + more


def _title(page: Page) -> Iterator[Fault]:
    """The label CHAPTER-PAGE over the title; a page that moved may keep the one that it had."""
    folders = page.docname.split("/")
    found = blocks(page.text)
    top = next((n for n, one in enumerate(found) if one.kind == "heading_open"), None)
    if len(folders) < 3 or top is None:
        return
    if not top or found[top - 1].kind != "myst_target":
        wanted = "-".join(folders[-2:]).removesuffix("-index")
        words = f"the title has no label: write ({wanted})= over it"
        yield Fault(page.path, found[top].line, words)
