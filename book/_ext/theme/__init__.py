"""The look of the site: a theme of our own, one stylesheet, one script.

It stands on Sphinx's `basic`. A page has no inline script, no `onclick=`, asks nothing of another
origin, and its policy (policy.py) forbids them. Without JavaScript all of it can be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.theme import (
    assets,
    cards,
    cells,
    citations,
    favicon,
    folds,
    lines,
    page,
    policy,
    quiet,
    start,
    tables,
)  # fmt: skip

NAME = "energy_book"
FOLDER = Path(__file__).resolve().parent / "templates"
WORDS = {
    "nb_code_prompt_show": "Show the {type}",
    "nb_code_prompt_hide": "Hide the {type}",
    "html_permalinks_icon": "#",
    "html_domain_indices": False,  # the library's page lists its modules; nothing led here
}


def _configure(app: Sphinx, config: Config) -> None:
    config.html_theme = NAME  # Jupyter Book would set its own
    config.html_additional_pages.setdefault("404", "404.html")  # hosts show it for a wrong address
    given = {*config._raw_config, *config.overrides}  # Jupyter Book hands over overrides
    for name, value in WORDS.items():
        if name not in given:
            setattr(config, name, value)


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    app.connect("config-inited", _configure, priority=100)
    app.connect("config-inited", cards.configure, priority=100)
    app.connect("config-inited", quiet.silence, priority=100)
    app.add_html_theme(NAME, str(FOLDER))
    app.connect("builder-inited", assets.write)
    app.connect("builder-inited", cards.write)
    app.connect("builder-inited", favicon.write)
    app.connect("html-page-context", page.fill, priority=900)
    app.connect("html-page-context", assets.choose, priority=950)
    app.connect("html-page-context", policy.put, priority=960)
    app.connect("build-finished", assets.remove_strangers, priority=950)
    cells.setup(app)
    citations.setup(app)
    folds.setup(app)
    lines.setup(app)
    start.setup(app)
    tables.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
