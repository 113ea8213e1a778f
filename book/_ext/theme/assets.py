"""Which files a page loads, and which of the site's files nobody loads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.shared.assets import load, ours
from _ext.shared.files import put
from _ext.theme.fonts import letters

FOLDER = Path(__file__).with_name("static")
SCRIPT = "theme/theme.js"
COPY = "theme/copy.js"
STYLES = "theme/theme.css"
# Of what others bring, and where a page loads it; all else is ours or is left out.
WHERE_USED = {"sphinx-design.min.css": "sd-"}


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
    load(app, STYLES, priority=800)  # after what it dresses
    load(app, SCRIPT, priority=150)
    load(app, COPY, priority=151)


def choose(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave a page the files that it uses; no script stands in the page itself."""
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context.get(kind, []) if _wanted(app, _name(file), body)]


def _name(file: Any) -> str:
    name = getattr(file, "filename", file)
    return re.sub(r"^_static/|\?.*$", "", str(name)) if name else ""


def _wanted(app: Sphinx, name: str, body: str) -> bool:
    if name in WHERE_USED:
        return WHERE_USED[name] in body
    return name in ours(app)


def remove_strangers(app: Sphinx, exception: Exception | None) -> None:
    """Drop what others put into `_static` and no page of ours loads."""
    if exception or app.builder.format != "html":
        return
    kept = {*WHERE_USED, *ours(app)}
    for path in Path(app.outdir, "_static").iterdir():
        if path.is_file() and path.name not in kept:
            path.unlink()
