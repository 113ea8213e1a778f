"""A page's number is compared with the figure that is kept, and each figure is well kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY, cell, make_book
from tools.book import Book, BookError
from tools.execute.execution import execute
from tools.files import write_atomically
from tools.prove.claims import differences, proposed, write_missing


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Book:
    code = "from ebmlib.glue import glue\n\nglue('one-half', 0.5)\nglue('one-word', 'half')"
    root = make_book(tmp_path_factory.mktemp("book"), one="# One\n\n" + cell(code))
    (root / "ebmlib").symlink_to(REPOSITORY / "ebmlib")
    book = Book(root)
    execute(book)
    return book


GOOD = {"value": 0.49, "tolerance": 0.02, "why": "two digits"}


def keep(book: Book, claims: dict[str, dict[str, dict[str, object]]], chapter: str = "one") -> None:
    folder = book.root / "tests" / "claims"
    shutil.rmtree(folder, ignore_errors=True)
    write_atomically(folder / f"{chapter}.json", json.dumps(claims, indent=1))


def test_agreement(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": GOOD}})
    assert differences(tiny) == []
    assert write_missing(tiny) == []


def test_an_answer_that_is_a_number_is_kept_and_one_that_is_a_key_is_not(tmp_path: Path) -> None:
    code = "from ebmlib.glue import answer\n\nanswer('one-gap', 1 / 3, within=0.1)\n"
    asks = "```{question} one-%s\nHow?\n---\nSo.\n```\n\n"
    text = "# One\n\n" + cell(code + "answer('one-way', 'up')") + asks % "gap" + asks % "way"
    root = make_book(tmp_path, one=text)
    (root / "ebmlib").symlink_to(REPOSITORY / "ebmlib")
    book = Book(root)
    execute(book)
    keep(book, {})
    assert differences(book) == ["one.md:12: one-gap = 0.333333 is not in tests/claims/one.json"]


def test_drift_a_lost_claim_and_a_new_one_are_told(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": GOOD | {"value": 0.4}}})
    assert differences(tiny) == ["one.md:12: one-half = 0.5. Expected 0.4 +- 0.02."]
    keep(tiny, {"one": {"one-third": GOOD}})
    assert differences(tiny) == [
        "tests/claims/one.json:3: one-third is kept, and on no page",
        "one.md:12: one-half = 0.5 is not in tests/claims/one.json",
    ]


@pytest.mark.parametrize("why", [{}, {"why": ""}, {"why": " "}])
def test_an_entry_without_a_reason_is_told(tiny: Book, why: dict[str, str]) -> None:
    keep(tiny, {"one": {"one-half": {"value": 0.5, "tolerance": 0.1} | why}})
    assert differences(tiny) == ["tests/claims/one.json:3: one-half has no why"]


def test_a_page_that_is_gone_and_a_claim_that_has_moved_are_told(tiny: Book) -> None:
    keep(tiny, {"once": {"one-half": GOOD}})
    assert differences(tiny) == ["tests/claims/one.json:2: the contents name no page once"]
    keep(tiny, {"index": {"one-half": GOOD}}, "index")
    told = "tests/claims/index.json:3: one-half is kept for index. It is on one."
    assert differences(tiny) == [told]


def test_a_file_of_another_chapter_and_one_that_is_no_json_are_told(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": GOOD}}, "two")
    told = "tests/claims/two.json:2: the claims of one belong into tests/claims/one.json"
    assert differences(tiny) == [told]
    (tiny.root / "tests" / "claims" / "two.json").write_text('{\n "one": ]\n}')
    with pytest.raises(BookError, match=r"two\.json:2: this is not JSON"):
        differences(tiny)


def test_lies_of_a_page_that_is_gone_or_of_another_chapter_are_told(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": GOOD}})
    lies = tiny.root / "tests" / "claims" / "lies" / "two.json"
    write_atomically(lies, json.dumps({"gone": [], "one": []}, indent=1))
    assert differences(tiny) == [
        "tests/claims/lies/two.json:2: the contents name no page gone",
        "tests/claims/lies/two.json:3: the lies of one belong into tests/claims/lies/one.json",
    ]


def test_no_figures_at_all_are_told(tiny: Book) -> None:
    shutil.rmtree(tiny.root / "tests", ignore_errors=True)
    with pytest.raises(BookError, match="holds no file"):
        differences(tiny)


def test_missing_entries_are_written_and_want_a_reason(tiny: Book) -> None:
    keep(tiny, {"one": {}}, "one")
    assert write_missing(tiny) == ["tests/claims/one.json: one-half = 0.5 +- 0.01: why?"]
    assert differences(tiny) == ["tests/claims/one.json:3: one-half has no why"]
    assert write_missing(tiny) == []
    shutil.rmtree(tiny.root / "tests")
    write_missing(tiny)
    text = (tiny.root / "tests" / "claims" / "one.json").read_text()
    assert json.loads(text) == {"one": {"one-half": {"value": 0.5, "tolerance": 0.01, "why": ""}}}


@pytest.mark.parametrize(("value", "tolerance"), [(3.0, 0.0), (-0.5, 0.01), (1e-9, 1e-6)])
def test_a_tolerance_to_begin_with(value: float, tolerance: float) -> None:
    assert proposed(value) == tolerance
