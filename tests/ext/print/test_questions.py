"""Questions in the print edition: empty boxes, and the answers among the solutions."""

from __future__ import annotations

import pytest

from tests.faults import tiny
from tests.faults.tiny import make, run, warm
from tests.helpers.printed import without_anchor
from tests.helpers.tiny import HEAD, cell
from tools.book import Book
from tools.build.sphinx_build import build

CELL = """from ebmlib.glue import answer

answer("tiny-more", "yes")
answer("tiny-count", 2, within=0.5)"""
PAGE = f"""{HEAD}(two)=
# Two

{cell(CELL)}```{{question}} tiny-more
Is $1 + 1$ more than *one*?
- {{no}} No.  *Count again.*
- {{yes}} Yes.
---
It is 2.
```

```{{question}} tiny-count
How much?
---
Two.
```
"""


@pytest.fixture(scope="module")
def latex(tmp_path_factory: pytest.TempPathFactory) -> str:
    warm()
    root = make(tmp_path_factory.mktemp("questions") / "book")
    (root / "two.md").write_text(PAGE, "utf8")
    told = tiny.build(root)
    assert told.code == 0, told.text
    out = root / "_build" / "work" / "latex"
    trees = out.with_name("latex-doctrees")
    told = run(lambda: build(Book(root), "latex", out, trees, {}) or 0)
    assert told.code == 0, told.text
    return (out / "book.tex").read_text("utf8")


def plain(latex: str) -> str:
    """Without the comments that name a line of the page."""
    return "\n".join(line for line in latex.splitlines() if not line.startswith("%@"))


@pytest.mark.slow
def test_a_question_has_empty_boxes_and_says_where_the_answer_is(latex: str) -> None:
    asked = plain(latex).partition("{Question 1}{}")[2].partition("\\end{ebmexercise}")[0]
    assert "than \\sphinxstyleemphasis{one}?" in asked
    boxes = [line for line in asked.splitlines() if line.startswith("\\ebmchoice")]
    assert boxes == ["\\ebmchoice{a}No.", "\\ebmchoice{b}Yes."]
    assert "\\ebmseesolution{two:answer-tiny-more}" in asked
    assert "It is 2" not in asked
    assert without_anchor(latex) == []


@pytest.mark.slow
def test_the_answers_stand_among_the_solutions(latex: str) -> None:
    solutions = plain(latex).partition("\\ebmsolutionsopen")[2]
    first = solutions.partition("{Question 1}{}{question:tiny-more}")[2]
    words = first.partition("\\end{ebmsolution}")[0]
    assert "\\textit{b}\\enspace" in words
    assert "It is 2." in words
    assert words.rstrip().endswith("\\noindent\\textit{a}\\enspace Count again.")
    assert "{Question 2}{}{question:tiny-count}" in solutions
