"""Every number that a page claims agrees with the committed reference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY, cell, make_book
from tools.book import Book
from tools.execute.execution import execute
from tools.prove.claims import differences, missing


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Book:
    code = "from ebmlib.glue import glue\n\nglue('one-half', 0.5)\nglue('one-word', 'half')"
    root = make_book(tmp_path_factory.mktemp("book"), one="# One\n\n" + cell(code))
    (root / "ebmlib").symlink_to(REPOSITORY / "ebmlib")
    (root / "tests").mkdir()
    book = Book(root)
    execute(book)
    return book


def keep(book: Book, claims: dict[str, dict[str, dict[str, float]]]) -> None:
    Path(book.root, "tests", "reference.json").write_text(json.dumps(claims))


def test_agreement(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": {"value": 0.49, "tolerance": 0.02}}})
    assert differences(tiny) == []
    assert missing(tiny) == {}


def test_drift_a_lost_claim_and_a_new_one_are_told(tiny: Book) -> None:
    keep(tiny, {"one": {"one-half": {"value": 0.4, "tolerance": 0.02}}})
    assert differences(tiny) == ["one.md:12: one-half = 0.5. Expected 0.4 +- 0.02."]
    keep(tiny, {"one": {"one-third": {"value": 0.3, "tolerance": 0.1}}})
    assert differences(tiny) == [
        "one-third: in the reference, on no page",
        "one.md:12: one-half = 0.5 is not in tests/reference.json",
    ]
    assert missing(tiny) == {"one": {"one-half": {"value": 0.5, "tolerance": 0.01}}}
