"""Templates are compiled once, and the ones that our layout does not use are not rendered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx

# pydata-sphinx-theme renders each of these on each page to see whether it is empty.
UNUSED = (
    "sidebars", "theme_primary_sidebar_end", "theme_secondary_sidebar_items",
    *(f"theme_navbar_{part}" for part in ("start", "center", "persistent", "end")),
    *(f"theme_article_header_{part}" for part in ("start", "end")),
    "theme_article_footer_items", "theme_content_footer_items",
    *(f"theme_footer_{part}" for part in ("start", "center", "end")),
)  # fmt: skip


def _keep_compiled(app: Sphinx) -> None:
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if environment is not None:
        folder = Path(app.doctreedir, "templates")
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _empty(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    context.update({name: [] for name in UNUSED})


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _keep_compiled)
    app.connect("html-page-context", _empty, priority=1)
