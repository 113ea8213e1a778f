"""What a page says of itself."""

import pytest

from _ext.shared.pages import code, front_matter, reads

CELL = "```{code-cell} ipython3\n%s```\n"


def test_front_matter() -> None:
    assert front_matter("---\nprint: false\n---\n# One\n") == {"print": False}
    assert front_matter("# One\n---\nprint: false\n---\n") == {}
    assert front_matter("---\n---\n# One\n") == {}


@pytest.mark.parametrize(
    ("head", "found"),
    [("ebm: {reads: [a-b, c]}", ["a-b", "c"]), ("ebm: {reads:}", []), ("print: false", [])],
)
def test_the_tables_that_a_page_reads(head: str, found: list[str]) -> None:
    assert reads(f"---\n{head}\n---\n# One\n") == found


def test_code_is_what_stands_in_the_cells() -> None:
    page = CELL % ":tags: [hide-input]\n\nx = 1\n" + "x = 2\n" + CELL % "x = 3\n"
    assert code(page).split() == ["x", "=", "1", "x", "=", "3"]


def test_a_page_without_cells_has_no_code() -> None:
    assert code("# One\n\n```python\nx = 1\n```\n") == ""
