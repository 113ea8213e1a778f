"""A file is there whole or as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.files import write_atomically


def test_folders_are_made_and_no_draft_stays(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two.txt"
    for text in ("first", "β, second"):
        write_atomically(path, text)
        assert path.read_text(encoding="utf8") == text
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_and_so_does_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "two.txt"
    write_atomically(path, "first")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "second")
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]
