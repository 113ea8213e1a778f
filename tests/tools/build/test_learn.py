"""What is installed is loaded ahead; what an author may still change is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from nbformat import validator

from tools.build.learn import compile_schemas, learn


def test_installed_modules_are_loaded_and_own_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "own"
    package.mkdir()
    for name in ("__init__", "part"):
        (package / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    learn(["own.part", "own", "nowhere", "pygments.lexers.nowhere", "wave"])
    assert "wave" in sys.modules
    assert not {"own", "own.part", "nowhere"} & sys.modules.keys()


def test_the_schemas_of_notebooks_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "validators", {})
    compile_schemas()
    assert {key[1:3] for key in validator.validators} == {(4, 4), (4, 5)}
