"""What is wrong in the contents is told at its line; cards are of pages below their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.checks import told
from tests.helpers.tiny import make_book
from tools.book import Book
from tools.build.checks import contents


def test_a_level_that_the_sidebar_does_not_show(tmp_path: Path) -> None:
    make_book(tmp_path, **{name: f"# {name}\n" for name in "abcd"})
    indented = [f"{' ' * 4 * n}- file: {name}\n" for n, name in enumerate("abcd")]
    rows = [f"{' ' * 4 * n}  sections:\n" for n in range(3)]
    body = "".join(a + b for a, b in zip(indented, [*rows, ""], strict=True))
    (tmp_path / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{body}")
    words = "page 'd' stands below 3 levels of pages: the sidebar shows 3"
    assert [one.words for one in contents.check(Book(tmp_path))] == [words]
    assert f"_toc.yml:10: {words}" in told(tmp_path)


CONTENTS = """format: jb-book
root: index
# the parts
parts:
  - caption: "Part I: Tiny"
    numbered: 2
    chapters:
      - file: a
        sections:
          - file: b
          - file: c
      - file: d
"""


def parts(root: Path, contents: str = CONTENTS, **pages: str) -> Path:
    make_book(root, **({name: f"({name})=\n# {name}\n" for name in "abcd"} | pages))
    (root / "_toc.yml").write_text(contents, "utf8")
    return root


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sections:", "sectons:", "9: a page has no key 'sectons': did you mean 'sections'?"),
        ("      - file: d", "      - file: d\n        sections:",
         "13: sections: names no page: write one below it, or leave it out"),
        ("numbered: 2", "numberd: 2", "6: a part has no key 'numberd': did you mean 'numbered'?"),
        ("    chapters:", "    chapter:", "7: a part has no key 'chapter': did you mean"),
        ("root: index", "root: index\ndefault: {}", "3: a page has no key 'default': did you mean"),
        ("          - file: c", "        sections:\n          - file: c",
         "11: sections: stands in line 9 already"),
        ("- file: c", "- fle: c", "11: entry does not contain one of"),
        ("format: jb-book", "format: jb-bok", "1: 'format' key value not recognised: 'jb-bok'"),
    ],
)  # fmt: skip
def test_a_fault_of_the_form_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (found,) = told(parts(tmp_path, CONTENTS.replace(old, new, 1)))
    assert found.startswith(f"_toc.yml:{said}")


def test_the_pages_below_each(tmp_path: Path) -> None:
    book = Book(parts(tmp_path))
    assert contents.below(book) == {"index": ["a", "d"], "a": ["b", "c"], "b": [], "c": [], "d": []}
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("d: Why?", "a.md:8: a card of 'd', which is no page of this chapter: it is d.md"),
        ("bb: Why?", "a.md:8: a card of 'bb', which is no page of this chapter"),
        ("c-plac: Why?", "a.md:8: a card of 'c-plac', which is no page of this chapter: did you"),
    ],
)
def test_a_card_of_a_page_elsewhere_is_told_at_its_line(
    tmp_path: Path, line: str, said: str
) -> None:
    text = "(a)=\n# a\n\n```{cards}\n:picture: x\n\nb: Which?\nLINE\n```\n"
    below = "(c)=\n# c\n\n(c-place)=\n## There\n"
    assert told(parts(tmp_path, a=text.replace("LINE", "c: Who?"), c=below)) == []
    (tmp_path / "a.md").write_text(text.replace("LINE", line), "utf8")
    (found,) = told(tmp_path)
    assert found.startswith(said)
