"""The picture in a figure, and how each kind of output shows it."""

from __future__ import annotations

import base64
import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from _ext.figures import data, letters, stack, svg
from _ext.live import files as live_files
from _ext.live import html as live_html
from _ext.shared import assets, files
from _ext.shared.repository import file_address, lines_address
from _ext.shared.source import lines_of

EDGES = 347.0  # points, for a panel that reaches towards both edges of a phone; else it scrolls


class Picture(nodes.General, nodes.Element):
    """Attributes: name, svg, facts; pdf (base64) and cell, or the path of a diagram's tex."""


def visit_html(self: Any, node: Picture) -> None:
    """Put the drawing into the page, in its theme's colours, and its tables beside the page."""
    facts, name = node["facts"], node["name"]
    data.write(Path(self.builder.outdir, data.FOLDER), facts)
    if "live" in facts:
        _put_live(self, node)
        raise nodes.SkipNode
    film = facts.get("film")
    raw = film["svg"] if film else node["svg"]
    colours = (facts.get("palette", {}), facts.get("rasters"), facts.get("mixes"))
    drawing = svg.inline(raw, name, facts["alt"], *colours)
    if film:
        drawing = svg.framed(drawing, name, len(film["words"]) - 1)
    panels = {} if film else facts.get("panels", {})
    drawing, box = stack.stacked(drawing, name, panels, svg.size(raw))
    picture = f"<div {box}{'' if panels else _room(svg.size(raw)[0])}>{drawing}</div>\n"
    self.body.append(_film(picture, film) if film else picture)


def _room(width: float) -> str:
    """What one panel that is too wide for a phone does there."""
    if width > EDGES:
        return ' tabindex="0" role="group" aria-label="figure, scrolls sideways"'
    return ' data-edges=""' if width > stack.PHONE else ""


def _put_live(self: Any, node: Picture) -> None:
    """A figure that the reader moves: a drawing a panel, its controls, its function beside."""
    facts, name = node["facts"], node["name"]
    live = facts["live"]
    sheets = [
        svg.inline(
            *(one["svg"], f"{name}-{k}", facts["alt"]),
            *(one["palette"], one["rasters"], one["mixes"]),
        )
        for k, one in enumerate(live["sheets"])
    ]
    formulas = {child.astext(): _written(self, child) for child in node.findall(nodes.math)}
    made = live_html.figure(name, facts["alt"], sheets, live, formulas.__getitem__)
    self.body.append(made)
    live_files.write(Path(self.builder.outdir), name, live)


def _written(self: Any, node: nodes.math) -> str:
    """A formula as this builder's own renderer of maths writes it."""
    before, self.body = self.body, []
    node.walkabout(self)
    made, self.body = "".join(self.body), before
    return made


def _film(picture: str, film: dict[str, Any]) -> str:
    """A picture with what film.js needs to move it; without scripts its last frame stands."""
    words = escape(json.dumps(film["words"]))
    return (
        f'<div class="ebm-film" data-words="{words}" data-seconds="{film["seconds"]:g}">{picture}'
        "</div>\n"
    )


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Only pages that show a film or a live figure load the scripts that move it."""
    shown = [] if doctree is None else [one["facts"] for one in doctree.findall(Picture)]
    if any("film" in facts for facts in shown):
        assets.load(app, "film.js")
    if moved := [facts["live"] for facts in shown if "live" in facts]:
        live_files.load(app, moved)


def share_letters(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """All drawings of a page take a letter from the first one that has it."""
    if "body" in context:
        context["body"] = letters.shared(context["body"])


def links(builder: Any, docname: str, node: Picture) -> list[tuple[str, str]]:
    """What stands under the caption: (address, text)."""
    facts, config = node["facts"], builder.config
    here = builder.get_target_uri(docname)
    found = [(relative_uri(here, to), words) for to, words in data.addresses(facts)]
    if "live" in facts:
        found.append((relative_uri(here, live_files.address(node["name"])), "the function"))
    root, up = Path(builder.srcdir), "../" * here.count("/")
    if "tex" in node:
        found.append((file_address(config, up, node["tex"]), "source"))
        return found
    page = Path(builder.env.doc2path(docname)).relative_to(root).as_posix()
    found.append((lines_address(config, up, page, *node["cell"]), "source"))
    for one in facts.get("source", []):
        lines = lines_of(root, one["module"], one["function"])
        if lines is not None:
            found.append((lines_address(config, up, *lines), one["function"] + "()"))
    return found


def visit_latex(self: Any, node: Picture) -> None:
    """The vector PDF, or the print edition's own figure of that name, which reads the tables."""
    name, out = node["name"], Path(self.builder.outdir)
    room = Path(self.builder.srcdir)
    own = room / (node.get("tex") or f"{self.builder.config.ebm_print}/{name}.tex")
    data.write(out / "data", node["facts"])
    if own.is_file():
        files.write(out / f"figure-{name}.tex", own.read_text(encoding="utf-8"))
        self.body.append(f"\n\\input{{figure-{name}.tex}}\n")
    else:
        (out / f"figure-{name}.pdf").write_bytes(base64.b64decode(node["pdf"]))
        inches = svg.size(node["svg"])[0] / 72
        size = f"width={{\\ifdim{inches:.3f}in>\\linewidth\\linewidth\\else{inches:.3f}in\\fi}}"
        self.body.append(f"\n\\includegraphics[{size}]{{figure-{name}.pdf}}\n")
    raise nodes.SkipNode  # the labels of a live figure's controls are not printed


def visit_text(self: Any, node: Picture) -> None:
    self.add_text(f"[{node['facts']['alt']}]")
    raise nodes.SkipNode


def nothing(self: Any, node: nodes.Element) -> None:
    """Other formats, and the end of an element."""


def skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_script)
    app.connect("html-page-context", share_letters)
    app.add_node(
        Picture,
        html=(visit_html, nothing),
        latex=(visit_latex, nothing),
        text=(visit_text, nothing),
        man=(skip, nothing),
        texinfo=(skip, nothing),
    )
