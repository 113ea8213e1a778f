"""The stylesheet is told first and alone; what it makes old is one fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.checks import page, told
from tools.book import Book
from tools.build.checks import stylesheet
from tools.diagrams import digest

SHEET = """\\definecolor{blue}{HTML}{0764EC}
\\definecolor{blue-dark}{HTML}{9DB9F9}
\\definecolor{ground}{HTML}{FFFFFF}
\\definecolor{ground-dark}{HTML}{121212}
\\newcommand{\\eF}{F}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0764EC", "0764E", "1: 'blue' has 5 hexadecimal digits, 6 are needed"),
        ("0764EC", "0764eg", "1: 'blue' needs 6 capital hexadecimal digits. Got 0764eg"),
        ("0764EC", "9DB9F9", "1: 'blue' on 'ground' has a contrast of 1.96:1, and 4.5:1 is needed"),
        (
            "{ground}",
            "{sky}{HTML}{0764EC}\n\\definecolor{ground}",
            "3: 'sky' has the hex of 'blue'",
        ),
        ("9DB9F9", "202050", "2: 'blue-dark' on 'ground-dark' has a contrast of"),
        ("{F}\n", "{F}\n\\newcommand{\\eF}{G}\n", "6: \\eF is defined in line 5 already"),
    ],
)
def test_the_stylesheet_is_told_first_and_alone(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    page(tmp_path, "A $ here.")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "maths-preamble.tex").write_text(SHEET.replace(old, new))
    found = told(tmp_path)
    assert found[0].startswith(f"book/maths-preamble.tex:{said}"), found
    assert len(found) == 1


def test_diagrams_older_than_the_colours_are_one_fault(tmp_path: Path) -> None:
    page(tmp_path, "Words.")
    folder = tmp_path / "book" / "diagrams"
    folder.mkdir(parents=True)
    (folder.parent / "maths-preamble.tex").write_text(SHEET)
    (folder / "ebm.tikz.tex").touch()
    for name in ("one", "two"):
        (folder / f"{name}.tex").touch()
        made = digest(name, folder, folder.parent / "maths-preamble.tex")
        stated = f'<!-- ebm {{"hash": "{made}", "palette": {{"#0000ff": "blue"}}}} -->'
        (folder / f"{name}.svg").write_text(f"<svg>\n{stated}</svg>")
    words = "2 diagrams are older than the colours here"
    cause = f"{words}: run nox -s diagrams (no TeX is needed)"
    assert told(tmp_path) == [f"book/maths-preamble.tex:1: {cause}"]


def test_a_sheet_of_other_things_is_no_fault(tmp_path: Path) -> None:
    page(tmp_path, "Words.")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "maths-preamble.tex").write_text(SHEET + "% \\newcommand{\\eF}{G}\n")
    assert list(stylesheet.check(Book(tmp_path))) == []
