"""The symbols of a page beside its first lines: which, in what order, with what meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.maths_book import Built, build, write

PAGE = r"""# Radii

{lead}A plane.

$$ \vz + \vx = \vy + \softmin(1) $$

And $\vx$ again.
"""
HERE = "```{symbols}\n\\vz: the *angle* as a vector in $\\R^2$\n```\n\n"


def made(root: Path, lead: str = "", **settings: object) -> Built:
    return build(write(root, index="# I\n", page=PAGE.format(lead=lead)), **settings)


def rows(built: Built) -> list[tuple[str, str]]:
    """Of each letter of the list its name for a screen reader, and its meaning as plain words."""
    found = re.findall(r'class="heard">(.*?): </span><span>(.*?)</span></li>', built.page(), re.S)
    return [(said, re.sub(r"<[^>]*>", "", meaning)) for said, meaning in found]


def test_the_letters_stand_in_the_order_in_which_one_meets_them(tmp_path: Path) -> None:
    built = made(tmp_path)
    assert built.warnings == ""
    assert [said for said, _ in rows(built)] == ["z", "x", "y"]
    assert rows(built)[0][1] == "latent vector"
    assert built.page().index("symbols-title") < built.page().index("A plane.")


def test_a_page_gives_a_letter_its_meaning_here(tmp_path: Path) -> None:
    built = made(tmp_path, HERE)
    assert built.warnings == ""
    assert rows(built)[0][1].startswith("the *angle* as a vector in ")
    assert rows(built)[1][1] == "input"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (r"\vz the angle", r"expected a line like '\vw: the two radii'"),
        (r"\nosuch: a thing", r"got '\\nosuch: a thing'"),
        (r"\vw: the radii", r"expected symbols that this page uses, got '\vw'"),
    ],
)
def test_what_names_no_letter_of_the_page_is_refused(tmp_path: Path, line: str, told: str) -> None:
    built = made(tmp_path, f"Words.\n\n```{{symbols}}\n\\vz: the angle\n{line}\n```\n\n")
    assert told in built.warnings
    assert "page.md:7: WARNING" in built.warnings


def test_few_letters_need_no_list_and_print_shows_none(tmp_path: Path) -> None:
    built = build(write(tmp_path / "few", index="# I\n", page="# P\n\nA $\\vx$ and $\\vy$.\n"))
    assert "page-symbols" not in built.page()
    printed = made(tmp_path / "print", HERE, builder="latex")
    assert "ymbols of this page" not in next(printed.out.glob("*.tex")).read_text("utf8")


def test_the_list_follows_an_edit(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "page.md").write_text(PAGE.format(lead="First $\\sy$.\n\n"), "utf8")
    assert [said for said, _ in rows(build(tmp_path))] == ["y", "z", "x", "y"]
