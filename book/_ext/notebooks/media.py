"""Links, pictures and files of a page in a notebook: pictures travel in it, the rest is linked."""

from __future__ import annotations

import mimetypes
import posixpath
import re
from pathlib import Path

from docutils import nodes
from sphinx_markdown_builder.contexts import WrappedContext

from _ext.figures.picture import Picture
from _ext.figures.row import PictureLinks
from _ext.notebooks.png import FOLDER, png
from _ext.notebooks.tables import Tables

SCHEME = re.compile(r"[a-z][a-z+.-]*:")


class Media(Tables):
    """The part of the writer for what lies in files of its own.

    Attributes:
        attachments: the pictures of the words since the last cell, by name: mime type and content.
    """

    attachments: dict[str, tuple[str, bytes]]

    # Links ------------------------------------------------------------------------------------

    def visit_reference(self, node: nodes.Element) -> None:
        address = node.get("refuri", "")
        if not address and node.get("refid"):
            address = f"#{node['refid']}"
        self._link(address if SCHEME.match(address) else self._on_the_site(address))

    def depart_reference(self, node: nodes.Element) -> None:
        self._pop_context()
        self.links -= 1

    def visit_download_reference(self, node: nodes.Element) -> None:
        """The site's copy: its name is the builder's, under which no other file lies."""
        copied = f"{self.config.ebm_site.rstrip('/')}/_downloads/{node.get('filename', '')}"
        self._link(node.get("refuri") or copied)

    depart_download_reference = depart_reference

    def _link(self, address: str) -> None:
        self.links += 1
        whole = re.sub(r"[()\s<>]", lambda letter: f"%{ord(letter[0]):02X}", address)
        self._push_context(WrappedContext("[", f"]({whole})"))

    def _on_the_site(self, address: str) -> str:
        here = self.builder.get_target_uri(self.builder.current_docname)
        path, _, anchor = address.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        site = self.config.ebm_site.rstrip("/")
        return f"{site}/{path}" + (f"#{anchor}" if anchor else "")

    def visit_target(self, node: nodes.Element) -> None:
        """Anchors are of no use within a notebook: its links lead to the site."""

    # Pictures ---------------------------------------------------------------------------------

    def visit_figure(self, node: nodes.figure) -> None:
        self.ensure_eol(2)

    def visit_caption(self, node: nodes.caption) -> None:
        kind = "figure" if isinstance(node.parent, nodes.figure) else "code-block"
        self.ensure_eol(2)
        self.add(self.named(node.parent, kind), prefix_eol=2)

    def depart_caption(self, node: nodes.caption) -> None:
        self.ensure_eol(2)

    def visit_legend(self, node: nodes.legend) -> None:
        self.ensure_eol(2)

    def visit_image(self, node: nodes.image) -> None:
        """A file of the book; one of another host has been refused before.

        Raises:
            ValueError: if nobody knows what kind of picture it is.
        """
        name = posixpath.basename(node["uri"])  # the page shows the builder's copy by now
        copies = {copy: source for source, copy in self.builder.images.items()}
        path = Path(self.builder.srcdir, copies.get(name, node["uri"]))
        kind = mimetypes.guess_type(name)[0]
        if kind is None:
            raise ValueError(f"{path.name}: what kind of picture is this? Expected .png or .svg.")
        if path.suffix == ".svg":
            drawn = png(Path(self.builder.srcdir, FOLDER), path.read_text("utf8"))
            name, kind, content = f"{name}.png", "image/png", drawn
        else:
            content = path.read_bytes()
        apart = 2 if isinstance(node.parent, nodes.figure) else 0
        self._attach(name, kind, content, node.get("alt", ""), apart)
        raise nodes.SkipNode

    def visit_Picture(self, node: Picture) -> None:
        if not node.get("cell"):  # a diagram; a computed figure stands in its cell's output
            drawn = png(Path(self.builder.srcdir, FOLDER), node["svg"])
            self._attach(f"{node['name']}.png", "image/png", drawn, node["facts"]["alt"], 2)
        raise nodes.SkipNode

    def _attach(self, name: str, kind: str, content: bytes, alt: str, apart: int) -> None:
        name = name.replace(" ", "-")
        self.attachments[name] = kind, content
        words = re.sub(r"[\[\]\\$]", r"\\\g<0>", " ".join(alt.split()))
        self.add(f"![{words}](attachment:{name})", prefix_eol=apart, suffix_eol=apart)

    def visit_PictureLinks(self, node: PictureLinks) -> None:
        """Of these the notebook has one: where the figure moves."""
        if node.children:
            address = self._on_the_site(f"#{node.parent['ids'][0]}")
            self.add(f"[{node.astext()}]({address})", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode
