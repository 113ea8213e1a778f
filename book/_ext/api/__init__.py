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

from _ext.api import directives, pages
from _ext.api.entry import Source
from _ext.shared import assets


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    assets.serve(app, pages.STATIC)
    assets.load(app, "api.css")
    formats: dict[str, Any] = dict.fromkeys(("html", "latex", "text"), (pages.visit, pages.depart))
    app.add_node(Source, **formats)
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
