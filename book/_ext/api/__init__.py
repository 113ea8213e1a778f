"""Reference pages of the library, from its docstrings.

    ```{api} ebmlib.infer ebmlib.soft      the entries of a package's modules, or of a module
    ```{api-modules}                       a table of all modules

An entry links to the page that derives it (`Derived on:` in its docstring) and to its lines in
the repository; that page links back, under its last section. Every module of the library must
stand on some page. `{py:func}` and its like lead here.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.api import directives, pages
from _ext.api.entry import Source


def _assets(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(pages.STATIC))


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    app.connect("config-inited", _assets)
    app.add_css_file("api.css")
    app.add_node(Source, **dict.fromkeys(("html", "latex", "text"), (pages.visit, pages.depart)))
    app.add_directive("api", directives.Api)
    app.add_directive("api-modules", directives.Modules)
    app.connect("builder-inited", directives.read_library)
    app.connect("env-get-outdated", directives.outdated)
    directives.NAMED.setup(app)
    app.connect("env-purge-doc", directives.forget)
    app.connect("env-merge-info", directives.merge)
    app.connect("env-updated", pages.affected)
    app.connect("env-check-consistency", pages.check)
    app.connect("doctree-resolved", pages.add_links)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
