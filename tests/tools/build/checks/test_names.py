"""A name has one owner, and both places are told; a title has its label."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.checks import PLACE, SHOW, told
from tests.helpers.tiny import EXERCISE, HEAD, cell, make_book
from tools.book import Book
from tools.build.checks import names
from tools.build.checks.named import Facts


def two(root: Path, one: str, other: str) -> list[str]:
    make_book(root, one=HEAD + one, other=HEAD + other)
    return told(root)


ASK = "```{question} a-way\nWhich?\n---\nThis.\n```\n\n"
ANSWER = cell("answer('a-way', 'up')")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cell(SHOW) + PLACE, "figure 'a-page-x' is already shown by one.md:10: choose another"),
        (cell('glue("a-value", 1)'), "glue key 'a-value' is already glued by one.md:8: choose"),
        ("(a-place)=\n## Place\n", "the label 'a-place' is already that of one.md:7: choose"),
        ("$$ x $$ (eq-a)\n", "the label 'eq-a' is already that of one.md:7: choose"),
        (EXERCISE, "the label 'ex-one' is already that of one.md:8: choose"),
        (ASK + ANSWER, "question 'a-way' is already that of one.md:14: choose another name"),
        ("```{glossary}\nmodel\n  A.\n```\n", "the term 'model' is already explained by one.md:8"),
    ],
)  # fmt: skip
def test_a_name_has_one_owner(tmp_path: Path, text: str, said: str) -> None:
    found = two(tmp_path, text, "Words.\n\n" + text)
    line = int(said.partition(".md:")[2].partition(":")[0]) + 2
    assert found[0].startswith(f"other.md:{line}: {said}"), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ASK + ANSWER, ""),
        (ASK, "one.md:7: no cell of this page answers the question 'a-way'"),
        (ASK + ANSWER.replace("a-w", "a-m"), "answers the question 'a-way': did you mean 'a-may'?"),
        (ANSWER, "one.md:8: no question of this page is 'a-way'"),
        (ASK + ASK + ANSWER, "one.md:13: the question 'a-way' stands in line 7 already"),
        (ASK + ANSWER + cell("glue('a-way', 1)"), "'a-way' is a glued value, too: choose another"),
    ],
)
def test_a_question_and_its_answer_meet(tmp_path: Path, text: str, said: str) -> None:
    make_book(tmp_path, one=HEAD + text)
    found = told(tmp_path)
    assert bool(found) is bool(said)
    assert any(said in one for one in found) or not said, found


def test_the_page_that_ran_with_a_figure_is_its_owner(tmp_path: Path) -> None:
    """Wherever it stands in the contents: the new page is told, not the one that is as it was."""
    make_book(tmp_path, one=HEAD + cell(SHOW) + PLACE, other=HEAD + cell(SHOW) + PLACE)
    record = tmp_path / "_build" / "executed" / "other.json"
    record.parent.mkdir(parents=True)
    record.write_text('{"tables": ["a-page-x"]}')
    said = "one.md:10: figure 'a-page-x' is already shown by other.md:10: choose another name"
    assert told(tmp_path) == [said]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("", "the title has no label: write (density-kernel)= over it"),
        ("(kernel)=\n", ""),
        ("(density-kernel)=\n", ""),
        ("(density-kernel)=\n(an-old-name)=\n", ""),
    ],
)
def test_the_label_over_a_title(tmp_path: Path, label: str, said: str) -> None:
    (tmp_path / "book" / "density").mkdir(parents=True)
    make_book(tmp_path, **{"book/density/kernel": f"{HEAD}{label}# Kernel\n"})
    assert [one.partition(": ")[2] for one in told(tmp_path)] == ([said] if said else [])


def test_names_alone(tmp_path: Path) -> None:
    make_book(tmp_path, one="(a)=\n# One\n", other="(a)=\n# Other\n")
    book = Book(tmp_path)
    known = {page.docname: Facts.of(page) for page in book.pages}
    assert [(one.path.name, one.line) for one in names.check(book, known)] == [("other.md", 1)]
