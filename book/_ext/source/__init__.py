"""Pages that show the sources: those of pages, of the library's modules and of diagrams.

They stand in while the repository's address is not known: then 'source' and the names of functions
lead to lines there, and once it is known to the repository. All are one page of the theme
(`source/index`, which lists them) with another title and other words, so that they cost little;
what is coloured is kept between builds.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from _ext.shared import assets, files
from _ext.shared.kept import kept
from _ext.shared.order import in_order
from _ext.shared.repository import FOLDER, page_of, repository
from _ext.source.coloured import coloured

STATIC = Path(__file__).with_name("static")
MEMORY = "source.pickle"
TITLE = "The sources"
START, END = "<!-- what is shown -->", "<!-- so far -->"
TOLD = (
    "the repository's address (ebm_repository in _config.yml) is a placeholder: what needs it is "
    "left out, and sources stand on the site."
)
logger = logging.getLogger(__name__)


def shown(app: Sphinx) -> list[str]:
    """The files that have a page, from the root: pages as they are read, modules, diagrams."""
    root, config = Path(app.srcdir), app.config
    pages = [str(app.env.doc2path(name, False)) for name in in_order(app.env)]
    modules = sorted((root / config.ebm_library).rglob("*.py"))
    drawings = sorted((root / config.ebm_diagrams).rglob("*.tex"))
    return pages + [path.relative_to(root).as_posix() for path in [*modules, *drawings]]


def _stands_in(app: Sphinx) -> bool:
    return app.builder.name == "html" and not repository(app.config)


def _index(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that lists the others, by the theme."""
    if not _stands_in(app):
        return
    links = "\n".join(
        f'<li><a href="{escape(page_of(file).partition("/")[2])}.html">{escape(file)}</a></li>'
        for file in shown(app)
    )
    words = f'<h1>{TITLE}</h1>\n<ul class="source-list">\n{links}\n</ul>'
    body = f"{START}\n<section>\n{words}\n</section>\n{END}"
    yield f"{FOLDER}/index", {"title": TITLE, "body": body}, "page.html"


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Each source in the place of the list."""
    if exception or not _stands_in(app):
        return
    index = Path(app.outdir, FOLDER, "index.html").read_text("utf8")
    files.brought(app).add(f"{FOLDER}/index.html")
    before, after = index.partition(START)[0], index.partition(END)[2]
    found = _bodies(app)
    for file, body in found.items():
        head = before.replace(f"<title>{TITLE}", f"<title>{escape(file)}", 1)
        words = f'<h1>{escape(file)}</h1>\n<p><a href="index.html">{TITLE}</a></p>\n{body}'
        files.bring(app, f"{page_of(file)}.html", f"{head}<section>\n{words}\n</section>{after}")
    logger.info(TOLD)


def _bodies(app: Sphinx) -> dict[str, str]:
    """The coloured text of each file; what has not changed is not coloured again."""
    path = Path(app.doctreedir, MEMORY)
    known: dict[str, tuple[str, str]] = kept(
        app, "sources_coloured", lambda: pickle.loads(path.read_bytes()) if path.is_file() else {}
    )
    found = {}
    for file in shown(app):
        text = Path(app.srcdir, file).read_text("utf8")
        stamp = hashlib.sha256(text.encode()).hexdigest()
        there = known.get(file)
        body = there[1] if there and there[0] == stamp else coloured(file, text)
        found[file] = (stamp, body)
    if found != known:
        path.write_bytes(pickle.dumps(found))
    return {file: body for file, (_, body) in found.items()}


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    assets.serve(app, STATIC)
    assets.load(app, "source.css", priority=806)  # after the theme's
    app.connect("html-collect-pages", _index)
    app.connect("build-finished", _write, priority=400)  # before what is of no page leaves
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
