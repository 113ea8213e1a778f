"""A placeholder is no address."""

from __future__ import annotations

import pytest

from _ext.shared.addresses import known


@pytest.mark.parametrize(
    "given", ["", None, "https://github.com/OWNER/energy-book", "https://example.invalid/book"]
)
def test_nothing_leads_to_a_placeholder(given: str | None) -> None:
    assert known(given) == ""


def test_an_address_is_known_without_its_last_slash() -> None:
    assert known("https://git.example/us/book/") == "https://git.example/us/book"
