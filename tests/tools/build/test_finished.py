"""The finished editions are asked: each planted fault is found, and nothing where all is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tiny import HEAD, cell, make_book
from tools.book import Book, BookError
from tools.build.finished import check, notebook, page, printed

WORDS = '<article><p id="one">Words, <code>{ref}`x`</code>, <pre>\\macro</pre>.</p>{}</article>'
PAGES = {
    "{ref}`a-label`": "a role was left",
    "```{note}": "a directive was left",
    ":::{note}": "a directive was left",
    "\n(a-label)=\n": "a label was left",
    "A note[^1].": "a footnote's mark was left",
    "glue:text": "a glued value was left",
    "Each \\vy.": "the macro \\vy was left",
    '<p id="one">x</p>': "the id 'one' stands there twice",
    '<img alt="x" src="https://a.org/b.png">': "https://a.org/b.png is loaded from another host",
    '<link rel="stylesheet" href="//a.org/b.css">': "//a.org/b.css is loaded from another host",
}


@pytest.mark.parametrize("planted", PAGES)
def test_a_page_is_asked(planted: str) -> None:
    html = WORDS.replace("{}", planted)
    assert [one for one in page(html) if one.startswith(PAGES[planted])]


def test_a_page_that_is_right() -> None:
    link = '<a href="https://a.org">{x} and (as)= here</a><svg id="two"><p>\\x{ref}`</p></svg>'
    assert list(page(WORDS.replace("{}", link))) == []


SOURCE = f"{HEAD}# A\n\n{cell('x = 1')}Words.\n"
SHOWN = (
    '<article><img src="small.webp" alt=""/>'
    '<div class="ebm-picture">x</div><table class="table"></table>'
    '<aside class="footnote brackets">1</aside>'
    '<div class="cell_output docutils container"><table></table></div></article>'
)
TOLD = "# A\n\n![x](attachment:x.png)\n\n| a |\n| --- |\n| $\\alpha$ `\\x` |\n\n<sup>1</sup> Note."


def made(words: str = TOLD, *code: str) -> str:
    cells = [{"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in code]
    install = {"cell_type": "code", "source": "i", "metadata": {"tags": ["install"]}, "outputs": []}
    told = {"cell_type": "markdown", "source": words, "metadata": {}}
    return json.dumps({"cells": [install, told, *cells]})


def test_a_notebook_that_is_right() -> None:
    assert list(notebook(made(TOLD, "x = 1"), SHOWN, SOURCE)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (TOLD.replace("![x](attachment:x.png)", ""), "the page shows 1 pictures, and it has 0"),
        (TOLD.replace("| --- |", ""), "the page shows 1 tables, and it has 0"),
        (TOLD.replace("<sup>1</sup> ", ""), "the page shows 1 footnotes, and it has 0"),
        (TOLD + " {eq}`x`", "a role was left as it was typed"),
        (TOLD + " \\vy", "the macro \\vy was left as it was typed"),
    ],
)
def test_a_notebook_is_asked(words: str, said: str) -> None:
    found = list(notebook(made(words, "x = 1"), SHOWN, SOURCE))
    assert [one[: len(said)] for one in found] == [said]


def test_a_cell_that_is_not_in_the_notebook() -> None:
    assert list(notebook(made(TOLD), SHOWN, SOURCE)) == ["1 cells ran, and it has 0, or others"]


TEX = r"""\newcommand{\vy}{y} {ref}`x` \begin{document}
Words \(\vy\), \sphinxcode{\sphinxupquote{\{ref\}\textasciigrave{}\textbackslash{}vz{\{x\}}}} and
\begin{ebmcodeblock}
\textbackslash{}vy = \{ref\}\textasciigrave{}
\end{ebmcodeblock}
@@
"""


def test_what_is_typeset_that_is_right() -> None:
    assert list(printed(TEX.replace("@@", r"Set \{a, b\}, {[}1{]} and \&."))) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (r"\{ref\}\textasciigrave{}a\textasciigrave{}", "a role was left"),
        (r"\textasciigrave{}" * 3 + r"\{note\}", "a directive was left"),
        ("\n(a\\sphinxhyphen{}label)=\n", "a label was left"),
        (r"A note{[}\textasciicircum{}1{]}.", "a footnote's mark was left"),
        (r"Each \textbackslash{}vy.", "the macro \\vy was left"),
    ],
)
def test_what_is_typeset_is_asked(planted: str, said: str) -> None:
    (told,) = printed(TEX.replace("@@", planted))
    assert told.startswith(said)


def test_a_file_that_is_as_it_was_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, site = Book(make_book(tmp_path)), tmp_path / "html"
    site.mkdir()
    read: list[str] = []
    plain = Path.read_text

    def noted(path: Path, *given: Any, **more: Any) -> str:
        read.append(path.name)
        return plain(path, *given, **more)

    for name in ("one", "two"):
        (site / f"{name}.html").write_text(WORDS.replace("{}", name))
    check(book, site)
    (site / "two.html").write_text(WORDS.replace("{}", "ow2"))
    monkeypatch.setattr(Path, "read_text", noted)
    check(book, site)
    assert [name for name in read if name.endswith(".html")] == ["two.html"]
    (site / "one.html").write_text(WORDS.replace("{}", "{ref}`x`"))
    for _ in range(2):
        with pytest.raises(BookError, match=r"one\.html: a role was left"):
            check(book, site)
