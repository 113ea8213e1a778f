"""A page that moved leaves a small one at its old address, which leads on to the new one.

`book/moved.yml` lists them. With JavaScript the part of the page that was asked for (`#section`) is
asked for again; a refresh alone would lose it, so that it stands where there is no JavaScript.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, cast

import yaml
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from _ext.shared import assets, files
from _ext.theme.policy import META

STATIC = Path(__file__).with_name("static")
LIST = "book/moved.yml"
PAGE = """<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8"/>
    {policy}
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="dark light"/>
    <title>{title}</title>
    <link rel="canonical" href="{to}"/>
    <noscript><meta http-equiv="refresh" content="0; url={to}"/></noscript>
    <script src="{script}" defer></script>
  </head>
  <body>
    <main>
      <h1>This page has moved</h1>
      <p>Go on to <a href="{to}">{title}</a>.</p>
    </main>
  </body>
</html>
"""
log = logging.getLogger(__name__)


def _list(app: Sphinx) -> dict[str, str]:
    """Old docname -> new docname; `tools/build/checks/moved.py` has looked through it."""
    path = Path(app.srcdir, LIST)
    return (yaml.safe_load(path.read_text(encoding="utf8")) or {}) if path.is_file() else {}


def _place(app: Sphinx, old: str) -> str:
    """File and line of an old page."""
    path = Path(app.srcdir, LIST)
    lines = path.read_text(encoding="utf8").splitlines()
    return f"{path}:{next((n for n, line in enumerate(lines, 1) if line.startswith(old)), 1)}"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    build = cast("StandaloneHTMLBuilder", app.builder)
    for old, new in _list(app).items():
        if old in app.env.found_docs or new not in app.env.found_docs:
            words = "%s does not lead from an old page to one of today: %s"
            log.warning(words, old, new, location=_place(app, old))
            continue
        depth = old.count("/")
        text = PAGE.format(
            language=escape(app.config.language or "en"),
            policy=META,
            title=escape(app.env.titles[new].astext()),
            to=escape(build.get_relative_uri(old, new)),
            script=f"{'../' * depth}_static/moved.js",
        )
        files.bring(app, f"{old}.html", text)


def setup(app: Sphinx) -> dict[str, Any]:
    assets.serve(app, STATIC)
    app.connect("build-finished", _write, priority=400)  # before what is of no page leaves
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
