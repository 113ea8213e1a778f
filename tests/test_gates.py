"""What a commit is checked with is what `nox -s lint` runs."""

from __future__ import annotations

import re
import tomllib

import yaml

from tests.helpers.tiny import REPOSITORY

PATH = REPOSITORY / ".pre-commit-config.yaml"
HOOKS = [hook for repo in yaml.safe_load(PATH.read_text("utf8"))["repos"] for hook in repo["hooks"]]


def linted() -> set[str]:
    """The programs that the session runs, each with its command."""
    text = (REPOSITORY / "noxfile.py").read_text("utf8")
    body = text.partition("def _lint(")[2].partition("\ndef ")[0]
    calls = re.findall(r'session\.run\(((?:"[\w-]+"(?:, )?)+)', body)
    return {" ".join(re.findall(r'"([a-z][\w-]*)"', call)) for call in calls}


def test_hooks_call_what_lint_calls_with_the_versions_that_are_installed() -> None:
    commands = {re.sub(r" --\S+", "", hook["entry"]) for hook in HOOKS}
    assert commands == {"ruff check", "ruff format", "mypy"}
    assert commands <= linted()
    assert {hook["language"] for hook in HOOKS} == {"system"}


def test_types_are_checked_in_the_library_the_tools_and_the_extensions() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert {"ebmlib", "tools", "_ext"} <= set(settings["packages"])
