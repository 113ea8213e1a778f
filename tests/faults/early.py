"""What is told before Sphinx reads a page: of the sources, of the cells, of what print draws."""

from __future__ import annotations

from tests.faults.planted import (
    QUESTION,
    SLIDER,
    Planted,
    exercise,
    front,
    moving,
    solution,
)
from tests.helpers.tiny import cell

SOURCES = {
    "control named twice": Planted(
        "the key 'a' stands in line", moving(settings=f"{SLIDER},\n          {SLIDER}"),
        mark="          " + SLIDER),
    "moving figure of a name that another page has": Planted(
        "figure 'tiny-data' is already shown by one.md:",
        cell("live(draw, 'tiny-data', alt='A parabola.', settings={})"), mark="live(draw"),
    "check that checks nothing": Planted(
        "a check whose cell neither asserts nor glues nor answers",
        cell(":check: one is one\nx = 1 == 1"), mark=":check:"),
    "sentence of a check with a macro outside of dollars": Planted(
        "the macro \\vy stands outside of dollars", cell(":check: each \\vy is low\nassert 1 == 1"),
        mark=":check:"),
    "sentence of a check with half a formula": Planted(
        "a dollar that opens or closes no formula",
        cell(":check: each $\\vy is low\nassert 1 == 1"), mark=":check:"),
    "question that no cell answers": Planted(
        "no cell of this page answers the question 'PAGE-way'", QUESTION),
    "question that another page answers": Planted(
        "no cell of this page answers the question 'asked-way'",
        QUESTION.replace("PAGE", "asked")),
    "answer to no question": Planted(
        "no question of this page is 'PAGE-way'", cell("answer('PAGE-way', 'up')"), mark="answer("),
    "question asked twice": Planted(
        "the question 'asked-way' stands in line", QUESTION, page="asked"),
    "number of another page": Planted(
        "no cell of this page glues 'two-share'", "It is {glue:text}`two-share:.2f`."),
    "number in a heading": Planted(
        "{glue:text} in a heading", "## It is {glue:text}`PAGE-share:.2f`\n\nWords."),
    "tolerance that is no number": Planted(
        "the tolerance of 'two-share' must be a number of 0 or more. Got 'small'",
        '{"two": {\n"two-share": {"value": 0.5, "tolerance": "small", "why": "counted"}}}',
        file="tests/claims/two.json", mark='"two-share"'),
    "kept numbers that are no JSON": Planted(
        "this is not JSON", '{"one": {\n"one-share": {"value": 0.5,}}}',
        file="tests/claims/one.json", mark='"one-share"'),
    "term explained twice": Planted(
        "the term 'model' is already explained by words.md:", "```{glossary}\nmodel\n  Again.\n```",
        mark="model"),
    "term without a meaning": Planted(
        "the term 'nothing' has no meaning", "```{glossary}\nnothing\n\nmore\n  It is.\n```",
        mark="nothing"),
    "entry of the index without words": Planted(
        "an entry of the index, or a part of one, has no words. Got ''", "```{index}\n```"),
    "entry of the index that lacks a part": Planted(
        "an entry of the index, or a part of one, has no words. Got 'energy;'",
        "```{index} energy;\n```"),
    "words of no edition": Planted(
        "these words would stand in no edition, for 'hmtl' is none: did you mean 'html'?",
        "```{only} hmtl\nThese words.\n```"),
    "key of the front matter that is mistyped": Planted(
        "the front matter has no key 'pritn': did you mean 'print'?", front("pritn: false"),
        mark="pritn"),
    "print that is neither true nor false": Planted(
        "'print' must be true or false. Got 'never'", front("print: never"), mark="print: never"),
    "table declared by a mistyped key": Planted(
        "'ebm' has no key 'read': did you mean 'reads'?", front("ebm: {read: [tiny-data]}"),
        mark="ebm:"),
    "solution before its exercise": Planted(
        "a solution before its exercise, which stands in line",
        solution("ex-PAGE", "sol-PAGE") + exercise("ex-PAGE")),
    "second solution": Planted(
        "the exercise 'ex-PAGE' has its solution in line",
        exercise("ex-PAGE", solution("ex-PAGE", "sol-PAGE"), solution("ex-PAGE", "sol-PAGE-2")),
        mark="```{solution-start}"),
    "exercise without a name": Planted(
        "this exercise has no :label:",
        "```{exercise-start} More\n```\nDo.\n```{exercise-end}\n```"),
    "card that is mistyped": Planted(
        "a card of 'chapter-tow', which is no page of this chapter: did you mean 'chapter-two'?",
        "```{cards}\nchapter-tow: What?\n```", page="chapter", mark="chapter-tow"),
    "address that leads to no page": Planted(
        "no page 'chapter-tow' in _toc.yml to lead to: did you mean 'chapter-two'?",
        "old: one\nolder: chapter-tow\n", file="book/moved.yml", mark="older"),
    "citation without a version": Planted(
        "version must be said", "title: Tiny\nauthors: [{name: Ann}]\ndate-released: 2026-11-21\n",
        file="CITATION.cff"),
    "release without its day": Planted(
        "a release is '## [Unreleased]' or '## [1.2.3] - YYYY-MM-DD'",
        "# Changelog\n\nWords.\n\n## [0.2.0]\n", file="CHANGELOG.md", mark="## [0.2.0]"),
    "print's drawing of no figure": Planted(
        "no page shows a figure 'tiny-dat': did you mean 'tiny-data'?", "\\draw (0,0);\n",
        file="book/print/figures/tiny-dat.tex"),
}  # fmt: skip

LIVE = "live(draw, "
CELLS = {
    "moving figure with other random numbers each time": Planted(
        "'parabola' depends on a setting by something else than torch",
        moving("a * t + torch.randn(51, generator=noise)", before="noise = torch.Generator()"),
        mark=LIVE),
    "moving figure with a call that is not known": Planted(
        "aten.special_bessel_j0.default is not known to live figures yet",
        moving("torch.special.bessel_j0(a * t)"), mark=LIVE),
    "moving figure with a frozen number": Planted(
        "nothing in the drawing follows a setting", moving("float(a) * t", say=""), mark=LIVE),
    "moving figure with a choice": Planted(
        "There a setting left torch as an `if`", moving("(a if a > 0 else -2 * a) * t"), mark=LIVE),
    "moving figure without limits": Planted(
        "something besides the named series moves with a setting", moving(limits=""), mark=LIVE),
    "sentence with a number that is not returned": Planted(
        "the sentence names 'ende', which draw does not return", moving(say="Ends at {ende:.2f}"),
        mark=LIVE),
    "slider that starts beyond its ends": Planted(
        "a slider needs low <= start <= high", moving(settings=SLIDER.replace("1.0", "5.0")),
        mark="Slider(5.0"),
    "control of a panel that is not there": Planted(
        "panel must be below 1, the number of panels",
        moving("a[0] * t", '"a": Point((0.0, 0.0), (-1, -1), (1, 1), panel=1)', say=""), mark=LIVE),
    "moving figure without words": Planted(
        "needs alt=", moving().replace('"A parabola."', '""'), mark=LIVE),
    "table that is read and not declared": Planted(
        "and name it under 'ebm: {reads: [...]}'",
        cell("from ebmlib.tables import read\n\nread('tiny-data')"), mark="read('tiny-data')"),
}  # fmt: skip
OUTPUTS = {
    "print's drawing of a column that is gone": Planted(
        "the table tiny-data has no column 'y.gone'",
        "\n\\addplot table [x = y.y1, y = y.gone] {data/tiny-data.txt};\n",
        file="book/print/figures/tiny-data.tex", mark="y.gone"),
    "print's drawing of a table that nobody writes": Planted(
        "no page writes the table 'gone'",
        "\n\\addplot table [x = y.y1, y = y.y2] {data/gone.txt};\n",
        file="book/print/figures/live-steep.tex", mark="gone"),
    "print's drawing of a panel too many": Planted(
        "this panel has no place: columns times rows is 1",
        "\\begin{groupplot}[group style = {columns = 1}]\n\\nextgroupplot\n\\nextgroupplot\n"
        "\\end{groupplot}\n",
        file="book/print/figures/asked-data.tex", mark="nextgroupplot"),
}  # fmt: skip
