"""Editions: what a tag must agree with, where its files go, and what tells them of each other."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from pathlib import Path

import pytest

from _ext.launch.links import Addresses, links
from tests.helpers.tiny import REPOSITORY, cell, make_book
from tests.tools.publish.test_lay_out import NOTEBOOK, REAL, settings
from tools import editions
from tools.book import Book, BookError
from tools.publish.lay_out import branches, publish, send


def git(root: Path, *args: str) -> str:
    command = ["git", "-C", str(root), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book as if it had been built, in a repository with a remote of its own."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):  # nobody's signing, hooks or ignores
        monkeypatch.setenv(name, os.devnull)
    root = tmp_path / "book"
    make_book(root, one="# One\n\n" + cell("1"))
    site = root / "_build" / "site"
    site.mkdir(parents=True)
    for name in ("index.html", "one.html", "one.ipynb"):
        (site / name).write_text(name)
    (site / "one.ipynb").write_text(NOTEBOOK)
    (root / "binder").mkdir()
    (root / "binder" / "environment.yml").write_text("name: tiny\n")
    (root / "pyproject.toml").write_text('version = "0.1.0"\n')
    (root / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0] - 2026-11-21\n")
    (root / ".gitignore").write_text("_build/\n*.ipynb\n")
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one")
    git(root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    settings(root, **REAL)
    return root


def make(root: Path, name: str, out: Path) -> None:
    publish(Book(root), out)
    send(Book(root), out, name)


def data(site: Path) -> dict[str, object]:
    text = (site / editions.DATA).read_text(encoding="utf8")
    return json.loads(text.removeprefix("window.bookEditions=").rstrip(";\n"))


def test_a_tag_agrees_with_version_and_changelog(root: Path) -> None:
    book = Book(root)
    editions.check(book, "v0.1.0")
    with pytest.raises(BookError, match=r"must be like v1\.2\.3"):
        editions.check(book, "release")
    with pytest.raises(BookError, match=r"version must be '0\.2\.0'\. Got '0\.1\.0'"):
        editions.check(book, "v0.2.0")
    (root / "CHANGELOG.md").write_text("## [Unreleased]\n")
    with pytest.raises(BookError, match=r"no heading '## \[0\.1\.0\]"):
        editions.check(book, "v0.1.0")


def test_an_edition_leads_to_its_own_tag_and_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert editions.overrides(Book(root)) == {}
    monkeypatch.setenv(editions.VARIABLE, "v0.1.0")
    found = editions.overrides(Book(root))
    assert found["ebm_site"] == "https://somebody.github.io/energy/v0.1.0"
    at = Addresses(REAL["ebm_repository"], "main", found["ebm_notebooks"], found["ebm_edition"])
    groups = dict(links(at, "one.md", "One", {"notebook": "a", "source": "b"}, runs=True))
    colab, binder = (item.url for item in groups["Run this page"])
    assert colab.endswith("/github/somebody/energy/blob/notebooks-v0.1.0/one.ipynb")
    assert "/v2/gh/somebody/energy/notebooks-v0.1.0?" in binder
    whole = [item.url for item in groups["Take it along"] if "/releases/" in item.url]
    place = "https://github.com/somebody/energy/releases/download/v0.1.0"
    assert whole == [f"{place}/energy-book.pdf", f"{place}/energy-book-v0.1.0.zip"]


def test_editions_are_kept_and_published_together(root: Path, tmp_path: Path) -> None:
    make(root, "v0.1.0", tmp_path / "a")
    (root / "_build" / "site" / "two.html").write_text("two.html")
    make(root, "v0.2.0", tmp_path / "b")
    kept = branches.fetched(root, "editions")
    publish(Book(root), tmp_path / "out", kept)
    site = tmp_path / "out" / "site"
    assert (site / "v0.1.0" / "one.html").read_text() == "one.html"
    assert not (site / "v0.1.0" / "two.html").exists()
    assert editions.among(site) == ["v0.2.0", "v0.1.0"]
    old, main = data(site / "v0.1.0"), data(site)
    assert (old["here"], old["newest"], old["root"]) == ("v0.1.0", "v0.2.0", "../")
    assert (main["here"], main["root"]) == ("", "")
    pages = {one["name"]: one["pages"] for one in main["all"]}
    assert pages["v0.1.0"] == ["index.html", "one.html"]
    assert pages[""] == pages["v0.2.0"] == ["index.html", "one.html", "two.html"]
    listed = git(root, "ls-tree", "-r", "--name-only", "FETCH_HEAD").splitlines()
    assert "v0.1.0/one.ipynb" in listed, "what .gitignore names is published too"


def test_an_edition_is_never_written_over(root: Path, tmp_path: Path) -> None:
    make(root, "v0.1.0", tmp_path / "a")
    with pytest.raises(BookError, match=r"v0\.1\.0 is published already"):
        make(root, "v0.1.0", tmp_path / "b")


def test_notebooks_go_to_their_branch_and_an_edition_s_to_a_tag(root: Path, tmp_path: Path) -> None:
    publish(Book(root), tmp_path / "out")
    send(Book(root), tmp_path / "out")
    send(Book(root), tmp_path / "out")  # again: the branch holds what is newest, no history
    make(root, "v0.1.0", tmp_path / "a")
    remote = tmp_path / "remote.git"
    for ref in ("refs/heads/notebooks", "refs/tags/notebooks-v0.1.0"):
        files = git(remote, "ls-tree", "-r", "--name-only", ref).splitlines()
        assert files == ["binder/environment.yml", "one.ipynb"]
    assert git(remote, "rev-list", "--count", "refs/heads/notebooks") == "1"
    assert git(root, "status", "--porcelain") == "M _config.yml"


def test_workflows_call_the_sessions_that_exist() -> None:
    noxfile = (REPOSITORY / "noxfile.py").read_text(encoding="utf8")
    for path in (REPOSITORY / ".github" / "workflows").glob("*.yml"):
        words = path.read_text(encoding="utf8").split()
        named = [after for word, after in itertools.pairwise(words) if word == "-s"]
        assert all(f"\ndef {name}(" in noxfile for name in named), path
