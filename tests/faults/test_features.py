"""Each mistake of `tests/faults/features.py` is told twice, with file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.features import FEATURES, PAGES
from tests.faults.planted import Planted
from tests.faults.tiny import Told, build, site
from tests.helpers.tiny import REPOSITORY, write_page

TOC = """format: jb-book
root: index
parts:
- caption: First
  numbered: 2
  chapters:
  - file: words
  - file: one
  - file: two
  - file: chapter
    sections:
    - file: chapter-two
    - file: chapter-three
"""
Place = tuple[Planted, str, int]  # what is planted, its file and its line


def plant(root: Path, planted: Mapping[str, Planted]) -> dict[str, Place]:
    """Write all into the book; returns where each stands."""
    texts, pages = dict(PAGES), {}
    for number, (name, one) in enumerate(planted.items(), 1):
        pages[name] = page = one.page or f"fault-{number}"
        if one.file:
            root.joinpath(one.file).parent.mkdir(parents=True, exist_ok=True)
            root.joinpath(one.file).write_text(one.text)
        else:
            texts[page] = f"{texts.get(page, '')}{one.text}\n\n"
    for page, text in texts.items():
        head = "" if text.startswith("---") else f"({page})=\n# Of {page}\n\n"
        write_page(root, page, head + text.replace("PAGE", page))
    more = "".join(f"  - file: {page}\n" for page in texts if not page.startswith("chapter"))
    (root / "_toc.yml").write_text(TOC + more)
    return {name: _place(root, pages[name], one) for name, one in planted.items()}


def _place(root: Path, page: str, one: Planted) -> Place:
    file = one.file or f"{page}.md"
    lines = (root / file).read_text().splitlines()
    mark = (one.mark or one.text.partition("\n")[0]).replace("PAGE", page)
    line = max(n for n, text in enumerate(lines, 1) if mark in text)
    return replace(one, said=one.said.replace("PAGE", page)), file, line


def untold(told: Told, places: Mapping[str, Place]) -> list[str]:
    """What is not told where it stands; a paragraph may be told at its beginning."""
    found = []
    for name, (one, file, line) in places.items():
        said = [text for text in told.text.splitlines() if one.said in text]
        at = [int(n) for text in said for n in re.findall(rf"{re.escape(file)}:(\d+)", text)]
        if not any(abs(place - line) <= 1 for place in at):
            found.append(f"{name}: {file}:{line}: {one.said}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("step", FEATURES)
def test_mistakes_that_one_step_tells_are_told_twice_with_their_places(
    root: Path, before: dict[str, str], step: str
) -> None:
    shutil.copytree(REPOSITORY / "ebmlib", root / "ebmlib", dirs_exist_ok=True)
    with (root / "ebmlib" / "soft.py").open("a") as soft:
        soft.write("\n\nVALUE = 1  # which page `two` prints\n")
    places = plant(root, FEATURES[step])
    for _ in range(2):
        told = build(root)
        assert (told.code, untold(told, places)) == (1, []), told.text
        assert "The last good site is untouched." in told.text
        assert "Traceback" not in told.text
        assert site(root) == before
