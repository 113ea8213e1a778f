"""The LaTeX builder of a book: a preface, parts, chapters, solutions, references."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.builders.latex.nodes import thebibliography
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.console import darkgreen
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from _ext.print import qr, title_page
from _ext.print.exercises import gather_solutions


class Part(nodes.General, nodes.Element):
    """Opens a part of the book; `caption` is its name."""


class MainMatter(nodes.General, nodes.Element):
    """Where the pages begin to be counted in arabic numerals."""


class PrintBuilder(LaTeXBuilder):
    """Keeps the parts of the table of contents, which Sphinx's own loses."""

    def assemble_doctree(
        self, indexfile: str, toctree_only: bool, appendices: list[str]
    ) -> nodes.document:
        self.docnames = {indexfile}
        root = self.env.get_doctree(indexfile)
        trees = list(root.findall(addnodes.toctree))
        for toctree in trees:
            toctree.parent.remove(toctree)
        book = new_document("book")
        book["docname"] = indexfile
        book += addnodes.start_of_file("", *root.children, docname=indexfile)
        book += MainMatter()
        for toctree in trees:
            if toctree.get("caption"):
                book += Part(caption=toctree["caption"])
            book += self._pages(indexfile, toctree)
        for node in book.findall():  # inlined pages still believe in their old parents
            for child in node.children:
                child.parent = node
        solutions = gather_solutions(book, self.env)
        if solutions is not None:
            book.insert(_before_references(book), solutions)
        self.env.resolve_references(book, indexfile, self)
        return book

    def _pages(self, indexfile: str, toctree: addnodes.toctree) -> list[nodes.Node]:
        holder = new_document("part")
        holder += toctree
        names: set[str] = set()
        pages = inline_all_toctrees(self, names, indexfile, holder, darkgreen, [indexfile])
        for page in list(pages.findall(addnodes.start_of_file)):
            if not _printed(self.env.metadata[page["docname"]]):
                page.parent.remove(page)
                names.discard(page["docname"])
        self.docnames = {*self.docnames, *names}
        return list(pages.children)

    def finish(self) -> None:
        super().finish()
        title_page.write(self)
        qr.write(self)


def _printed(metadata: dict[str, Any]) -> bool:
    """Whether the page's front matter keeps it out: `print: false`."""
    return str(metadata.get("print", True)).lower() != "false"


def _before_references(book: nodes.document) -> int:
    """The place of the page that holds the bibliography, or the end."""
    for index, child in enumerate(book.children):
        if isinstance(child, addnodes.start_of_file) and any(
            node.tagname == "bibliography" for node in child.findall(nodes.Element)
        ):
            return index
    return len(book)


class KeepBibliography(SphinxPostTransform):
    """Sphinx gathers the entries at the book's end; they belong to the page that lists them."""

    default_priority = 760  # right after Sphinx's transform
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for gathered in list(self.document.findall(thebibliography)):
            docname = next(gathered.findall(nodes.citation))["docname"]
            for file in self.document.findall(addnodes.start_of_file):
                if file["docname"] == docname:
                    gathered.parent.remove(gathered)
                    next(file.findall(nodes.section)).append(gathered)
                    break


def visit_part(self: Any, node: Part) -> None:
    self.body.append(f"\n\\ebmpart{{{self.encode(node['caption'])}}}\n")
    raise nodes.SkipNode


def visit_main(self: Any, node: MainMatter) -> None:
    self.body.append("\n\\ebmmainmatter\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Part, latex=(visit_part, None))
    app.add_node(MainMatter, latex=(visit_main, None))
    app.add_post_transform(KeepBibliography)
