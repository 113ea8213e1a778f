"""What a build keeps at hand: its stylesheet, its renderer, the pages whose maths failed."""

from __future__ import annotations

import re
from pathlib import Path
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from _ext.katex.renderer import Rendered, Renderer
from _ext.shared.npm import InstallError
from _ext.stylesheet.model import Stylesheet

_sheets: WeakKeyDictionary[Sphinx, Stylesheet] = WeakKeyDictionary()
_renderers: WeakKeyDictionary[Sphinx, Renderer] = WeakKeyDictionary()
_failed: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()

# KaTeX would number these by itself; Sphinx does.
NUMBERING = re.compile(r"\\(begin|end)\{(equation|align|gather|alignat|multline)\}")


def remember(app: Sphinx, sheet: Stylesheet) -> None:
    """Keep the stylesheet of this build."""
    _sheets[app] = sheet


def stylesheet(app: Sphinx) -> Stylesheet:
    """The stylesheet of this build."""
    return _sheets[app]


def renderer(app: Sphinx) -> Renderer:
    """The renderer of this build; Node starts when the first new formula is met."""
    if app not in _renderers:
        try:
            _renderers[app] = Renderer(stylesheet(app), Path(app.doctreedir, "maths.json"))
        except InstallError as error:
            raise ExtensionError(str(error)) from error
    return _renderers[app]


def forget(app: Sphinx) -> Renderer | None:
    """Let go of the renderer at the end of a build."""
    return _renderers.pop(app, None)


def failed(app: Sphinx) -> set[str]:
    """The pages of this build whose maths failed."""
    return _failed.setdefault(app, set())


def render(app: Sphinx, node: nodes.Element) -> Rendered:
    """Render a maths node; its page's turn has mostly put it into memory already."""
    return renderer(app)(*formula(node))


def formula(node: nodes.Element) -> tuple[str, bool]:
    """The TeX of a maths node as KaTeX reads it, and whether it is displayed."""
    if isinstance(node, nodes.math_block):
        return displayed(source(node)), True
    return source(node), False


def displayed(text: str) -> str:
    """The TeX of a display block as LaTeX's writer of Sphinx would wrap it."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    if len(parts) > 1:
        inside = "\\\\\n".join(parts)
        return f"\\begin{{aligned}}{inside}\\end{{aligned}}"
    tex = NUMBERING.sub(r"\\\1{\2*}", "".join(parts))
    alone = tex.startswith(r"\begin{") and "*}" in tex[:20]  # stands for itself already
    return f"\\begin{{split}}{tex}\\end{{split}}" if r"\\" in tex and not alone else tex


def source(node: nodes.Element) -> str:
    """The TeX of a maths node as it was written."""
    return "".join(child.astext() for child in node.children)
