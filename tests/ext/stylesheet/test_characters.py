"""A formula as characters keeps its marks, and what has no character is told."""

from __future__ import annotations

import pytest

from _ext.stylesheet.characters import characters, lost

SAID = {
    r"\widehat{E}_\beta": "Ê_β",
    r"\hat{E}": "Ê",
    r"\widetilde{x}": "x̃",
    r"\overline{xy}": "x̅y̅",
    r"\overrightarrow{v}": "v⃗",
    r"x \ne y": "x ≠y",
    r"\det A": "detA",
    r"A \implies B": "A ⟹B",
    r"\tfrac{1}{2}": "1/2",
    r"\bm{x}": "x",
}


@pytest.mark.parametrize("tex", SAID)
def test_characters(tex: str) -> None:
    assert characters(tex) == SAID[tex]
    assert lost(tex) == []


def test_a_command_without_a_character_is_told() -> None:
    assert lost(r"\binom{n}{k} \le 1") == ["binom"]
