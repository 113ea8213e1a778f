"""What belongs to no page of today leaves the output."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import BuildInfo

from _ext.shared.files import brought
from _ext.shared.kept import ByPage

TABLES = ByPage[list[str]]("page_tables")  # and functions that it puts into _static
FONTS = "katex"  # they depend on formulas alone, and take seconds to cut
ALWAYS = ("index", "search", "genindex")
MADE = ("cards", "data", "live", "small")  # of what is in _static
BROUGHT = ("_sources/", "_images/", "_downloads/", *(f"_static/{name}/" for name in MADE))


def _note(app: Sphinx, doctree: nodes.document) -> None:
    found = [node.get("facts") or {} for node in doctree.findall(nodes.Element)]
    files = [f"data/{file}" for facts in found for file, _ in facts.get("tables", ())]
    files += [f"live/{facts['name']}.js" for facts in found if "live" in facts]
    TABLES(app.env)[app.env.docname] = files


def _wanted(app: Sphinx) -> Iterator[str]:
    """The files of the pages, from the output's folder."""
    builder, env, config = app.builder, app.env, app.config
    for page in [*ALWAYS, *config.html_additional_pages]:
        yield f"{page}.html"
    for page in env.found_docs:
        yield f"{page}.html"
        yield f"{page}.ipynb"
        source = str(env.doc2path(page, False))
        yield f"_sources/{source}"
        yield f"_sources/{source}{config.html_sourcelink_suffix}"
    yield from brought(app)
    yield from (f"_static/{file}" for files in TABLES(env).values() for file in files)
    yield from (f"_images/{name}" for _, name in env.images.values())
    yield from (f"_images/{name}" for name in getattr(builder, "images", {}).values())
    yield from (f"_downloads/{name}" for _, name in env.dlfiles.values())


def _found(out: str) -> Iterator[str]:
    """The files that only a page or a feature brings, as paths."""
    for folder, _, names in os.walk(out):
        inside = os.path.relpath(folder, out)
        if f"{inside}/".startswith(BROUGHT):
            yield from (f"{folder}/{name}" for name in names)
        elif not f"{inside}/".startswith("_static/"):
            yield from (f"{folder}/{name}" for name in names if name.endswith((".html", ".ipynb")))


def _drop(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    wanted = {os.path.normpath(f"{app.outdir}/{name}") for name in _wanted(app)}
    folders: set[Path] = set()
    for path in map(Path, set(map(os.path.normpath, _found(str(app.outdir)))) - wanted):
        if path.is_file():
            path.unlink()
            folders |= {
                parent for parent in path.parents if parent != out and out in parent.parents
            }
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _static_anew(app: Sphinx) -> None:
    """Other settings bring other files, and Sphinx writes all pages again when they change."""
    build = app.builder
    if build.format != "html":
        return
    try:
        with Path(app.outdir, ".buildinfo").open(encoding="utf-8") as file:
            same = BuildInfo.load(file) == build.build_info  # type: ignore[attr-defined]
    except (OSError, ValueError):
        same = False
    for path in [] if same else list(Path(app.outdir, "_static").glob("*")):
        if path.name != FONTS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _redirect_anew(app: Sphinx) -> None:
    """sphinx-external-toc writes the redirect to the first page only where there is none."""
    if app.builder.format == "html" and app.config.root_doc != "index":
        Path(app.outdir, "index.html").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _static_anew, priority=1)  # before any file is put there
    app.connect("builder-inited", _redirect_anew)
    app.connect("doctree-read", _note, priority=10_000)
    TABLES.setup(app)
    app.connect("build-finished", _drop)
