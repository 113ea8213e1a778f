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
from _ext.print.exercises import file_of, gather_solutions
from _ext.print.numbers import Numbers


class Part(nodes.General, nodes.Element):
    """Opens a part; `caption` is its name, `opened` whether a page of its own follows."""


class MainMatter(nodes.General, nodes.Element):
    """Where the pages begin to be counted in arabic numerals."""


class PrintBuilder(LaTeXBuilder):
    """Keeps the parts of the table of contents, which Sphinx's own loses.

    Of a volume it writes the pages that `ebm_volume` names, and the bibliography; it knows the
    other pages, too, so that what refers to them has its words and numbers.
    """

    def assemble_doctree(
        self, indexfile: str, toctree_only: bool, appendices: list[str]
    ) -> nodes.document:
        self.docnames = {indexfile}
        self.volume = set(self.config.ebm_volume.split("\n")) - {""}
        self.left_out: set[str] = {indexfile} if self.volume else set()
        self.held: list[str] = []  # what the title page says of a volume
        self.coded: set[str] = set()  # the pages that get a square code
        root = self.env.get_doctree(indexfile)
        trees = list(root.findall(addnodes.toctree))
        for toctree in trees:
            toctree.parent.remove(toctree)
        book = new_document("book")
        book["docname"] = indexfile
        if not self.volume:
            book += addnodes.start_of_file("", *root.children, docname=indexfile)
        book += MainMatter()
        before: list[nodes.Node] = []  # what stands before a part's caption opens the part
        for toctree in trees:
            pages = [*before, *self._pages(indexfile, toctree)]
            captioned = bool(toctree.get("caption"))
            if pages and captioned:
                book += Part(caption=toctree["caption"], opened=bool(before))
            book += pages if captioned or toctree is trees[-1] else []
            before = [] if captioned else pages
        _adopt(book)
        solutions = gather_solutions(book, self.env)
        if solutions is not None:
            book.insert(_before_references(book), solutions)
        self.env.resolve_references(book, indexfile, self)
        return book

    def holds(self, docname: str) -> bool:
        """Whether a link to this page finds it in the same PDF."""
        return docname in self.docnames and docname not in self.left_out

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
        if self.volume:
            _adopt(pages)
            self._leave_out(pages)
            self.held += self._words(pages, toctree, names)
        return list(pages.children)

    def _words(self, pages: nodes.Element, toctree: addnodes.toctree, names: set[str]) -> list[str]:
        """A part by its caption if all of it is here, else its chapters by number and title."""
        if toctree.get("caption") and names <= self.volume:
            return [toctree["caption"]]
        numbers = Numbers(self.env)
        chapters = [one for one in pages.children if isinstance(one, addnodes.start_of_file)]
        kept = [one["docname"] for one in chapters if one["docname"] in self.volume]
        titles = ((numbers.section(name, ""), self.env.titles[name].astext()) for name in kept)
        return [f"{number} {title}".strip() for number, title in titles]

    def _leave_out(self, pages: nodes.Element) -> None:
        """Keep a volume's pages and the bibliography; what stands below another moves up."""
        for page in list(pages.findall(addnodes.start_of_file)):
            name = page["docname"]
            if name not in self.volume and not _lists_sources(page):
                self.left_out.add(name)
                below = [one for one in page.findall(addnodes.start_of_file) if one is not page]
                page.parent.replace(page, [one for one in below if file_of(one.parent) is page])

    def finish(self) -> None:
        super().finish()
        title_page.write(self)
        qr.write(self)


def _printed(metadata: dict[str, Any]) -> bool:
    """Whether the page's front matter keeps it out: `print: false`."""
    return str(metadata.get("print", True)).lower() != "false"


def _lists_sources(page: addnodes.start_of_file) -> bool:
    """Whether the page itself, not one below it, holds the bibliography."""
    found = (node for node in page.findall(nodes.Element) if node.tagname == "bibliography")
    return any(file_of(node) is page for node in found)


def _adopt(tree: nodes.Element) -> None:
    """Inlined pages still believe in their old parents."""
    for node in tree.findall():
        for child in node.children:
            child.parent = node


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
    opened = "opened" if node["opened"] else ""
    self.body.append(f"\n\\ebmpart{opened}{{{self.encode(node['caption'])}}}\n")
    raise nodes.SkipNode


def visit_main(self: Any, node: MainMatter) -> None:
    self.body.append("\n\\ebmmainmatter\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Part, latex=(visit_part, None))
    app.add_node(MainMatter, latex=(visit_main, None))
    app.add_post_transform(KeepBibliography)
