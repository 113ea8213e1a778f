"""The records of all pages, kept between builds, and the file in which the site has them.

They are kept beside Sphinx's memory and not in it, since a page is finished after that was saved.
Sphinx's own index is switched off, and so is its page.
"""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.katex.state import stylesheet
from _ext.search import names, words
from _ext.search.records import Page, read
from _ext.shared import files
from _ext.shared.kept import kept
from _ext.shared.order import in_order

FILE = "search/records.js"
MEMORY = "search.pickle"


def prepare(app: Sphinx) -> None:
    """Gather records where Sphinx would have gathered words: of each page as it is finished."""
    builder: Any = app.builder
    if builder.name != "html":
        return
    builder.search = False
    known = _known(app)

    def index_page(name: str, doctree: nodes.document, title: str) -> None:
        known[name] = _read(app, name, doctree)

    builder.index_page = index_page


def _read(app: Sphinx, name: str, doctree: nodes.document) -> Page:
    numbers = app.env.toc_fignumbers.get(name, {}).get("exercise", {})
    return read(doctree, stylesheet(app), numbers)


def _known(app: Sphinx) -> dict[str, Page]:
    """What a build before has kept; read once."""

    def load() -> dict[str, Page]:
        path = Path(app.doctreedir, MEMORY)
        found: dict[str, Page] = pickle.loads(path.read_bytes()) if path.is_file() else {}
        return found

    return kept(app, "search_records", load)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the site's file of records, and keep them for the next build."""
    if exception or app.builder.name != "html":
        return
    known, env = _known(app), app.env
    for name in env.found_docs - set(known):
        doctree = env.get_and_resolve_doctree(name, app.builder)
        known[name] = _read(app, name, doctree)
    found = {name: known[name] for name in in_order(env) if name in env.found_docs}
    Path(app.doctreedir, MEMORY).write_bytes(pickle.dumps(found))
    files.write(Path(app.outdir, "_static", FILE), _content(app, found))


def _content(app: Sphinx, found: dict[str, Page]) -> str:
    """A script and not JSON: pages opened from a folder may not fetch."""
    addresses = {name: app.builder.get_target_uri(name) for name in found}
    given = names.given(found, addresses)
    works = names.works(found, addresses)
    pages = [[addresses[name], *_page(app, name), works[name]] for name in found]
    records = [
        [number, *row, given[name].get(place, [])]
        for number, (name, page) in enumerate(found.items())
        for place, row in enumerate(page.rows)
    ]
    told = {"pages": pages, "greek": words.greek(repr(records)), "records": records}
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"window.bookRecords={content};\n"


def _page(app: Sphinx, name: str) -> list[str]:
    """Title and number of a page; one without a number is no chapter's."""
    env = app.env
    title = env.titles[name].astext() if name in env.titles else name
    number = env.toc_secnumbers.get(name, {}).get("") or ()
    return [title, ".".join(map(str, number))]
