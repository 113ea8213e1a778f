"""What Binder installs is what the book is tested with."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.helpers.tiny import REPOSITORY

PATH = REPOSITORY / "binder" / "environment.yml"
ENVIRONMENT = yaml.safe_load(PATH.read_text(encoding="utf8"))
CALLED = {"pytorch-cpu": "torch", "matplotlib-base": "matplotlib"}  # conda-forge's names
TOOLS = {"git", "pip"}  # not Python's


def pinned() -> dict[str, str]:
    text = (REPOSITORY / "constraints.txt").read_text(encoding="utf8")
    return {
        name.lower(): version for name, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.M)
    }


def wanted() -> dict[str, str]:
    named = (line.partition("=")[::2] for line in ENVIRONMENT["dependencies"])
    return {CALLED.get(name, name): version for name, version in named if name not in TOOLS}


@pytest.mark.parametrize("name", [name for name in wanted() if name != "python"])
def test_a_version_is_the_one_that_is_tested(name: str) -> None:
    assert wanted()[name] == pinned().get(name), f"{PATH}: {name}"


def test_python_is_one_that_the_library_allows() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf8")
    assert f'requires-python = ">={wanted()["python"]}' in project


def test_all_that_the_library_needs_is_there_and_no_host_is_named() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf8")
    block = re.search(r"^dependencies = \[(.*?)\]", project, re.M | re.S)[1]
    needs = set(re.findall(r'"([\w-]+)[<>=]', block))
    assert needs <= set(wanted())
    assert {"jupyterlab", "ipykernel"} <= set(wanted()), "what opens and runs a notebook"
    assert "git" in ENVIRONMENT["dependencies"], "the first cell installs from the repository"
    assert set(ENVIRONMENT["channels"]) == {"conda-forge", "nodefaults"}
    assert "://" not in PATH.read_text(encoding="utf8")
