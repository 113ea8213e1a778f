"""The search's words of each page are kept by page: Sphinx would take them back from its own file.

That file has lost entries of the index, and the order in which pages were read stays in it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder

PARTS = ("titles", "filenames", "mapping", "title_mapping", "all_titles", "index_entries",
         "objtypes", "objnames")  # fmt: skip
Words = dict[str, dict[str, Any]]


def _load(path: Path) -> Words:
    try:
        found: Words = pickle.loads(path.read_bytes())
        return found
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        return {}


def _of_page(indexer: IndexBuilder, docname: str, *more: Any) -> dict[str, Any]:
    """What Sphinx's indexer takes from one page, alone."""
    empty = SimpleNamespace(**{f"_search_index_{part}": {} for part in PARTS})
    alone = IndexBuilder.__new__(IndexBuilder)
    alone.__dict__.update(indexer.__dict__)
    alone.__dict__.update({f"_{part}": getattr(empty, f"_search_index_{part}") for part in PARTS})
    IndexBuilder.feed(alone, docname, *more)
    return {part: getattr(alone, f"_{part}") for part in PARTS}


def _bring_together(indexer: IndexBuilder, words: Words) -> None:
    """As if all pages had been fed in the order of their names."""
    whole: dict[str, Any] = {part: {} for part in PARTS}
    for docname in sorted(words):
        for part, found in words[docname].items():
            if part in ("mapping", "title_mapping"):
                for word in sorted(found):
                    whole[part].setdefault(word, set()).add(docname)
            else:
                whole[part].update(found)
    indexer.__dict__.update({f"_{part}": found for part, found in whole.items()})


def _prepare(app: Sphinx) -> None:
    """Put our memory in the place of Sphinx's."""
    builder: Any = app.builder
    if builder.name != "html":
        return
    path = Path(app.doctreedir, "search.pickle")
    words: Words = {}
    dump = builder.dump_search_index

    def load_indexer(docnames: Iterable[str]) -> None:
        kept = set(app.env.all_docs) - set(docnames)
        words.update({page: one for page, one in _load(path).items() if page in kept})
        indexer = builder.indexer

        def feed(docname: str, filename: str, title: str, doctree: nodes.document) -> None:
            words[docname] = _of_page(indexer, docname, filename, title, doctree)

        indexer.feed = feed

    def dump_search_index() -> None:
        path.write_bytes(pickle.dumps(words))
        _bring_together(builder.indexer, words)
        dump()

    builder.load_indexer, builder.dump_search_index = load_indexer, dump_search_index


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _prepare)
