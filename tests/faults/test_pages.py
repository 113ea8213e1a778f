"""Faults of pages and settings: each stops the build twice, told with file and line.

A fault is a text put at the end of page `two`, or a change of some file. The line that is told may
be one before or after the fault's own: Sphinx tells where a paragraph begins.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.tiny import FIGURE, build, site
from tests.helpers.tiny import EXERCISE, REPOSITORY, cell, write_page

TWICE = "from ebmlib.glue import glue\n\nglue('two-share', 0.5)\nglue('two-share', 0.25)"
ENTRY = "@book{tiny, title={Again}, author={Ann Other}, publisher={Press}, year={2001}}\n"
SHEET = "book/maths-preamble.tex"
GLUE = "from ebmlib.glue import glue\n\nglue('two-share', float('nan'))"


@dataclass(frozen=True)
class Fault:
    """What is planted, and what the build must say.

    Attributes:
        said: must be in the line that names the place.
        text: is put at the end of `file`, or in the place of `old`.
        told: the file that must be named, if it is another.
        mark: stands in the line of the file that must be named; by default the text's first.
    """

    said: str
    text: str
    file: str = "two.md"
    old: str = ""
    mark: str = ""
    told: str = ""


def shown(name: str = "two-data", alt: str = "Two.", bundle: bool = True) -> str:
    """A cell that shows a figure, well or not."""
    source = FIGURE.replace("tiny-data", name).replace("Two points.", alt)
    return cell(source if bundle else source.replace("metadata=", "transient="))


FAULTS = {
    # cells
    "failing cell": Fault("ZeroDivisionError", cell("1 / 0"), mark="1 / 0"),
    "false claim": Fault("AssertionError: it is 2", cell("assert 1 + 1 == 3, 'it is 2'"),
                         mark="assert 1"),
    "false claim about a value": Fault(
        "AssertionError: best > 30 is false: best = 15.8489",
        cell("best = 10**1.2\nassert best > 30"), mark="assert best"),
    "cell that writes an error": Fault("a cell writes to stderr, and a page may not: oh",
                                       cell("import sys\n\nprint('oh', file=sys.stderr)"),
                                       mark="FENCE"),
    "package that is not there": Fault("name it there and its version in constraints.txt",
                                       cell("import nosuch"), mark="import nosuch"),
    "cell that is no Python": Fault("SyntaxError", cell("x = (1,"), mark="x = (1,"),
    "import of what is not there": Fault("ModuleNotFoundError", cell("import ebmlib.gone"),
                                         mark="import ebmlib.gone"),
    "cell that warns": Fault("a cell warns (UserWarning), and a page may not: slow",
                             cell("import warnings\n\nwarnings.warn('slow')"),
                             mark="warnings.warn("),
    "glued NaN": Fault("two-share must be finite", cell(GLUE), mark="glue('two-share'"),
    "value glued twice": Fault("glue key 'two-share' stands in line", cell(TWICE),
                               mark="glue('two-share', 0.25)"),
    "kernel that dies": Fault("the kernel died here", cell("import os\n\nos._exit(1)"),
                              mark="import os"),
    "cell that may fail": Fault("raises-exception",
                                cell(":tags: [raises-exception]\n\nassert 1 == 2"),
                                mark=":tags:"),
    "cell that is not run": Fault("skip-execution",
                                  cell(":tags: [hide-input, skip-execution]\n\nassert 1 == 2"),
                                  mark=":tags:"),
    "tag of a cell that is mistyped": Fault("'hide-inputs': did you mean 'hide-input'?",
                                            cell(":tags: [hide-inputs]\n\nx = 1"), mark=":tags:"),
    "option of a cell that is mistyped": Fault("no option 'chek': did you mean 'check'?",
                                               cell(":chek: one is one\n\nassert 1 == 1"),
                                               mark=":chek:"),
    "check without a sentence": Fault("a check without a sentence", cell(":check:\nassert 1"),
                                      mark=":check:"),
    "check of one word": Fault("a check without a sentence", cell(":check: yes\nassert 1"),
                               mark=":check: yes"),
    "check whose sentence is no YAML": Fault("put it between single quotes",
                                             cell(":check: Run: one. Checked: two\nassert 1"),
                                             mark=":check: Run"),
    "cell without a kernel": Fault("names no kernelspec", "kernel: {", old="kernelspec: {",
                                   mark="FENCE"),
    "cell within a box": Fault("unexpected `code-cell`", f"````{{note}}\n{cell('1 / 0')}````",
                               mark="FENCE"),
    "error in ebmlib": Fault("was never closed", "VALUE = (1\n", file="ebmlib/soft.py"),
    "tables that are no list": Fault("'reads' must be a list", "reads: gone}\n---\n",
                                     old="---\n\n(two)=", mark="ebm: {"),
    "table that nobody writes": Fault("declares to read the table 'gone'", "reads: [gone]}\n---\n",
                                      old="---\n\n(two)=", mark="ebm: {"),
    # words
    "undefined reference": Fault("undefined label: 'nowhere'", "See {ref}`nowhere`."),
    "link to no page": Fault("cross-reference target not found: 'gone.md'", "See [it](gone.md)."),
    "link to no place": Fault("cross-reference target not found: 'gone'", "See [it](#gone)."),
    "download of nothing": Fault("download file not readable", "{download}`gone.txt`"),
    "heading that leaves out a level": Fault("Non-consecutive header level", "#### Deep"),
    "missing citation": Fault('could not find bibtex key "nobody"', "Says {cite:t}`nobody`."),
    "missing footnote": Fault("no footnote 'gone'", "A note[^gone]."),
    "missing term": Fault("term not in glossary: 'nonsense'", "A {term}`nonsense`."),
    "number of no figure": Fault("undefined label: 'fig-gone'", "See {numref}`fig-gone`."),
    "number of no formula": Fault("equation not found: eq-gone", "See {eq}`eq-gone`."),
    "unknown glued value": Fault("two-gone", "It is {glue:text}`two-gone:.2f`."),
    "duplicated label": Fault("the label 'one' is already that of one.md:", "(one)=\n## Again"),
    "exercise's label of two pages": Fault(
        "the label 'ex-one' is already that of one.md:",
        "```{exercise-start} Again\n:label: ex-one\n```\nDo.\n```{exercise-end}\n```",
        mark=":label:"),
    "exercise that is not there": Fault("undefined label: 'ex-gone'", "See {ref}`ex-gone`."),
    "symbol that no text has": Fault("no character says \\binom", "## The $\\binom{n}{k}$ choices"),
    "label that is mistyped": Fault("did you mean 'fig-tiny-data'?", "See {numref}`fig-tiny-dat`."),
    "citation that is mistyped": Fault("did you mean 'tiny'?", "Says {cite:t}`tini`."),
    "dollars that do not match": Fault("a dollar that opens or closes no formula", "So $x$$ it."),
    "macro outside of dollars": Fault("the macro \\vy stands outside of dollars", "Each \\vy."),
    "row of three cells": Fault("this row has 3 cells, its head 2",
                                "| a | b |\n| - | - |\n| 1 | 2 | 3 |", mark="| 1"),
    "row of one cell": Fault("this row has 1 cell, its head 2",
                             "| a | b |\n| - | - |\n| 1 |", mark="| 1"),
    "table with a short line of dashes": Fault("this line of dashes has 1 cell, its head 2",
                                               "| a | b |\n| --- |\n| 1 | 2 |", mark="| ---"),
    "table without a line of dashes": Fault("no line of dashes below the head of a table",
                                            "| a | b |\n| 1 | 2 |"),
    "label without its sign": Fault("a label needs = behind it", "(two-more)\n## More"),
    "second title": Fault("a second title: the page has one", "# Again"),
    "film from elsewhere": Fault("the pages' own policy blocks it",
                                 '<video src="https://a.org/b.mp4"></video>'),
    "words that say nothing": Fault("the alternative text 'A plot' says nothing",
                                    "![A plot](other.png)"),
    "exercise without a solution": Fault("the exercise 'ex-two' has no solution",
                                         "```{exercise} Two\n:label: ex-two\nDo.\n```"),
    "draw without a seed": Fault("torch.randn draws without a seed",
                                 cell("import torch\n\nprint(torch.randn(2))"), mark="print(torch"),
    "fence that is not closed": Fault("is not closed before the cell of line",
                                      "```{note}\nWords.\n\n" + cell("1")),
    "backtick in a first line": Fault("a fence of backticks takes none in its first line",
                                      "```{admonition} The `x`\nWords.\n```"),
    "task list": Fault("a task list, which the reader", "- [ ] to do"),
    "contents on a page": Fault("leave {contents} out", "```{contents}\n```"),
    "unknown role": Fault('Unknown interpreted text role "nothing"', "{nothing}`x`"),
    "mistyped question": Fault(
        "no directive {quesion}: did you mean 'question'?",
        cell("from ebmlib.glue import answer\n\nanswer('two-many', 2.0)")
        + "```{quesion} two-many\nHow many?\n---\nTwo.\n```", mark="```{quesion}"),
    "mistyped exercise": Fault(
        "no directive {exercise-strat}: did you mean 'exercise-start'?",
        EXERCISE.replace("{exercise-start}", "{exercise-strat}"), mark="```{exercise-strat}"),
    "unknown directive": Fault("Unknown directive type: 'nothing'", "```{nothing}\nx\n```"),
    "exercise that is not closed": Fault("without an exercise-end",
                                         "```{exercise-start} Open\n:label: ex-two\n```\nDo."),
    "solution of no exercise": Fault("the exercise 'ex-gone', which is not on this page",
                                     "```{solution} ex-gone\n:label: sol-gone\nDone.\n```"),
    "footnote in a caption": Fault(
        "a footnote in a caption",
        "```{diagram} arrow\n:alt: An arrow.\nAn arrow[^n].\n```\n\n[^n]: A note.",
        mark="An arrow[^n]"),
    "frame of another site": Fault("<iframe> is blocked",
                                   '<iframe src="https://example.org/film"></iframe>'),
    "picture by HTML": Fault("no build copies a file that HTML names",
                             '<img src="other.png" width="50">'),
    "picture from elsewhere": Fault(
        "the pages' own policy blocks it",
        "[![A badge](https://example.org/badge.svg)](https://example.org)"),
    "HTML": Fault("<kbd> would stand on the site alone", "Press <kbd>x</kbd>."),
    # outputs
    "output that only HTML shows": Fault(
        "this output has no form for paper, '<IPython.core.display.HTML object>'",
        cell("from IPython.display import HTML, display\n\ndisplay(HTML('<p>x</p>'))"),
        mark="from IPython.display import HTML"),
    "output that is an object": Fault("this output has no form for paper, '<object at 0x",
                                      cell("object()"), mark="object()"),
    "output in Markdown": Fault(
        "an output in Markdown",
        cell("from IPython.display import Markdown, display\n\ndisplay(Markdown('# Head'))"),
        mark="from IPython.display import Markdown"),
    "heading twice": Fault("once more: give it a label", "## More\n\nOne.\n\n## More\n\nTwo."),
    "remark in HTML": Fault("is published with the page", "Words <!-- not yet --> here."),
    "words that are struck out": Fault("would stand on the page as it is", "It is ~~gone~~ here."),
    "output that the policy blocks": Fault(
        "the pages' own policy blocks it",
        cell("from IPython.display import HTML, display\n\n"
             "picture = '<img src=\"https://a.org/b.png\">'\n"
             "display({'text/html': picture, 'text/plain': 'x'}, raw=True)"),
        mark="from IPython.display import HTML"),
    # maths
    "undefined macro": Fault("\\nosuch", "It is $\\nosuch$."),
    "maths that does not parse": Fault("", "$$ \\frac{1 $$"),
    "macro defined twice": Fault("\\vx is defined in line", "\\newcommand{\\vx}{x}\n", file=SHEET),
    "colour of five digits": Fault("'blue' has 5 hexadecimal digits, 6 are needed", "{0764E}",
                                   old="{0764EC}", file=SHEET),
    "colour that nobody can read": Fault("has a contrast of 1.96:1", "{blue}{HTML}{9DB9F9}",
                                         old="{blue}{HTML}{0764EC}", file=SHEET),
    "macro that the web cannot carry": Fault("cannot carry \\def", "\\def\\x{1}\n", file=SHEET),
    "macro that is not closed": Fault("", "\\newcommand{\\vopen}{x\n", file=SHEET),
    # figures
    "missing alternative text": Fault("no alternative text", "![](other.png)"),
    "missing image": Fault("the picture 'gone.png' is missing", "![a picture](gone.png)"),
    "figure without a name": Fault("a picture without a name", shown(bundle=False),
                                   mark="FIGURECELL"),
    "figure of blank words": Fault("has no alternative text",
                                   shown(alt=" ") + "```{computed} two-data\nTwo.\n```",
                                   mark="FIGURECELL"),
    "figure without a place": Fault("gives it a caption", shown(), mark="FIGURECELL"),
    "figure without a caption": Fault("has no caption", shown() + "```{computed} two-data\n```",
                                      mark="```{computed}"),
    "panel of a figure's place": Fault("{computed} has no option 'panel'",
                                       "```{computed} tiny-data\n:panel: 4\n", file="one.md",
                                       old="```{computed} tiny-data\n", mark=":panel:"),
    "panel that a figure has not": Fault(
        "expected a panel from 1 to 1, got 4", "```{promise} tiny-data\n:panel: 4\nTwo.\n```\n\n"
        + cell(FIGURE), old=cell(FIGURE), file="one.md", mark="```{promise}"),
    "place without a figure": Fault("no cell of this page shows the figure 'gone'",
                                    "```{computed} gone\nGone.\n```"),
    "figure of two pages": Fault("figure 'tiny-data' is already shown by one.md:",
                                 shown("tiny-data") + "```{computed} tiny-data\nAgain.\n```",
                                 mark="```{computed}"),
    "diagram without words": Fault("has no :alt:", "```{diagram} arrow\nAn arrow.\n```"),
    "missing diagram": Fault("there is no gone.svg",
                             "```{diagram} gone\n:alt: An arrow.\nGone.\n```"),
    "stale diagram": Fault("is older than", "\\draw (0,0) -- (2,0);\n",
                           file="book/diagrams/arrow.tex", told="book/diagrams/arrow.svg"),
    # settings
    "page that is not there": Fault("page 'gone' is missing", "- file: gone\n", file="_toc.yml"),
    "line of the contents that is indented by one": Fault(
        "indented by 1, its neighbours by 0", " - file: words\n", old="- file: words\n",
        file="_toc.yml"),
    "page in no contents": Fault("no line of _toc.yml names this page", "", old="- file: words\n",
                                 file="_toc.yml", told="words.md", mark="root: index"),
    "key of the contents that is mistyped": Fault(
        "a page has no key 'sectons': did you mean 'sections'?",
        "- file: two\n  sectons:\n  - file: words\n", old="- file: two\n- file: words\n",
        file="_toc.yml", mark="sectons:"),
    "sections without a page": Fault("sections: names no page", "- file: words\n  sections:\n",
                                     old="- file: words\n", file="_toc.yml", mark="sections:"),
    "card of a page of another chapter": Fault(
        "a card of 'one', which is no page of this chapter: it is one.md",
        "```{cards}\none: What?\n```", mark="one: What?"),
    "page named twice": Fault("page 'one' is named 2 times", "- file: one\n", file="_toc.yml"),
    "contents that are no YAML": Fault("not YAML", "  - [\n", file="_toc.yml"),
    "settings that are no YAML": Fault("not YAML", "title: [\n", file="_config.yml"),
    "setting that nobody knows": Fault("no setting 'execute.timeot'", "execute:\n  timeot: 3\n",
                                       old="execute:\n", file="_config.yml", mark="timeot"),
    "front matter that is no YAML": Fault("front matter", "kernelspec: [", old="kernelspec: {"),
    "page that is not UTF-8": Fault("not UTF-8", "caf\udce9"),
    "bibliography that does not parse": Fault("premature end of file", "@book{other, title={Open\n",
                                              file="book/references.bib"),
    "entry of the bibliography twice": Fault("repeated bibliography entry: tiny", ENTRY,
                                             file="book/references.bib"),
}  # fmt: skip


def plant(root: Path, fault: Fault) -> int:
    """Spoil the file; returns the fault's line."""
    path = root / fault.file
    text = path.read_text("utf8")
    if fault.old == "---\n\n(two)=":
        text = text.replace(fault.old, "ebm: {" + fault.text + "\n(two)=", 1)
    elif fault.old:
        text = text.replace(fault.old, fault.text, 1)
    else:
        text = f"{text}\n{fault.text}\n" if path.suffix == ".md" else text + fault.text
    path.write_bytes(text.encode("utf8", "surrogateescape"))
    mark = fault.mark or fault.text.partition("\n")[0]
    mark = {"FIGURECELL": "from IPython", "FENCE": "```{code-cell}"}.get(mark, mark)
    return max(n for n, line in enumerate(text.splitlines(), 1) if mark in line)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_twice_and_is_told_with_its_place(
    root: Path, before: dict[str, str], name: str
) -> None:
    fault = FAULTS[name]
    line, file = plant(root, fault), fault.told or fault.file
    for _ in range(2):
        told = build(root)
        assert told.code == 1, told.text
        said = [one for one in told.text.splitlines() if fault.said in one and file in one]
        assert said, told.text
        places = [int(n) for one in said for n in re.findall(rf"{file}:(\d+)", one)]
        assert any(abs(place - line) <= 1 for place in places), f"{line}: {told.text}"
        assert "The last good site is untouched." in told.text
        assert site(root) == before


@pytest.mark.slow
def test_a_figure_without_words_and_one_in_a_colour_of_nobody(
    root: Path, before: dict[str, str]
) -> None:
    shutil.copytree(REPOSITORY / "ebmlib", root / "ebmlib", dirs_exist_ok=True)
    show = (
        "from ebmlib.plot.figure import figure\nfrom ebmlib.plot.show import show\n\n"
        "fig, ax = figure()\n"
    )
    ends = {
        "one": ("show(fig, 'one-figure', alt=' ')", "needs alt="),
        "two": (
            "ax.plot([0, 1], color='#123456')\nshow(fig, 'two-figure', alt='A line.')",
            "#123456",
        ),
    }
    for name, (end, _) in ends.items():
        write_page(root, name, f"# {name}\n\n{cell(show + end)}")
    for _ in range(2):
        told = build(root)
        assert told.code == 1
        for name, (end, said) in ends.items():
            line = (root / f"{name}.md").read_text().splitlines().index(end.splitlines()[-1]) + 1
            assert re.search(rf"{name}\.md:{line}: ValueError: .*{said}", told.text), told.text
        assert site(root) == before
