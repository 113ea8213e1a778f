"""A tiny book that asks: which choice is right is what a cell computed, and what does not fit."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from _ext.questions import STATIC
from tests.helpers.maths_book import Built
from tests.helpers.questions_book import (
    HOT,
    NEAR,
    NUMBER,
    RISES,
    THIRD,
    answering,
    questions_book,
)

SCRIPT = 2000  # bytes, compressed


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return questions_book(tmp_path_factory.mktemp("questions"))


@pytest.fixture(scope="module")
def asked(book: Built) -> list[Tag]:
    return list(BeautifulSoup(book.page("asks"), "html.parser").select(".ebm-question"))


def test_the_right_choice_is_the_one_that_the_cell_computed(
    book: Built, asked: list[Tag], tmp_path: Path
) -> None:
    assert book.warnings == ""
    assert [one["value"] for one in asked[0].select("[data-right]")] == ["rises"]
    stays = questions_book(
        tmp_path,
        asks=[
            HOT.replace("It falls.  *", "It falls.  *").replace("rises.", "rises.  *No: flat.*"),
            answering(name="tiny-hotter", key="stays"),
        ],
    )
    assert stays.warnings == ""
    found = BeautifulSoup(stays.page("asks"), "html.parser").select("[data-right]")
    assert [one["value"] for one in found] == ["stays"]


def test_each_choice_has_its_own_verdict_and_reason(asked: list[Tag]) -> None:
    legend = asked[0].legend
    assert legend
    assert legend.get_text(" ", strip=True).startswith("Question 1. You make it hotter.")
    assert len(asked[0].select("legend .katex")) == 1
    choices = asked[0].select(".ebm-choice")
    words = [" ".join(one.get_text().split()) for one in choices]
    assert words[0].endswith("Not so. No: a soft minimum listens to worse latents when it is hot.")
    assert words[1].endswith("Right.")
    for one in choices:
        (label,), (radio,) = one.select("label"), one.select("input")
        assert label["for"] == radio["id"]
        assert "No:" not in label.get_text()
    assert {one["name"] for one in asked[0].select("input")} == {"question-tiny-hotter"}


def test_a_number_is_asked_with_its_tolerance(asked: list[Tag]) -> None:
    assert asked[1].select("[type=radio]") == []
    (field,) = asked[1].select("input")
    assert (field["data-value"], field["data-within"]) == ("0.333333", "0.05")
    legend = asked[1].legend
    assert legend
    assert "Question 2." in legend.get_text()


def test_a_numeric_choice_within_the_tolerance_is_right(tmp_path: Path) -> None:
    built = questions_book(tmp_path, asks=[NEAR, THIRD])
    assert built.warnings == ""
    assert re.search(r'value="0\.3" data-right=""', built.page("asks"))


def test_only_pages_that_ask_load_anything(book: Built) -> None:
    for page, loads in (("asks", True), ("tells", False)):
        for name in ("questions.js", "questions.css"):
            assert (f"_static/{name}" in book.page(page)) is loads
    assert "cell_output" not in book.page("asks")


def test_search_finds_the_words_of_question_choices_and_answer(book: Built) -> None:
    records = (book.out / "_static" / "search" / "records.js").read_text("utf8")
    for words in ("You make it hotter.", "listens to worse latents", "by a vestibule of energies"):
        assert words in records


def test_the_script_keeps_to_its_weight() -> None:
    assert len(gzip.compress((STATIC / "questions.js").read_bytes())) <= SCRIPT


WRONG: dict[str, tuple[list[Any], str]] = {
    "no cell": ([HOT], "no cell of this page says answer('tiny-hotter', ...)"),
    "no question": ([RISES], "a cell answers 'tiny-hotter', and no {question} asks it"),
    "twice": (
        [HOT, RISES, answering(name="tiny-hotter", key="rises")],
        "the question 'tiny-hotter' is answered twice",
    ),
    "no such key": (
        [HOT, answering(name="tiny-hotter", key="sinks")],
        "no choice is right (falls, rises, stays); the cell computed sinks",
    ),
    "no choices": (
        [NUMBER, answering(name="tiny-gap", key="a")],
        "the cell answers 'a', and the question has no choices",
    ),
    "words for a number": (
        [HOT, answering(name="tiny-hotter", value=1.0, within=0.1)],
        "the answer is a number: ['falls', 'rises', 'stays'] must be numbers, too",
    ),
    "two within the tolerance": (
        [NEAR, answering(name="tiny-gap", value=0.2, within=0.15)],
        "more than one choice is right (0.1, 0.3); the cell computed 0.2",
    ),
    "no reason": (
        [HOT.replace("  *No: something moves.*", ""), RISES],
        "the choice 'stays' is wrong: end it with *a reason*",
    ),
    "no answer": (
        [HOT.partition("---")[0] + "```\n", RISES],
        "has no answer: write it below a line of ---",
    ),
    "nothing below": (
        [HOT.partition("---")[0] + "---\n```\n", RISES],
        "has no answer below its line of ---",
    ),
    "no words": (
        ["```{question} tiny-hotter\n- {a} A.\n- {b} B.\n---\nA.\n```\n", RISES],
        "must begin with a paragraph that asks",
    ),
    "no key": (
        [HOT.replace("{stays} ", ""), RISES],
        "has a choice without a key: write - {key} It stays",
    ),
    "a key twice": ([HOT.replace("{stays}", "{falls}"), RISES], "two choices of the key 'falls'"),
    "one choice": (
        ["```{question} tiny-hotter\nWhat?\n- {rises} It.\n---\nA.\n```\n", RISES],
        "needs 2 to 8 choices, or none. It has 1",
    ),
}


def test_what_does_not_fit_is_told_with_its_place(tmp_path: Path) -> None:
    pages = {f"page{n}": content for n, (content, _) in enumerate(WRONG.values())}
    told = questions_book(tmp_path, **pages).warnings.splitlines()
    for page, (_, words) in zip(pages, WRONG.values(), strict=True):
        assert any(re.match(rf"{page}\.ipynb:\d+: ", line) and words in line for line in told), (
            words,
            [line for line in told if page + "." in line],
        )
