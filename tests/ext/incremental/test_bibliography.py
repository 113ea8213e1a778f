"""A reference is put into words once: what pybtex calls is what we have put in its place."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from pybtex.style.formatting import BaseStyle

from _ext.incremental.bibliography import _remember

WORK = "@book{one, title={A book}, author={Ann Other}, publisher={Press}, year={2001}}"


def test_a_reference_is_formatted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = BaseStyle.format_entry

    def counted(style: BaseStyle, label: str, entry: Any, bib_data: Any = None) -> Any:
        asked.append(label)
        return plain(style, label, entry, bib_data)

    monkeypatch.setattr(BaseStyle, "format_entry", counted)
    env: Any = SimpleNamespace()
    for _ in range(2):  # two builds
        _remember(None, env)  # type: ignore[arg-type]
        style = find_plugin("pybtex.style.formatting", "plain")()
        entries = parse_string(WORK, "bibtex").entries.values()
        (made,) = style.format_entries(list(entries))
        assert "A book" in str(made.text)
    assert asked == ["1"]
