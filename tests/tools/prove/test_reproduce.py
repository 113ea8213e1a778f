"""Two clean builds of a tiny book give the same bytes, and what does not is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book
from tools.files import write_atomically
from tools.prove import reproduce

SET = "print({'one', 'two', 'three', 'four', 'five'})"  # ordered by the hash seed, which is fixed


def test_site_notebooks_tables_and_pdf_are_compared(tmp_path: Path) -> None:
    changed = "@@ -1 +1 @@ | -same | +some"
    names = {"site/one.html", "site/one.ipynb", "tables/one-data.txt", "pdf/book.pdf"}
    one, other = tmp_path / "one", tmp_path / "other"
    for copy in (one, other):
        (copy / "_build" / "sites" / "0001").mkdir(parents=True)
        (copy / "_build" / "site").symlink_to("sites/0001")  # as a build leaves it
        for name in names:
            write_atomically(copy / "_build" / name, "same\n")
    assert dict(reproduce.differences(one, other)) == {}
    for name in names:
        write_atomically(other / "_build" / name, "some\n")
    assert dict(reproduce.differences(one, other)) == dict.fromkeys(names, changed)
    for name in names:
        (one / "_build" / name).unlink()
    assert dict(reproduce.differences(one, other)) == dict.fromkeys(names, "is in one build only")


@pytest.mark.slow
def test_two_builds_are_the_same(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book(tmp_path / "root", page="# Page\n\nIt is $1$.\n\n" + cell(SET))
    clock = "# Clock\n\n" + cell("import time\n\nprint(time.time_ns())")
    for name, pages, code in (("good", {}, 0), ("clock", {"clock": clock}, 1)):
        make_book(root, page="# Page\n\n" + cell(SET), **pages)
        keep = tmp_path / name
        monkeypatch.setattr(sys, "argv", ["reproduce", "--root", str(root), "--keep", str(keep)])
        assert reproduce.main() == code
        said = capfd.readouterr().out
        assert ("site/clock.html: " in said) is bool(code)
        assert "site/page.html" not in said
    assert "differ unexplained" in said
