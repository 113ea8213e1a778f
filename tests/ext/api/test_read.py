"""The library's sources are parsed once for each content."""

from __future__ import annotations

from pathlib import Path

import pytest

from _ext.api import read


def test_a_file_that_is_as_it_was_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    for name in ("one", "two"):
        (tmp_path / "lib" / f"{name}.py").write_text(f"def {name}():\n    'Words.'\n")
    known: read.Known = {}
    first = read.library(tmp_path, "lib", known)
    (tmp_path / "lib" / "two.py").write_text("def too():\n    'Words.'\n")
    parsed: list[str] = []
    plain = read.read

    def noted(root: Path, path: Path) -> read.Module:
        parsed.append(path.name)
        return plain(root, path)

    monkeypatch.setattr(read, "read", noted)
    second = read.library(tmp_path, "lib", known)
    assert parsed == ["two.py"]
    assert second == read.library(tmp_path, "lib")
    assert first["lib.one"] is second["lib.one"]
    (tmp_path / "lib" / "one.py").unlink()
    assert list(read.library(tmp_path, "lib", known)) == ["lib.two"]
