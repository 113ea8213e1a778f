"""A feature's own files for the browser: what is not one of ours, no page loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config

_ours: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()


def ours(app: Sphinx) -> set[str]:
    """The names in `_static` of all that our features bring."""
    return _ours.setdefault(app, set())


def serve(app: Sphinx, folder: Path) -> None:
    """Have Sphinx copy a feature's static folder into `_static`."""

    def append(app: Sphinx, config: Config) -> None:
        config.html_static_path.append(str(folder))

    ours(app).update(path.name for path in folder.iterdir())
    app.connect("config-inited", append)


def load(app: Sphinx, name: str, **options: Any) -> None:
    """Have pages load a script (deferred) or a style: all, or one if its page is being made."""
    ours(app).add(name)
    if name.endswith(".css"):
        app.add_css_file(name, **options)
    else:
        app.add_js_file(name, **{"loading_method": "defer", **options})
