"""A page that is saved while the book is built is not run by Sphinx: the build says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.tiny import build, make, warm
from tests.helpers.tiny import REPOSITORY, cell
from tools.book import Book
from tools.build import kept_outputs


def saved_meanwhile(page: Path) -> Callable[[], None]:
    """To be called where a build begins: the page gets another cell when all cells have run."""
    from tools.execute import execution

    def before() -> None:
        plain = execution.execute

        def then_saved(*args: object, **kwargs: object) -> object:
            report = plain(*args, **kwargs)  # type: ignore[arg-type]
            text = page.read_text(encoding="utf8")
            page.write_text(text + "\n" + cell(f"_ = open({str(page) + '.ran'!r}, 'w')"), "utf8")
            return report

        execution.execute = then_saved  # type: ignore[assignment]

    return before


def test_only_within_is_running_refused() -> None:
    plain = kept_outputs.NotebookClientCache.start_client
    with kept_outputs.nothing_runs(Book(REPOSITORY)):
        assert kept_outputs.NotebookClientCache.start_client is not plain
    assert kept_outputs.NotebookClientCache.start_client is plain


@pytest.mark.slow
def test_what_is_saved_meanwhile_is_told_and_not_run(tmp_path: Path) -> None:
    warm()
    root = make(tmp_path)
    page = root / "one.md"
    told = build(root, before=saved_meanwhile(page))
    assert told.code == 1
    assert "one.md:1: its cells are not those that ran" in told.text, told.text
    assert not Path(f"{page}.ran").exists()
    assert build(root).code == 0
    assert Path(f"{page}.ran").exists()
