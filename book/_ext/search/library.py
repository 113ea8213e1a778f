"""The kept libraries of the search, as one classic script: MiniSearch and Porter's stemmer.

Measured on this book's records, of the thirty queries of `tests/site/queries.json` each library
alone has in its first three 16 (MiniSearch), 19 (Lunr) and 14 (FlexSearch): what ranks is our own,
in static/engine.js. MiniSearch has what that needs, weights of fields, beginnings and typing errors
in nested queries, reads the book in 0.2 s (Lunr 0.5 s), and is kept (Lunr's last release is of
2020). It has 19 kB compressed, Lunr 8, FlexSearch 18.
"""

from __future__ import annotations

from pathlib import Path

from _ext.shared.npm import ensure_package

HERE = Path(__file__).resolve().parent
# The stemmer is a module of Node's; a page's script has none.
STEMMER = "(() => {\nconst module = {};\n%s\nwindow.porter2 = module.exports;\n})();\n"


def script() -> str:
    """Both, MiniSearch as `MiniSearch` and the stemmer as `porter2`."""
    search = ensure_package("minisearch", HERE) / "dist" / "umd" / "index.js"
    stemmer = ensure_package("wink-porter2-stemmer", HERE) / "src" / "wink-porter2-stemmer.js"
    stem = stemmer.read_text("utf8")
    found = search.read_text("utf8").replace("//# sourceMappingURL=index.js.map", "")
    return f"{found.rstrip()}\n{STEMMER % stem.rstrip()}"


def licence() -> str:
    """The words under which both may be passed on."""
    package = ensure_package("minisearch", HERE)
    other = ensure_package("wink-porter2-stemmer", HERE)
    texts = [next(one.glob("LICENSE*")).read_text("utf8") for one in (package, other)]
    return "\n".join(texts)
