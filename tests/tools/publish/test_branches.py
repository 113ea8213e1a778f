"""A folder becomes a commit beside those that are published, and never over one of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.book import BookError
from tools.publish.branches import commit, fetched, git


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose remote has no branch yet, and a folder `made` beside it."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):  # nobody's signing, hooks or ignores
        monkeypatch.setenv(name, os.devnull)
    root = tmp_path / "book"
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "one.html").write_text("one")
    root.mkdir()
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return root


def test_a_branch_that_is_not_there_has_no_tip(root: Path) -> None:
    assert fetched(root, "editions") == ""


def test_folders_stand_side_by_side_and_are_never_written_over(root: Path) -> None:
    made = root.parent / "made"
    first = commit(root, made, "one", below="v1")
    git(root, "push", "-q", "origin", f"{first}:refs/heads/editions")
    assert fetched(root, "editions") == first
    second = commit(root, made, "two", parent=first, below="v2")
    listed = git(root, "ls-tree", "-r", "--name-only", second).splitlines()
    assert listed == ["v1/one.html", "v2/one.html"]
    with pytest.raises(BookError, match="v1 is published already"):
        commit(root, made, "three", parent=second, below="v1")


def test_what_git_refuses_is_told(root: Path) -> None:
    with pytest.raises(BookError, match="git rev-parse failed"):
        git(root, "rev-parse", "nowhere")
