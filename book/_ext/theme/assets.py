"""Which files a page loads, and which of the site's files nobody loads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.shared.files import put
from _ext.theme.fonts import letters

FOLDER = Path(__file__).with_name("static")
SCRIPT = "theme/theme.js"
STYLES = "theme/theme.css"
# Of the themes and of extensions that Jupyter Book always loads: ours stands in their place.
REPLACED = (
    "pygments.css", "basic.css", "styles/theme.css", "styles/bootstrap.css",
    "styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "mystnb.*css",
    "togglebutton.*", "copybutton*", "clipboard.min.js", "exercise.css", "sphinx-thebe.*",
    "scripts/*.js", "design-tabs.js",
)  # fmt: skip
SEARCHING = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")
WHERE_USED = {"sphinx-design*.css": "sd-"}
UNUSED = (
    *REPLACED, "scripts", "styles", "locales", "vendor", "images", "webpack-macros.html",
    "sbt-webpack-macros.html", "*.map", "file.png", "minus.png", "plus.png", "play-solid.svg",
    "copy-button.svg", "check-solid.svg",
)  # fmt: skip


def write(app: Sphinx) -> None:
    """Put our files into the site's `_static` before any page names them."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static", "theme")
    for asset in (*FOLDER.glob("*.js"), *FOLDER.glob("*.svg")):
        put(static / asset.name, asset.read_bytes())
    # One request: the parts stand in the order of their names.
    styles = b"".join(part.read_bytes() for part in sorted(FOLDER.glob("css/*.css")))
    put(static / "theme.css", styles)
    for name, path in letters().items():
        put(static / "fonts" / name, path.read_bytes())
    app.add_css_file(STYLES, priority=800)  # after what it dresses
    app.add_js_file(SCRIPT, priority=150, loading_method="defer")


def choose(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave a page the files that it uses; no script stands in the page itself."""
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind] = [
            file for file in context.get(kind, []) if _wanted(_name(file), pagename, body)
        ]


def _name(file: Any) -> str:
    name = getattr(file, "filename", file)
    return re.sub(r"^_static/|\?.*$", "", str(name)) if name else ""


def _wanted(name: str, pagename: str, body: str) -> bool:
    if not name or _matches(name, REPLACED):
        return False
    if name in SEARCHING:
        return pagename == "search"
    marks = [mark for pattern, mark in WHERE_USED.items() if fnmatch(name, pattern)]
    return all(mark in body for mark in marks)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def remove_unused(app: Sphinx, exception: Exception | None) -> None:
    """Drop what the themes put into `_static` and no page of ours loads."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for path in [*static.iterdir(), *static.glob("*/*.map")]:
        if _matches(path.name, UNUSED):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
