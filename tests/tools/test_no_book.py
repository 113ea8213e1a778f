"""Every tool tells in one line that a folder is no book, and ends with 1."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

ARGUMENTS = {
    "build": [],
    "claims": [],
    "execute": [],
    "lab": [sys.executable, "shots"],
    "offline": ["--wheel", "any.whl"],
    "outside": [],
    "pdf": [],
    "publish": ["out"],
    "reproduce": [],
    "serve": [],
}


@pytest.mark.parametrize("tool", ARGUMENTS)
def test_no_book(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [tool, *ARGUMENTS[tool], "--root", str(tmp_path)])
    assert importlib.import_module(f"tools.{tool}").main() == 1
    assert f"{tmp_path} is no book's root." in capsys.readouterr().err
