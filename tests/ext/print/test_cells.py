"""Where a cell may break on paper, and what must find room with its first line."""

from _ext.print.cells import LEAST, LONG, breaks


def block(*lengths: int, indent: str = "") -> str:
    """Parts of so many lines, with blank lines between them."""
    return "\n\n".join("\n".join([f"{indent}x = 1"] * length) for length in lengths)


def test_a_cell_breaks_after_its_blank_lines() -> None:
    assert breaks(block(5, 5, 5)) == [6, 12]


def test_a_cell_without_a_blank_line_is_kept_whole() -> None:
    assert breaks(block(LONG)) == []


def test_no_part_of_less_than_four_lines_stands_alone() -> None:
    assert breaks(block(2, 6)) == []
    assert breaks(block(6, 3)) == []
    assert breaks(block(LEAST - 1, LEAST)) == [LEAST]


def test_a_long_part_breaks_before_a_statement() -> None:
    loop = "for k in range(9):\n" + block(6, indent="    ")
    cell = "\n".join([loop, loop, loop])
    assert len(cell.split("\n")) == 21
    assert breaks(cell) == [7, 14]


def test_a_long_statement_breaks_anywhere_but_near_its_ends() -> None:
    body = "def f():\n" + block(19, indent="    ")
    assert breaks(body) == list(range(4, 17))
    lines = body.split("\n")
    lines[9] = ""
    assert all(lines[k].strip() for k in breaks("\n".join(lines)) if k < len(lines))
