"""What a machine can see in a page's source: each mistake is told at its line, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.tiny import EXERCISE, HEAD, REPOSITORY, cell, make_book
from tools.book import Book, BookError
from tools.build.check import check
from tools.build.contrast import contrast

TITLE = "(a-page)=\n# A page\n\n"


@dataclass(frozen=True)
class Mistake:
    """What is written after a page's title, where (by a text of the line), and what is said."""

    text: str
    said: str
    mark: str = ""


SAID = "A curve that falls."
SHOW = 'from ebmlib.plot.show import show\n\nshow(fig, "a-page-x", alt="A curve that falls.")'
PLACE = "```{computed} a-page-x\nA curve.\n```\n"

MISTAKES = {
    # words that would stand on the page as they were typed
    "two dollars close": Mistake("So $F(y) \\ge 0$$ holds.", "a dollar that opens or closes"),
    "two dollars open": Mistake("So $$F(y) \\ge 0$ holds.", "a dollar that opens or closes"),
    "a dollar in a list": Mistake("- a $ here\n", "a dollar that opens or closes", "here"),
    "a dollar in a box": Mistake("```{note}\nWords.\n\nA $ here.\n```", "a dollar that", "A $"),
    "money": Mistake("It costs $5 and $10 here.", "write \\$ for money"),
    "a display of one dollar": Mistake("$$\nx = 1\n$\n\n## More\n\n$$\ny\n$$", "a blank line"),
    "a macro in prose": Mistake("Words.\nFor each point \\vy here.", "the macro \\vy", "\\vy"),
    "a macro in a table": Mistake("| a | b |\n| - | - |\n| \\vy | 1 |", "the macro \\vy", "| \\vy"),
    "a macro in a caption": Mistake(cell(SHOW) + PLACE.replace("A curve", "A \\vy"), "the macro",
                                    "A \\vy"),
    "a label without =": Mistake("(a-section)\n## Section", "a label needs = behind it"),
    "a role with a blank": Mistake("See {ref} `a-page`.", "write {ref}`a-page`"),
    "a role that is not closed": Mistake("See {ref}`a-page.", "lacks its closing backtick"),
    "a task list": Mistake("- a\n- [ ] a task\n- [x] done", "a task list", "- [ ]"),
    "a second title": Mistake("Words.\n\n# Another", "a second title: the page has one in line 8",
                              "# Another"),
    "a list of contents": Mistake("```{contents}\n```", "leave {contents} out"),
    # fences
    "a fence before a cell": Mistake(f"```{{note}}\nWords.\n\n{cell('x = 1')}",
                                     "is not closed before the cell of line 13"),
    "a fence before another": Mistake("```{note}\nWords.\n\n```{tip}\nMore.\n```",
                                      "is not closed before the {tip} of line 13"),
    "a fence before the end": Mistake("```{note}\nWords.", "this fence is not closed"),
    "colons before the end": Mistake(":::{note}\nWords.\n\n## More", "this fence is not closed"),
    "a backtick in the first line": Mistake("```{admonition} The `softmin`\nWords.\n```\nGone.",
                                            "takes none in its first line"),
    "a role in the first line": Mistake("```{list-table} Of {cite:t}`a`\n* - a\n  - b\n```",
                                        "takes none in its first line"),
    # tables
    "a row of three": Mistake("| a | b |\n| - | - |\n| 1 | 2 | 3 |", "this row has 3 cells,",
                              "| 1"),
    "a bar within maths": Mistake("| a | b |\n| - | - |\n| $|x|$ | y |", "\\lvert or \\mid", "| $"),
    "a bar within code": Mistake("| a | b |\n| - | - |\n| `p|q` | y |", "within code \\|", "| `"),
    # pictures and media
    "a remote film": Mistake('<video src="https://a.org/b.mp4"></video>', "<video> of https://a.org"),
    "a remote picture": Mistake("![a badge](https://a.org/b.svg)", "comes from elsewhere"),
    "a frame": Mistake('<iframe src="https://a.org"></iframe>', "<iframe> is blocked"),
    "an event": Mistake('Words <b onclick="x()">here</b>.', "onclick= is blocked"),
    "a file by HTML": Mistake('<img src="a.png" alt="A curve">', "no build copies"),
    "raw HTML": Mistake('```{raw} html\n<p>A\n<script>1</script>\n```', "<script> is blocked",
                        "<script>"),
    "a picture that is not there": Mistake("![A curve](gone.png)", "no file gone.png"),
    "a figure that is not there": Mistake("```{figure} gone.png\n:alt: A curve\nA curve.\n```",
                                          "no file gone.png"),
    "a picture without words": Mistake("![](a.png)", "has no alternative text"),
    "words that say nothing": Mistake("![A figure](a.png)", "'A figure' says nothing"),
    "a number of a picture": Mistake("![Figure 1](a.png)", "'Figure 1' says nothing"),
    "words of a cell's figure": Mistake(cell(SHOW.replace(SAID, "the plot")) + PLACE,
                                        "'the plot' says nothing", "show(fig"),
    "words that repeat the name": Mistake(cell(SHOW.replace(SAID, "a page x")) + PLACE,
                                          "'a page x' says nothing", "show(fig"),
    # exercises
    "no solution": Mistake(EXERCISE.partition("\n\n")[0], "the exercise 'ex-one' has no solution"),
    "a solution of another": Mistake(EXERCISE.replace("-start} ex-one", "-start} ex-on"),
                                     "'ex-on', which is not on this page: did you mean 'ex-one'?",
                                     "-start} ex-on"),
    # cells
    "a draw": Mistake(cell("import torch\n\nx = torch.randn(3)"), "torch.randn draws without",
                      "x = "),
    "a draw by another name": Mistake(cell("from torch import randperm as p\n\nx = p(3)"),
                                      "torch.randperm draws without", "x = "),
    "a draw in place": Mistake(cell("import torch\n\nx = torch.empty(3).normal_()"),
                               ".normal_ draws without", "x = "),
    "a draw before the seed": Mistake(
        cell("import torch\n\nx = torch.rand(3)\ntorch.manual_seed(0)"),
        "torch.rand draws without", "x = "),
    "NumPy's draws": Mistake(cell("import numpy as np\n\nx = np.random.normal(size=3)"),
                             "numpy.random.normal draws without", "x = "),
    "NumPy's generator": Mistake(cell("import numpy as np\n\nx = np.random.default_rng()"),
                                 "numpy.random.default_rng draws without", "x = "),
    "Python's draws": Mistake(cell("import random\n\nx = random.random()"),
                              "random.random draws without", "x = "),
    "a tag in a block": Mistake(cell("---\ntags:\n  - raises-exception\n---\nassert 1 == 2"),
                                "by its tag raises-exception", "  - raises"),
    "a tag of many": Mistake(cell(":tags: [hide-input, skip-execution]\n\nx = 1"),
                             "by its tag skip-execution", ":tags:"),
    # names
    "a value that nobody glues": Mistake(
        cell('from ebmlib.glue import glue\n\nglue("a-page-share", 1.0)')
        + "It is {glue:text}`a-page-shar:.2f`.",
        "no cell of this page glues 'a-page-shar': did you mean 'a-page-share'?", "It is"),
    "a place of nothing": Mistake(cell(SHOW) + PLACE + PLACE.replace("page-x", "page-y"),
                                  "shows the figure 'a-page-y': did you mean 'a-page-x'?",
                                  "```{computed} a-page-y"),
    "a figure twice": Mistake(cell(SHOW) + cell("# again\n" + SHOW.partition("\n\n")[2]) + PLACE,
                              "figure 'a-page-x' stands in line 13 already", "LAST show(fig"),
    "a footnote": Mistake("A note[^on].\n\n[^one]: This.", "no footnote 'on' on this page: did"),
}  # fmt: skip

RIGHT = {
    "dollars": "It costs \\$5 or \\$10, not $x$, nor $$y$$, and `$HOME` or `\\vy` is code.",
    "displays": "$$\nx = 1\n$$ (eq-a)\n\n$$ y $$",
    "a list with a formula": "- $x$ and $y$-axis\n- the {ref}`a-page`",
    "brackets": "(as before)\n\n(a-note)\n\nWords.",
    "fences": "````{note}\n```{tip}\nWords.\n```\n````\n\n:::{note}\nThe `softmin`.\n:::",
    "code": "```text\n$ pip install \\here\n- [ ] a\n```",
    "tables": "| a | b |\n| - | - |\n| 1 |\n| $\\lvert x \\rvert$ | `a` |\n| `p\\|q` | 2 |",
    "definitions": "Term\n: its meaning",
    "seeds": cell("import torch\n\ng = torch.Generator().manual_seed(0)\n"
                  "x = torch.randn(3, generator=g)\ndraw = {'generator': g}\n"
                  "y = torch.rand(3, **draw)"),
    "a seed for all": cell("import torch\n\ntorch.manual_seed(0)\nx = torch.randn(3)"),
    "a function before its seed": cell("import torch\n\ndef draw():\n    return torch.randn(3)\n\n"
                                       "torch.manual_seed(0)\nx = draw()"),
    "NumPy's seed": cell("import numpy as np\n\nx = np.random.default_rng(0).normal(size=3)"),
    "Python's seed": cell("import random\n\nx = random.Random(0).random()"),
    "a name of two branches": cell("from ebmlib.glue import glue\n\nif True:\n    glue('a', 1)\n"
                                   "else:\n    glue('a', 2)") + "{glue:text}`a`",
    "names made in a loop": cell("for n in 'xy':\n    glue(f'a-{n}-b', 1)\n    "
                                 "show(fig, f'a-{n}', alt=n)")
    + "{glue:text}`a-x-b`\n\n```{computed} a-x\nA curve.\n```\n",
    "a magic": cell("%matplotlib inline\nx = 1"),
    "an exercise": EXERCISE,
}  # fmt: skip


def told(root: Path) -> list[str]:
    try:
        check(Book(root))
    except BookError as error:
        return str(error).splitlines()
    return []


def page(root: Path, text: str) -> str:
    """A book whose page `other` holds the text; returns the page."""
    source = HEAD + TITLE + text + "\n"
    make_book(root, other=source)
    (root / "a.png").touch()
    return source


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    mistake = MISTAKES[name]
    lines = page(tmp_path, mistake.text).splitlines()
    mark = mistake.mark.removeprefix("LAST ") or mistake.text.partition("\n")[0]
    places = [n for n, line in enumerate(lines, 1) if mark in line]
    line = places[-1 if mistake.mark.startswith("LAST") else 0]
    found = told(tmp_path)
    assert [one for one in found if mistake.said in one and f"other.md:{line}:" in one], found
    assert len(found) == 1


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_let_alone(tmp_path: Path, name: str) -> None:
    page(tmp_path, RIGHT[name])
    assert told(tmp_path) == []


def test_the_book_itself_passes() -> None:
    assert told(REPOSITORY) == []


def two(root: Path, one: str, other: str) -> list[str]:
    make_book(root, one=HEAD + one, other=HEAD + other)
    return told(root)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cell(SHOW) + PLACE, "figure 'a-page-x' is already shown by one.md:10: choose another"),
        (cell('glue("a-value", 1)'), "glue key 'a-value' is already glued by one.md:8: choose"),
        ("(a-place)=\n## Place\n", "the label 'a-place' is already that of one.md:7: choose"),
        ("$$ x $$ (eq-a)\n", "the label 'eq-a' is already that of one.md:7: choose"),
        (EXERCISE, "the label 'ex-one' is already that of one.md:8: choose"),
        ("```{glossary}\nmodel\n  A.\n```\n", "the term 'model' is already explained by one.md:8"),
    ],
)  # fmt: skip
def test_a_name_has_one_owner(tmp_path: Path, text: str, said: str) -> None:
    found = two(tmp_path, text, "Words.\n\n" + text)
    line = int(said.partition(".md:")[2].partition(":")[0]) + 2
    assert found[0].startswith(f"other.md:{line}: {said}"), found


def test_the_page_that_ran_with_a_figure_is_its_owner(tmp_path: Path) -> None:
    """Wherever it stands in the contents: the new page is told, not the one that is as it was."""
    make_book(tmp_path, one=HEAD + cell(SHOW) + PLACE, other=HEAD + cell(SHOW) + PLACE)
    record = tmp_path / "_build" / "executed" / "other.json"
    record.parent.mkdir(parents=True)
    record.write_text('{"tables": ["a-page-x"]}')
    said = "one.md:10: figure 'a-page-x' is already shown by other.md:10: choose another name"
    assert told(tmp_path) == [said]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("", "the title has no label: write (density-kernel)= over it"),
        ("(kernel)=\n", "the label over the title must be (density-kernel)=. Got (kernel)="),
        ("(density-kernel)=\n", ""),
        ("(density-kernel)=\n(an-old-name)=\n", ""),
    ],
)
def test_the_label_over_a_title(tmp_path: Path, label: str, said: str) -> None:
    (tmp_path / "book" / "density").mkdir(parents=True)
    make_book(tmp_path, **{"book/density/kernel": f"{HEAD}{label}# Kernel\n"})
    assert [one.partition(": ")[2] for one in told(tmp_path)] == ([said] if said else [])


SHEET = """\\definecolor{blue}{HTML}{0764EC}
\\definecolor{blue-dark}{HTML}{9DB9F9}
\\definecolor{ground}{HTML}{FFFFFF}
\\definecolor{ground-dark}{HTML}{121212}
\\newcommand{\\eF}{F}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0764EC", "0764E", "1: 'blue' has 5 hexadecimal digits, 6 are needed"),
        ("0764EC", "0764eg", "1: 'blue' needs 6 capital hexadecimal digits. Got 0764eg"),
        ("0764EC", "9DB9F9", "1: 'blue' on 'ground' has a contrast of 1.96:1, and 4.5:1 is needed"),
        ("9DB9F9", "202050", "2: 'blue-dark' on 'ground-dark' has a contrast of"),
        ("{F}\n", "{F}\n\\newcommand{\\eF}{G}\n", "6: \\eF is defined in line 5 already"),
    ],
)
def test_the_stylesheet_is_told_first_and_alone(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    page(tmp_path, "A $ here.")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "maths-preamble.tex").write_text(SHEET.replace(old, new))
    found = told(tmp_path)
    assert found[0].startswith(f"book/maths-preamble.tex:{said}"), found
    assert len(found) == 1


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_diagrams_older_than_the_colours_are_one_fault(tmp_path: Path) -> None:
    page(tmp_path, "Words.")
    folder = tmp_path / "book" / "diagrams"
    folder.mkdir(parents=True)
    (folder.parent / "maths-preamble.tex").write_text(SHEET)
    (folder / "ebm.tikz.tex").touch()
    stated = '<!-- ebm {"hash": "old", "palette": {"#0000ff": "blue"}} -->'
    for name in ("one", "two"):
        (folder / f"{name}.tex").touch()
        (folder / f"{name}.svg").write_text(f"<svg>\n{stated}</svg>")
    cause = "2 diagrams are older than the colours here: run nox -s diagrams"
    assert told(tmp_path) == [f"book/maths-preamble.tex:1: {cause}"]


def test_a_level_that_the_sidebar_does_not_show(tmp_path: Path) -> None:
    make_book(tmp_path, **{name: f"# {name}\n" for name in "abcd"})
    indented = [f"{' ' * 4 * n}- file: {name}\n" for n, name in enumerate("abcd")]
    rows = [f"{' ' * 4 * n}  sections:\n" for n in range(3)]
    body = "".join(a + b for a, b in zip(indented, [*rows, ""], strict=True))
    (tmp_path / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{body}")
    words = "page 'd' stands below 3 levels of pages: the sidebar shows 3"
    assert [one for one in told(tmp_path) if words in one and one.startswith("_toc.yml:")]
