"""What a PGFPlots drawing of the print edition asks for is there: tables, columns, panels."""

from __future__ import annotations

import re
from pathlib import Path

from tools.book import Book, BookError, table_files

TABLE = re.compile(r"data/([\w-]+)\.txt")
_COLUMN = re.compile(
    r"(?:\b[xyz]\s*=\s*\{?|\\thisrow\{|\.txt\}\{|getelem\{[^{}]*\}\{|(?<=[xyk]\}\{))"
    r"([A-Za-z][\w+.'/-]*\.[\w+'/-]+)"
)
# What PGFPlots itself reads from one file, by its path or by the name of what was read from it.
_READ = re.compile(r"\\pgfplotstableread\{data/([\w-]+)\.txt\}\s*(\\[A-Za-z]+)")
_FROM = re.compile(
    r"table\s*\[[^\]]*\]\s*\{(?:data/([\w-]+)\.txt|(\\[A-Za-z]+))\}"
    r"|getelem\{[^{}]*\}\{[^{}]*\}\\of(?:data/([\w-]+)\.txt|(\\[A-Za-z]+))"
)
_GROUP = re.compile(r"\\begin\{groupplot\}\[(.*?)\\end\{groupplot\}", re.S)


def check_tables(book: Book, source: Path, tables: Path) -> None:
    """Every table that a drawing reads is there, with every column that it names.

    PGFPlots looks for a column in the one file that is named; the book's own commands (`ebmnodes`
    and others) are given the first file of a figure's table and look in all of them.

    Args:
        book: whose drawing it is.
        source: the drawing.
        tables: the folder of the figures' tables.

    Raises:
        BookError: naming the drawing's file and line, the table and the column.
    """
    text = source.read_text(encoding="utf8")
    known: dict[str, set[str]] = {}
    for name in dict.fromkeys(TABLE.findall(text)):
        if not (tables / f"{name}.txt").is_file():
            line = _line(text, text.find(f"data/{name}.txt"))
            raise BookError(f"{drawn(book, source)}:{line}: no page writes the table {name!r}.")
        for path in table_files(tables, re.sub(r"-\d+$", "", name)):
            known[path.stem] = set(path.read_text(encoding="utf8").partition("\n")[0].split())
    spans = _spans(text)
    for found in _COLUMN.finditer(text):
        only = next((name for start, end, name in spans if start <= found.start(1) < end), None)
        places = [only] if only else sorted(known)
        if places and not any(found[1] in known.get(name, ()) for name in places):
            line = _line(text, found.start())
            raise BookError(f"{drawn(book, source)}:{line}: {_lacks(places, found[1], known)}")


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Where columns are named of one file alone: from, to, the file's name."""
    macros = {macro: name for name, macro in _READ.findall(text)}
    found = []
    for one in _FROM.finditer(text):
        name = one[1] or one[3] or macros.get(one[2] or one[4])
        if name:
            found.append((one.start(), one.end(), name))
    return found


def _lacks(places: list[str], column: str, known: dict[str, set[str]]) -> str:
    told = f"the table {' or '.join(places)} has no column {column!r}."
    elsewhere = [name for name, heads in known.items() if column in heads]
    if elsewhere:
        return f"{told} It stands in data/{elsewhere[0]}.txt."
    heads = sorted(set().union(*(known.get(name, set()) for name in places)))
    return f"{told} It has {', '.join(heads[:12])} ..."


def check_panels(book: Book, source: Path) -> None:
    """Every panel of a group has its place: PGFPlots drops the others without a word.

    Raises:
        BookError: naming the drawing's file and the line of the first panel too many.
    """
    text = source.read_text(encoding="utf8")
    for group in _GROUP.finditer(text):
        places = 1
        for count in re.findall(r"(?:columns|rows)\s*=\s*(\d+)", group[1].partition("}")[0]):
            places *= int(count)
        panels = list(re.finditer(r"\\nextgroupplot", group[1]))
        if len(panels) > places:
            line = _line(text, group.start(1) + panels[places].start())
            raise BookError(
                f"{drawn(book, source)}:{line}: this panel has no place:"
                f" columns times rows is {places}."
            )


def drawn(book: Book, source: Path) -> str:
    """The drawing's file as its author knows it."""
    return f"{book.config.get('ebm_print', 'book/print/figures')}/{source.name}"


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
