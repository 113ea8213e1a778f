"""Every tool tells in one line that a folder is no book, and ends with 1."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

ARGUMENTS = {
    "build.__main__": [],
    "build.serve": [],
    "execute.__main__": [],
    "new": ["density/kernel"],
    "print.__main__": [],
    "prove.claims": [],
    "prove.lab": [sys.executable, "shots"],
    "prove.reproduce": [],
    "prove.run_outside": [],
    "publish.__main__": ["out"],
    "publish.offline": ["--wheel", "any.whl"],
}


@pytest.mark.parametrize("tool", ARGUMENTS)
def test_no_book(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [tool, *ARGUMENTS[tool], "--root", str(tmp_path)])
    assert importlib.import_module(f"tools.{tool}").main() == 1
    assert f"{tmp_path} is no book's root." in capsys.readouterr().err
