"""Tables of a page in a notebook: what its cells say, its caption and number, and its bars."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx_markdown_builder.contexts import SubContext, TableContext

from _ext.notebooks.blocks import APART, Blocks

# What a cell of Markdown's tables can say, if need be in lines of one cell.
CELLED = (
    *(nodes.paragraph, nodes.math_block, nodes.literal_block, nodes.bullet_list, nodes.list_item),
    *(nodes.enumerated_list, nodes.Inline, nodes.Text, nodes.image, nodes.target, nodes.comment),
)
ALIGNED = {"text-left": ":---", "text-center": ":---:", "text-right": "---:"}


class Table(TableContext):  # type: ignore[misc]
    """A table whose cells say what the page says: the builder's own would write 0.50 as 0.5."""

    def __init__(self) -> None:
        super().__init__(params=APART)
        self.rules: list[str] = []

    def make(self) -> str:
        rows = [self.made(row) for row in [*self.headers, *self.body]]
        if not self.headers:  # Markdown asks for a head even where there is none
            rows.insert(0, [""] * len(rows[0]))
        head, *body = (" | ".join(row) for row in rows)
        return "\n".join(f"| {row} |" for row in [head, " | ".join(self.rules), *body])

    @staticmethod
    def made(row: list[list[str]]) -> list[str]:
        texts = ("".join(entries).strip() for entries in row)
        return [re.sub(r"\n+", "<br>", text).replace("|", r"\|") for text in texts]


class Tables(Blocks):
    """The part of the writer for tables."""

    def visit_table(self, node: nodes.table) -> None:
        """A caption is no part of a table of Markdown: it stands over it.

        Raises:
            ValueError: if a cell holds what no cell of Markdown can say.
        """
        caption = node.next_node(nodes.title)
        if caption is not None and caption.parent is node:
            self.add(self.named(node, "table"), prefix_eol=2)
            self._push_context(SubContext())
            for child in caption.children:
                child.walkabout(self)
            self._pop_context()
            self.ensure_eol(2)
            node.remove(caption)
        for entry in node.findall(nodes.entry):
            _celled(entry)
        self.tables += 1
        table = Table()
        entries = list(next(node.findall(nodes.row)).findall(nodes.entry))
        table.rules = [_rule(entry) for entry in entries]
        self._push_context(table)

    def depart_table(self, node: nodes.table) -> None:
        self._pop_context()
        self.tables -= 1


def _rule(entry: nodes.entry) -> str:
    return next((ALIGNED[one] for one in entry["classes"] if one in ALIGNED), "---")


def _celled(entry: nodes.entry) -> None:
    if entry.get("morecols") or entry.get("morerows"):
        raise ValueError("a notebook's table has no cell over several columns or rows.")
    for node in entry.findall():
        if node is not entry and not isinstance(node, CELLED):
            raise ValueError(
                "a cell of a table in a notebook holds words, lists, code and formulas."
                f" Got: {node.__class__.__name__}."
            )
