"""The strict build: each planted fault fails twice with file and line, the last site stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.tiny import make
from tests.helpers.executed import build
from tests.helpers.tiny import cell, make_book, write_page
from tools.build.sphinx_build import commit

GOOD = "(good)=\n# Good\n\n" + cell("print('good')")

FAULTS = {
    "undefined reference": ("See {ref}`nowhere`.", r"undefined label: 'nowhere'")
}  # more in tests/faults


def test_a_folder_outside_a_repository_has_no_commit(tmp_path: Path) -> None:
    assert commit(tmp_path) == ""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_twice_and_leaves_the_last_good_site(tmp_path: Path, fault: str) -> None:
    planted, message = FAULTS[fault]
    root = make_book(tmp_path, good=GOOD, other="# Other\n\nProse.\n")
    assert build(root).returncode == 0
    site = root / "_build" / "site"
    before = {p: p.read_bytes() for p in site.rglob("*.html")}
    write_page(root, "other", f"# Other\n\nProse.\n\n{planted}\n")
    text = (root / "other.md").read_text()
    for _ in range(2):
        result = build(root)
        assert result.returncode == 1
        told = [line for line in result.stderr.splitlines() if message in line]
        assert told, result.stderr
        place, _, number = told[0].partition("other.md:")
        assert place is not None
        line = int(number.split(":")[0])
        assert 1 <= line <= len(text.splitlines())
        assert abs(text.splitlines().index(planted) + 1 - line) <= 1
        assert {p: p.read_bytes() for p in site.rglob("*.html")} == before
    read = (root / "_build" / "work" / "doctrees" / "good.doctree").stat().st_mtime_ns
    write_page(root, "other", "# Other\n\nProse again.\n")
    assert build(root).returncode == 0
    # The mistake has cost nothing: what was read before it is not read again.
    assert (root / "_build" / "work" / "doctrees" / "good.doctree").stat().st_mtime_ns == read
    assert "Prose again." in (site / "other.html").read_text()


@pytest.mark.slow
def test_a_page_that_never_ends_fails_the_build(tmp_path: Path) -> None:
    root = make_book(tmp_path, endless="# E\n\n" + cell("while True:\n    pass"))
    for _ in range(2):
        result = build(root, "--limit", "4")
        assert result.returncode == 1
        assert "endless.md:10: the page did not end within 4 s" in result.stderr


EXTENSION = """from docutils import nodes

def setup(app):
    app.connect("doctree-read", lambda app, tree: tree.children[0].append(nodes.Text(" WORD ")))
"""


@pytest.mark.slow
def test_a_changed_extension_reads_the_pages_again(tmp_path: Path) -> None:
    root = make_book(tmp_path, words="# Words\n\nProse.\n")
    config = root / "_config.yml"
    config.write_text(config.read_text().replace("{_ext.", "{ours: ., _ext."))
    for word in ("first", "second"):
        (root / "ours.py").write_text(EXTENSION.replace("WORD", word))
        # The page itself is as it was; what Sphinx kept of it is not.
        write_page(root, "index", f"# Tiny\n\nA {word} book.\n")
        result = build(root)
        assert result.returncode == 0, result.stderr
        assert f" {word} " in (root / "_build" / "site" / "words.html").read_text()


@pytest.mark.slow
def test_force_renews_the_tables(tmp_path: Path) -> None:
    root = make(tmp_path)
    assert build(root).returncode == 0
    table = root / "_build" / "tables" / "tiny-data.txt"
    written = table.stat().st_ino, table.read_text()
    assert build(root, "--force").returncode == 0
    assert table.stat().st_ino != written[0]
    assert table.read_text() == written[1]


@pytest.mark.slow
def test_plain_jupyter_book_builds_the_same_sources(tmp_path: Path) -> None:
    root = make(tmp_path)
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", "-W", "."]
    env = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (root / "_build" / "html" / "one.html").read_text(encoding="utf8")
    assert 'id="fig-tiny-data"' in page
    assert 'class="katex"' in page
    assert "mathjax" not in page.lower().replace("mathjax_ignore", "")
