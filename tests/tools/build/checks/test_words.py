"""What a machine can see in a page's source: each mistake is told at its line, and nothing else.

Words, fences, tables, media, exercises, cells, seeds and footnotes: one table for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.checks import PLACE, SHOW, page, told
from tests.helpers.tiny import EXERCISE, REPOSITORY, cell
from tools.book import Page
from tools.build.checks import words


@dataclass(frozen=True)
class Mistake:
    """What is written after a page's title, where (by a text of the line), and what is said."""

    text: str
    said: str
    mark: str = ""


SAID = "A curve that falls."

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
    "a reference in a heading": Mistake("## By {numref}`fig-x`\n\nWords.",
                                        "{numref} in a heading: the contents would show its label"),
    "a theorem": Mistake(":::{prf:theorem} A bound\nWords.\n:::",
                         "{prf:theorem} would not be right in print: write :::{admonition}"),
    "struck words": Mistake("It is ~~gone~~ here.", "~~gone~~ would stand on the page as it is"),
    "marked words": Mistake("It is ==new== here.", "*word* or **word** marks one"),
    "a lowered number": Mistake("Drink H~2~O.", "write H{sub}`2`O"),
    "a raised number": Mistake("So x^2^ is.", "write x{sup}`2`"),
    "a heading twice": Mistake("## Setup\n\nOne.\n\n## Setup\n\nTwo.",
                               "the heading of line 10 once more", "LAST ## Setup"),
    "a remark in HTML": Mistake("Words <!-- not yet --> here.", "a remark in HTML is published"),
    "a remark of lines": Mistake("Words.\n\n<!-- not\nyet -->", "a remark in HTML", "<!--"),
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
    "a row of one": Mistake("| a | b |\n| - | - |\n| 1 |", "this row has 1 cell, its head 2",
                            "| 1"),
    "words behind a table": Mistake("| a | b |\n| - | - |\n| 1 | 2 |\nWords.",
                                    "or a blank line before what is no row", "Words."),
    "dashes for one of two": Mistake("| a | b |\n| --- |\n| 1 | 2 |",
                                     "this line of dashes has 1 cell, its head 2", "| ---"),
    "dashes for three of two": Mistake("a | b\n:-- | :-: | --:\n1 | 2",
                                       "this line of dashes has 3 cells, its head 2", ":--"),
    "dashes without bars": Mistake("| a | b |\n---\n| 1 | 2 |",
                                   "makes a heading of the line above", "LAST ---"),
    "no dashes": Mistake("Words:\n| a | b |\n| 1 | 2 |", "write | --- | --- |", "| a"),
    "no dashes in a quotation": Mistake("> | a | b |\n> | 1 | 2 |", "write | --- | --- |"),
    "dashes of another Markdown": Mistake("| a | b |\n|---+---|\n| 1 | 2 |", "no line of dashes"),
    "dashes in a box": Mistake("```{note}\n| a | b |\n| - |\n```", "has 1 cell", "| - |"),
    # directives
    "a mistyped question": Mistake(
        cell('from ebmlib.glue import answer\n\nanswer("a-page-q", 2.0)')
        + "```{quesion} a-page-q\nHow many?\n---\nTwo.\n```",
        "no directive {quesion}: did you mean 'question'?", "```{quesion}"),
    "a mistyped exercise": Mistake(EXERCISE.replace("{exercise-start}", "{exercise-strat}"),
                                   "no directive {exercise-strat}: did you mean 'exercise-start'?"),
    "a mistyped cell": Mistake(cell("glue('a', 1)").replace("code-cell", "code-cel")
                               + "{glue:text}`a`", "did you mean 'code-cell'?"),
    "a mistyped box within a box": Mistake("````{note}\n```{tipp}\nWords.\n```\n````",
                                           "no directive {tipp}: did you mean 'tip'?", "```{tipp}"),
    "an option of what has none": Mistake(
        cell(SHOW) + PLACE.replace("\nA curve", "\n:panel: 4\nA curve"),
        "{computed} has no option 'panel': it is one of {promise}", ":panel:"),
    "an option that is mistyped": Mistake("```{promise} a-page-x\n:pane: 2\nA.\n```\n\n"
                                          + cell(SHOW) + PLACE, "did you mean 'panel'?", ":pane:"),
    # pictures and media
    "a remote film": Mistake('<video src="https://a.org/b.mp4"></video>', "<video> of https://a.org"),
    "a remote picture": Mistake("![a badge](https://a.org/b.svg)", "comes from elsewhere"),
    "a frame": Mistake('<iframe src="https://a.org"></iframe>', "<iframe> is blocked"),
    "an event": Mistake('Words <b onclick="x()">here</b>.', "onclick= is blocked"),
    "a file by HTML": Mistake('<img src="a.png" alt="A curve">', "no build copies"),
    "raw HTML": Mistake('```{raw} html\n<p>A\n<script>1</script>\n```', "<script> is blocked",
                        "<script>"),
    "HTML": Mistake("Press <kbd>x</kbd>.", "<kbd> would stand on the site alone: say it in"),
    "a block of HTML": Mistake("<div class='x'>\nWords.\n</div>", "<div> would stand on the site"),
    "raw LaTeX": Mistake("```{raw} latex\n\\newpage\n```", "raw latex stands in one edition"),
    "a link of HTML": Mistake('<a href="gone.html">x</a>', "is checked by nobody: write [words]("),
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
    "a tag that nobody knows": Mistake(cell(":tags: [hide-inputs]\nx = 1"),
                                       "the tag 'hide-inputs': did you mean 'hide-input'?",
                                       ":tags:"),
    "a tag of underscores": Mistake(cell(":tags: [imports, hide_cell]\nx = 1"),
                                    "did you mean 'hide-cell'?", ":tags:"),
    "an unknown tag in a block": Mistake(cell("---\ntags:\n  - hide-input\n  - later\n---\nx = 1"),
                                         "'later'; there are hide-cell, hide-input", "  - later"),
    "an unknown tag alone": Mistake(cell(":tags: hide-imput\nx = 1"), "did you mean 'hide-input'?",
                                    ":tags:"),
    "an option of cells that nobody knows": Mistake(cell(":tag: [hide-input]\nx = 1"),
                                                    "'tag': did you mean 'tags'?", ":tag:"),
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
    "a footnote in a heading": Mistake("## More[^n]\n\n[^n]: This.", "a footnote in a heading"),
    "a footnote in a caption": Mistake(
        "```{figure} a.png\n:alt: A red square.\nRed[^n].\n```\n\n[^n]: This.",
        "a footnote in a caption: put it into the text", "Red"),
    "a footnote in a title": Mistake(":::{list-table} Sizes[^n]\n* - a\n:::\n\n[^n]: This.",
                                     "a footnote in a title: put it into the text"),
    "a footnote": Mistake("A note[^on].\n\n[^one]: This.", "no footnote 'on' on this page: did"),
}  # fmt: skip

RIGHT = {
    "a heading twice with a label": "## Setup\n\nOne.\n\n(a-page-setup)=\n## Setup\n\nTwo.",
    "tildes and equals signs": "From ~5 to ~9, a == b and c == d, 2^3 and `H~2~O`.",
    "a remark for authors": "Words.\n\n% not yet\n\nMore.",
    "dollars": "It costs \\$5 or \\$10, not $x$, nor $$y$$, and `$HOME` or `\\vy` is code.",
    "displays": "$$\nx = 1\n$$ (eq-a)\n\n$$ y $$",
    "a list with a formula": "- $x$ and $y$-axis\n- the {ref}`a-page`",
    "brackets": "(as before)\n\n(a-note)\n\nWords.",
    "fences": "````{note}\n```{tip}\nWords.\n```\n````\n\n:::{note}\nThe `softmin`.\n:::",
    "directives": "```{Note}\nWords.\n```\n\n```{mermaid}\nA\n```\n\n```{eval-rst}\nA\n```\n",
    "code": "```text\n$ pip install \\here\n- [ ] a\n```",
    "tables": "| a | b |\n| - | - |\n| 1 | |\n| $\\lvert x \\rvert$ | `a` |\n| `p\\|q` | 2 |",
    "tables of other kinds": "a | b\n- | -\n1 | 2\n\n> | a |\n> | :-: |\n> | 1 |\n\nThe $|x|$\n"
    "and |x| or\n`a|b` -- c.\n\nHeading\n---\n\nWords.\n\n| a | b |\n| - | - |",
    "definitions": "Term\n: its meaning",
    "tags": cell(":tags: [hide-input, imports]\n:mystnb: {code_prompt_show: More}\nx = 1")
    + cell("---\ntags: [remove-cell]\n---\nx = 1"),
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
    "HTML for the site": "```{only} html\n<kbd>x</kbd>\n<!-- a remark -->\n```",
    "footnotes": "Words[^n].\n\n```text\n[^gone]\n```\n\n[^n]: This, `[^gone]`.",
}  # fmt: skip


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


def test_a_name_far_from_all_is_told_first_where_its_effects_are_told(tmp_path: Path) -> None:
    page(tmp_path, cell("glue('a', 1)").replace("code-cell", "cell") + "{glue:text}`a`")
    words = [one.partition(": ")[2] for one in told(tmp_path)]
    assert words == ["no directive {cell}", "no cell of this page glues 'a'"]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_let_alone(tmp_path: Path, name: str) -> None:
    page(tmp_path, RIGHT[name])
    assert told(tmp_path) == []


def test_the_book_itself_passes() -> None:
    assert told(REPOSITORY) == []


def test_words_alone(tmp_path: Path) -> None:
    page(tmp_path, "Each point \\vy and a $ here.")
    found = words.check(Page("other", tmp_path / "other.md"))
    assert [(one.line, one.words[:9]) for one in found] == [(10, "a dollar "), (10, "the macro")]
