"""What the search knows of a page: a record for each place that a reader may want to be led to.

A place is the page itself, a section, an exercise, a solution, a function of the library, a symbol
of the notation, a work of the bibliography. Its record is read from the finished document:
references have their words and glued numbers their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sphinx_exercise.nodes as exercise
from docutils import nodes
from sphinx import addnodes

from _ext.checks.nodes import Folded, Sentence
from _ext.notation.tips import words as said
from _ext.search import words
from _ext.stylesheet.model import Stylesheet

EXERCISES = (exercise.exercise_node, exercise.exercise_enumerable_node)
SYMBOL = "symbol-"


@dataclass
class Record:
    """One place; `terms` are its entries of the index and the abbreviations that it introduces."""

    place: str  # the anchor; of the page itself, none
    kind: str
    ids: list[str] = field(default_factory=list)  # all anchors that mean it
    title: str = ""
    terms: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)  # set in italics or bold: mostly, new words
    defined: list[str] = field(default_factory=list)  # by its code
    names: set[str] = field(default_factory=set)  # of its symbols and in its code
    pieces: list[str] = field(default_factory=list)

    def row(self) -> list[Any]:
        """As it is kept and sent: place, kind, title, terms, marked, defined, names, text."""
        blocks = (" ".join(one.split()) for one in "".join(self.pieces).split("\n"))
        text = "\n".join(one for one in blocks if one)
        terms = [*self.terms, *words.SHORT.findall(text)]
        once = [list(dict.fromkeys(found)) for found in (terms, self.marked, self.defined)]
        seen = {self.title, *once[0], *once[2]}
        return [self.place, self.kind, self.title, *once, sorted(self.names - seen), text]


@dataclass
class Page:
    """What is kept of a page: its records, whose anchors mean them, and where its links lead."""

    rows: list[list[Any]]
    anchors: dict[str, int]
    links: list[tuple[str, str]]  # address as it stands there, words


def read(
    doctree: nodes.document, sheet: Stylesheet, numbers: Mapping[str, tuple[int, ...]]
) -> Page:
    """The records of a page, in its order; those of which nothing can be told are left out.

    Args:
        doctree: the finished document.
        sheet: says what symbols are called.
        numbers: those of its exercises, by their anchors.
    """
    reading = _Reading(sheet, numbers)
    page = Record("", "page")
    reading.inside(doctree, page)
    told = [record for record in (page, *reading.records) if record.title]
    anchors = {name: number for number, record in enumerate(told) for name in record.ids}
    return Page([record.row() for record in told], anchors, reading.links)


class _Reading:
    def __init__(self, sheet: Stylesheet, numbers: Mapping[str, tuple[int, ...]]) -> None:
        self.sheet, self.numbers = sheet, numbers
        self.records: list[Record] = []
        self.links: list[tuple[str, str]] = []
        self.asked = ""  # number and title of the exercise whose solution may follow

    def inside(self, node: nodes.Element, record: Record) -> None:
        for child in node.children:
            if isinstance(child, nodes.Text):
                record.pieces.append(child.astext().replace("\n", " "))
            elif isinstance(child, nodes.Element) and words.is_read(child):
                self.element(child, record)

    def element(self, node: nodes.Element, record: Record) -> None:
        if isinstance(node, addnodes.index):
            record.terms += [term for entry in node["entries"] for term in _terms(entry)]
        elif isinstance(node, nodes.math):
            record.pieces.append(words.written(node, self.sheet))
            record.names.update(words.called(node, self.sheet))
        elif isinstance(node, nodes.math_block):
            record.pieces.append("\n")  # no sentence: its symbols are known by name
            record.names.update(words.called(node, self.sheet))
        elif isinstance(node, nodes.literal_block):
            self._code(node.astext(), record)
        elif isinstance(node, Folded):  # nobody looks for the code that proves, nor for imports
            for sentence in node.findall(Sentence) if node["kind"] == "check" else ():
                self._part(sentence, record)
        elif isinstance(node, (nodes.title, nodes.subtitle)):
            self._title(node, record)
        else:
            self._part(node, record)

    def _part(self, node: nodes.Element, record: Record) -> None:
        own = self._own(node, record)
        if own is not record:
            self.records.append(own)
        elif isinstance(node, (nodes.emphasis, nodes.strong)):
            record.marked += [one for one in [self._words(node)] if not one.endswith(":")]
        elif isinstance(node, nodes.reference) and node.get("internal"):
            self.links.append(self._link(node))
        block = not isinstance(node, nodes.Inline)
        own.pieces += ["\n"] * block
        self.inside(node, own)
        own.pieces += ["\n"] * block

    def _own(self, node: nodes.Element, record: Record) -> Record:
        """The record that a node opens, or else the one in which it stands."""
        place = next(iter(node.get("ids", ())), "")
        if isinstance(node, nodes.section):
            boxed = isinstance(node.parent, (*EXERCISES, exercise.solution_node))
            if record.kind == "page" and not record.title:  # the section that is the page
                record.ids = list(node["ids"])
                return record
            return record if boxed else Record(place, "section", list(node["ids"]))
        if isinstance(node, EXERCISES):
            return Record(place, "exercise")
        if isinstance(node, exercise.solution_node):
            return Record(place, "solution", title=f"Solution{self.asked}")
        if isinstance(node, nodes.citation):
            return Record(place, "work", list(node["ids"]), self._words(node).partition(". ")[0])
        if isinstance(node, addnodes.desc):
            signature = next(node.findall(addnodes.desc_signature))
            name = str(signature.get("fullname", ""))
            place = next(iter(signature["ids"]), "")
            return Record(place, "code", title=name) if name and place else record
        return self._symbol(place, record) if place.startswith(SYMBOL) else record

    def _symbol(self, place: str, record: Record) -> Record:
        symbol = self.sheet.symbols.get(place.removeprefix(SYMBOL))
        if symbol is None:
            return record
        title = said(f"$\\{symbol.macro}$: {symbol.name}", self.sheet)
        return Record(place, "symbol", [], title, [symbol.python] if symbol.python else [])

    def _title(self, node: nodes.Element, record: Record) -> None:
        title = self._words(node)
        if record.kind == "exercise":
            number = ".".join(map(str, self.numbers.get(record.place, ())))
            self.asked = f" {number}: {title.strip('()')}".rstrip(": ")
            title = f"Exercise{self.asked}"
        elif record.kind == "solution" or record.title:  # a box's own
            record.pieces += ["\n", title, "\n"] * (record.kind != "solution")
            return
        record.title = title
        formulas = node.findall(nodes.math)
        record.terms += [name for one in formulas for name in words.called(one, self.sheet)]

    def _code(self, code: str, record: Record) -> None:
        record.defined += words.defined(code)
        record.names |= words.identifiers(code)

    def _link(self, node: nodes.reference) -> tuple[str, str]:
        """Where a link leads; its words, if an author may have chosen them."""
        named = any(
            {"std-ref", "std-doc"} & set(one["classes"]) for one in node.findall(nodes.inline)
        )
        address = str(node.get("refuri") or "#" + str(node.get("refid", "")))
        return address, self._words(node) if named else ""

    def _words(self, node: nodes.Element) -> str:
        apart = Record("", "")
        self.inside(node, apart)
        return " ".join("".join(apart.pieces).split())


def _terms(entry: tuple[str, ...]) -> list[str]:
    """An entry as it is said: 'variational autoencoder' for `autoencoder; variational`."""
    first, *rest = [part.strip() for part in entry[1].split(";")]
    if not rest:
        return [first]
    sub = rest[0]
    joined = f"{first} {sub}" if sub.partition(" ")[0] in ("of", "in", "as", "by") else None
    return [joined or f"{sub} {first}"]
