"""Tables as nodes, made from their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes

Cell = Sequence[nodes.Node]


def row(cells: Sequence[Cell]) -> nodes.row:
    """A row; words and links are put into a paragraph, a cell of blocks is taken as it is."""
    return nodes.row("", *(nodes.entry("", *_blocks(cell)) for cell in cells))


def table(columns: Mapping[str, int], rows: Sequence[nodes.row], *classes: str) -> nodes.table:
    """A table.

    Args:
        columns: what stands over each column, and its share of the width.
        rows: as `row` makes them.
        classes: of the table.
    """
    group = nodes.tgroup("", cols=len(columns))
    group += [nodes.colspec("", colwidth=width) for width in columns.values()]
    group += nodes.thead("", row([[nodes.Text(name)] for name in columns]))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=[*classes])


def _blocks(cell: Cell) -> Cell:
    words = not cell or any(isinstance(node, nodes.Text | nodes.Inline) for node in cell)
    return [nodes.paragraph("", "", *cell)] if words else cell
