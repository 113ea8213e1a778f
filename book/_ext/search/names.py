"""What other places call a place: the words of the links that lead to it, and whom it cites.

'The denoising autoencoder' may be a link to a page that is called 'Learn the way back'; and a page
on a fault cites a work with the name that the field has for it.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from _ext.search.records import Page

MOST = 5  # words of a name; more are a sentence
Names = dict[str, dict[int, list[str]]]  # page -> record -> its names


def given(found: Mapping[str, Page], addresses: Mapping[str, str]) -> Names:
    """The names that links give to records, each once; a title of its own is none."""
    names: Names = defaultdict(lambda: defaultdict(list))
    for _, said, page, place in _links(found, addresses):
        row = found[page].rows[place]
        known = [*names[page][place], row[2]]
        if said and said not in known and len(said.split()) <= MOST and "/" not in said:
            names[page][place].append(said)
    return names


def works(found: Mapping[str, Page], addresses: Mapping[str, str]) -> dict[str, str]:
    """The words of all works that a page cites."""
    cited: dict[str, dict[str, None]] = {name: {} for name in found}
    for origin, _, page, place in _links(found, addresses):
        row = found[page].rows[place]
        if row[1] == "work" and origin != page:
            cited[origin][row[-1]] = None
    return {name: "\n".join(texts) for name, texts in cited.items()}


def _links(
    found: Mapping[str, Page], addresses: Mapping[str, str]
) -> Iterator[tuple[str, str, str, int]]:
    """All links between known places: origin, words, page and record."""
    pages = {address: name for name, address in addresses.items()}
    for origin, page in found.items():
        folder = posixpath.dirname(addresses[origin])
        for address, said in page.links:
            path, _, anchor = address.partition("#")
            whole = posixpath.normpath(posixpath.join(folder, path)) if path else addresses[origin]
            target = pages.get(whole)
            if target is None or not found[target].rows:
                continue
            place = found[target].anchors.get(unquote(anchor)) if anchor else 0
            if place is not None:
                yield origin, said, target, place
