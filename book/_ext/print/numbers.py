"""The numbers of the web edition: they are written into the LaTeX, never counted anew."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element
from sphinx.environment import BuildEnvironment


class Numbers:
    """Reads what Sphinx gave to sections, figures, exercises and equations."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.sections = env.toc_secnumbers
        self.figures = env.toc_fignumbers
        self.equations = env.get_domain("math").data["objects"]  # label: page and number

    def section(self, docname: str, anchor: str) -> str:
        return _dotted(self.sections.get(docname, {}).get(anchor))

    def of_heading(self, docname: str, section: Element, first: bool) -> str:
        """A page's own heading is known without an anchor."""
        if first:
            return self.section(docname, "")
        found = [self.section(docname, f"#{one}") for one in section["ids"]]
        return next((number for number in found if number), "")

    @staticmethod
    def is_page(section: Element) -> bool:
        """Whether this section's heading is that of a whole page."""
        return not isinstance(section.parent, nodes.section)

    def figure(self, docname: str, kind: str, node: Element) -> str:
        numbers = self.figures.get(docname, {}).get(kind, {})
        return next((_dotted(numbers[one]) for one in node["ids"] if one in numbers), "")

    def equation(self, node: Element) -> str:
        """As the web edition says it: by chapter where figures are numbered so."""
        if not node.get("number"):
            return ""
        number = self.figure(node["docname"], "displaymath", node)
        return number or str(node["number"])

    def of_equation(self, docname: str, label: str) -> str:
        """An equation's, by its label, for a page that does not hold it."""
        numbers = self.figures.get(docname, {}).get("displaymath", {})
        return _dotted(numbers.get(f"equation-{label}")) or str(self.equations[label][1])

    def anywhere(self, docname: str, anchor: str) -> str:
        """The number of whatever has this id on that page."""
        for numbers in self.figures.get(docname, {}).values():
            if anchor in numbers:
                return _dotted(numbers[anchor])
        return self.section(docname, f"#{anchor}" if anchor else "")


def _dotted(number: tuple[int, ...] | None) -> str:
    return ".".join(map(str, number or ()))
