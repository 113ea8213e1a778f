"""Colours are read from the light theme, and exchanged all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.colours import colours, exchanged


def test_the_light_theme_alone_is_read(tmp_path: Path) -> None:
    sheet = tmp_path / "style.tex"
    assert colours(sheet) == {}
    sheet.write_text(
        "\ufeff\\definecolor{pink}{HTML}{C92088}\n% \\definecolor{old}{HTML}{000000}\n"
        "\\definecolor{pink-dark}{HTML}{F2A0D0}\n",
        encoding="utf-8",
    )
    assert colours(sheet) == {"#c92088": "pink"}


def test_two_colours_may_change_places() -> None:
    before, now = {"#000001": "a", "#000002": "b"}, {"#000002": "a", "#000001": "b"}
    assert exchanged("#000001 #000002 #000003", before, now) == "#000002 #000001 #000003"
    with pytest.raises(KeyError, match="b"):
        exchanged("#000002", before, {"#000009": "a"})
