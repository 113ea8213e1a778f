"""The bibliography is one file, and sorted: who adds a reference finds its place."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.helpers.tiny import REPOSITORY

KEY = re.compile(r"^@\w+\{([^,]+),", re.M)


def test_the_entries_are_sorted_by_key() -> None:
    found = KEY.findall((REPOSITORY / "book" / "references.bib").read_text("utf8"))
    late = [one for one, after in pairwise(found) if one > after]
    assert not late, f"these stand before an entry whose key is less: {late}"
    assert len(found) > 100
