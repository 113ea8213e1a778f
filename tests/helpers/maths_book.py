"""A tiny Sphinx book for the tests of the maths: built by Sphinx alone, no Jupyter Book."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.helpers.alone import alone

SETTINGS = {
    "extensions": ["myst_parser", "_ext.katex", "_ext.notation"],
    "html_math_renderer": "katex",
    "myst_enable_extensions": ["dollarmath", "amsmath"],
    "html_theme": "basic",
    "root_doc": "index",
    "nitpicky": True,
    "latex_engine": "xelatex",
}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Built:
    """What a build left, and what it warned of."""

    out: Path
    warnings: str
    status: int
    rendered: int

    def page(self, name: str = "page") -> str:
        return (self.out / f"{name}.html").read_text("utf8")


def write(root: Path, **pages: str) -> Path:
    """Write pages; the first is the root and lists the others."""
    root.mkdir(parents=True, exist_ok=True)
    names = "\n".join(name for name in pages if name != "index")
    toctree = f"\n\n```{{toctree}}\n{names}\n```\n" if names else "\n"
    pages["index"] = pages.get("index", "# Index\n") + toctree
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text, "utf8")
    return root


def build(root: Path, builder: str = "html", workers: int = 1, **settings: object) -> Built:
    """Build a book, whose doctrees stay for the next build."""
    return alone(sphinx, root, builder, workers, {**SETTINGS, **settings})


def sphinx(root: Path, builder: str, workers: int, settings: dict[str, object]) -> Built:
    """Run Sphinx in this process, which it changes: see `alone`."""
    from _ext.katex import state

    warnings = io.StringIO()
    out, trees = root / "_build" / builder, root / "_build" / f"{builder}-trees"
    counted: list[int] = []
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            *(root, None, out, trees, builder, settings),
            status=None,
            warning=warnings,
            parallel=workers,
        )
        app.connect("build-finished", lambda a, _: counted.append(_rendered(state, a)), priority=1)
        app.build()
    text = COLOUR.sub("", warnings.getvalue())
    return Built(out, text.replace(f"{root}/", ""), app.statuscode, sum(counted))


def _rendered(state: object, app: Sphinx) -> int:
    known = state._renderers.get(app)  # type: ignore[attr-defined]
    return known.rendered_now if known else 0
