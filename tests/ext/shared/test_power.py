"""Numbers as Python writes them, and words that only look so."""

import pytest

from _ext.shared.power import parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2.8e-06", ("2.8", -6)),
        ("-1e+20", ("-1", 20)),
        ("1.5", None),
        ("-3", None),
        ("1e-5 to 1e-4", None),
        ("one", None),
    ],
)
def test_a_power_of_ten_is_read_in_two_parts(text: str, found: tuple[str, int] | None) -> None:
    assert parts(text) == found
