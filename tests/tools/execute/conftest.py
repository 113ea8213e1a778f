"""A book whose pages reach different modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book, write_module


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """Page `one` reaches soft through energy; page `two` reaches no module."""
    write_module(tmp_path, "soft", "VALUE = 1\n")
    write_module(
        tmp_path, "energy", "def f():\n    from ebmlib.soft import VALUE\n    return VALUE\n"
    )
    one = "# One\n\n" + cell("from ebmlib.energy import f\nprint(f())")
    return make_book(tmp_path, one=one, two="# Two\n\n" + cell("print('two')"))
