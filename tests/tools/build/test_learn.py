"""What is installed is loaded ahead; what an author may still change is not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import validator

from tools.build.learn import compile_schemas, known, learn, more


def test_installed_modules_are_loaded_and_own_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "own"
    package.mkdir()
    for name in ("__init__", "part"):
        (package / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    modules = ["own.part", "own", "nowhere", "pygments.lexers.nowhere", "wave"]
    learn({"modules": modules, "lexers": ["own.part.Lexer"], "patterns": []})
    assert "wave" in sys.modules
    assert not {"own", "own.part", "nowhere"} & sys.modules.keys()


def test_patterns_and_lexers_of_another_process_are_ready_here() -> None:
    pattern = r"never (?:seen|asked) before"
    script = (
        "import json, re\nfrom pygments.lexers.c_like import ValaLexer\n"
        "from tools.build.learn import known, more\n"
        f"before = known()\nre.compile({pattern!r}, re.M)\nValaLexer()\n"
        "print(json.dumps(more(known(), before)))"
    )
    told = json.loads(subprocess.check_output([sys.executable, "-c", script], text=True))
    assert [pattern, int(re.M)] in told["patterns"]
    assert "pygments.lexers.c_like.ValaLexer" in told["lexers"]
    before = known()
    learn(told)
    found = more(known(), before)
    assert (pattern, int(re.M)) in found["patterns"]
    assert "pygments.lexers.c_like.ValaLexer" in found["lexers"]


def test_the_schemas_of_notebooks_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "validators", {})
    compile_schemas()
    assert {key[1:3] for key in validator.validators} == {(4, 4), (4, 5)}
