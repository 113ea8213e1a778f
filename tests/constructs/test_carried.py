"""What one edition shows, the others show."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.constructs.carried import CARRIED
from tests.constructs.conftest import Editions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("edition", ["site", "notebook", "paper"])
@pytest.mark.parametrize("name", CARRIED)
def test_a_construct_is_in_every_edition(editions: Editions, name: str, edition: str) -> None:
    shown = editions[edition][name]
    for expected in getattr(CARRIED[name], edition):
        assert expected in shown, shown


def test_a_removed_cell_comes_before_the_one_that_needs_it(editions: Editions) -> None:
    """The page shows the second alone; the notebook has both, in the order of the run."""
    name = "A cell that the page removes"
    assert "q = 3" not in editions["site"][name]
    assert "q = 3" not in editions["paper"][name]
    shown = editions["notebook"][name]
    assert shown.index("q = 3") < shown.index("print(q)")


def test_a_notebook_has_the_footnote_at_its_end(editions: Editions) -> None:
    shown = list(editions["notebook"].values())[-1]
    assert shown.endswith(r"<sup>1</sup> Its *words*, <span>\$</span>3.")


def test_the_contents_leave_the_citation_of_a_heading_out(root: Path) -> None:
    page = BeautifulSoup((root / "_build" / "site" / "two.html").read_text("utf8"), "html.parser")
    shown = [one.get_text() for one in page.select("#contents .sections a")]
    assert "As said" in shown
    assert len(shown) == len(CARRIED)
