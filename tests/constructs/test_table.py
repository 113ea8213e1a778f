"""CONSTRUCTS.md says what the tests plant, and CONTRIBUTING leads to it."""

from __future__ import annotations

from tests.constructs.table import FILE, table
from tests.helpers.tiny import REPOSITORY


def test_the_table_is_that_of_the_tests() -> None:
    assert FILE.read_text("utf8") == table(), "run: python -m tests.constructs.table"


def test_contributing_leads_to_it() -> None:
    assert "(CONSTRUCTS.md)" in (REPOSITORY / "CONTRIBUTING.md").read_text("utf8")
