"""A volume: some chapters of the book, typeset by themselves under the numbers of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tools.book import Book, BookError, Page


@dataclass(frozen=True)
class Volume:
    """What of the book a PDF holds.

    Attributes:
        names: chapters and parts that it was asked for, in the order of the contents.
        pages: their pages in that order; none stands for the whole book.
    """

    names: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def ending(self) -> str:
        """What its files bear after the book's name."""
        return "".join(f"-{name}" for name in self.names)


WHOLE = Volume()


def choose(book: Book, names: Iterable[str]) -> Volume:
    """The volume of the chapters (by folder) and parts (`part-1`, ...) that are named.

    Whichever way they are given, one volume has one name and the order of the contents.

    Raises:
        BookError: if a name is neither, or what is named is not for print.
    """
    asked = dict.fromkeys(names)
    parts = {f"part-{number}": pages for number, pages in enumerate(book.parts, 1)}
    known = parts | book.chapters
    for name in asked:
        if name not in known:
            raise BookError(
                f"a volume holds chapters ({', '.join(book.chapters)})"
                f" or parts ({', '.join(parts) or 'this book has none'}). Got {name!r}."
            )
    places = {page: place for place, page in enumerate(book.pages)}
    ordered = sorted(asked, key=lambda name: places[known[name][0]])
    pages = {page for name in ordered for page in known[name] if page.is_printed}
    if ordered and not pages:
        raise BookError(f"{', '.join(ordered)}: no page of it is for print (`print: false`).")
    return Volume(tuple(ordered), tuple(sorted(pages, key=places.__getitem__)))
