"""What Sphinx tells, with the book's own extensions, when it reads and joins the pages."""

from __future__ import annotations

from tests.faults.planted import (
    SLIDER,
    Planted,
    asking,
    moving,
    promise,
    shown,
)
from tests.helpers.tiny import cell

WAY = "{question} PAGE-way"
PAGES = {
    # figures that move
    "control that moves nothing": Planted(
        "figure 'PAGE-steep': its control 'b' moves nothing",
        moving(settings=SLIDER + ', "b": Slider(1.0, 0.0, 2.0, "$b$", "b")'), mark="{computed}"),
    "controls of one label": Planted(
        "its controls 'a' and 'b' have the same label, '$a$'",
        moving("others['b'] + a * t", SLIDER + ', "b": Slider(1.0, 0.0, 2.0, "$a$", "b")'),
        mark="{computed}"),
    "number of a sentence in another form": Planted(
        "{end:.2g} in its sentence is no number", moving(say="It ends at {end:.2g}"),
        mark="{computed}"),
    "try that sets a switch halfway": Planted(
        "s of PAGE-steep is a whole number. Got 0.5",
        moving("others['s'] + a * t", SLIDER + ', "s": Switch(True, "$s$", "s")')
        + "See {try}`it <PAGE-steep s=0.5>`.", mark="{try}"),
    # words that set a figure
    "try of no figure": Planted("no figure of this page that moves is 'live-step': did you mean",
                                "See {try}`one <live-step a=1>`.", page="live"),
    "try of a figure that does not move": Planted(
        "no figure of this page that moves is 'tiny-data'", "See {try}`it <tiny-data a=1>`."),
    "try of another page": Planted("no figure of this page that moves is 'live-steep'",
                                   "See {try}`it <live-steep a=1>`."),
    "try of no control": Planted("live-steep has no setting 'b'",
                                 "See {try}`two <live-steep b=1>`.", page="live"),
    "try beyond a control": Planted("a of live-steep lies between -2 and 2. Got 3",
                                    "See {try}`three <live-steep a=3>`.", page="live"),
    "try of a word": Planted("a of live-steep needs numbers. Got 'high'",
                             "See {try}`four <live-steep a=high>`.", page="live"),
    "try of no number": Planted("a of live-steep needs numbers. Got 'nan'",
                                "See {try}`five <live-steep a=nan>`.", page="live"),
    "try of two numbers": Planted("a of live-steep needs 1 numbers. Got 2",
                                  "See {try}`six <live-steep a=1,2>`.", page="live"),
    "try of a control twice": Planted("a setting stands there twice. Got 'a=1 a=2'",
                                      "See {try}`seven <live-steep a=1 a=2>`.", page="live"),
    "try of nothing": Planted("write {try}`words <FIGURE setting=1 point=0,1>`",
                              "See {try}`eight`.", page="live"),
    # questions
    "no choice is right": Planted("no choice is right (up, down); the cell computed left",
                                  asking("left"), mark=WAY),
    "two right choices": Planted(
        "more than one choice is right (1, 2); the cell computed 1.5",
        asking(1.5, "within=1").replace("{up}", "{1}").replace("{down}", "{2}"), mark=WAY),
    "wrong choice without a reason": Planted("the choice 'down' is wrong: end it with *a reason*",
                                             asking("up").replace("  *No: it rises.*", ""),
                                             mark=WAY),
    "choice without a key": Planted("has a choice without a key",
                                    asking("down").replace("{up} ", ""), mark=WAY),
    "two choices of a key": Planted("has two choices of the key 'up'",
                                    asking("up").replace("{down}", "{up}"), mark=WAY),
    "question without an answer": Planted("has no answer: write it below a line of ---",
                                          asking("up").replace("---\n", ""), mark=WAY),
    "answer without words": Planted("has no answer below its line of ---",
                                    asking("up").replace("Up, as it rises.\n", ""), mark=WAY),
    "number for choices of words": Planted("the answer is a number: ['up', 'down'] must be",
                                           asking(0.5, "within=0.1"), mark=WAY),
    # numbers and sentences of checks
    "number of a form that nobody knows": Planted(
        "Unknown format code 'q'",
        cell("from ebmlib.glue import glue\n\nglue('PAGE-share', 0.5)")
        + "It is {glue:text}`PAGE-share:.2q`.", mark=":.2q"),
    "reference in a check to nowhere": Planted(
        "undefined label: 'nowhere'", cell(":check: as {ref}`nowhere` says\nassert 1 == 1"),
        mark=":check:"),
    "macro in a check that nobody knows": Planted(
        "\\nosuch", cell(":check: as $\\nosuch$ says\nassert 1 == 1"), mark=":check:"),
    "term in a caption that the glossary lacks": Planted(
        "term not in glossary: 'modle': did you mean 'model'?",
        shown().replace("Two points.\n```", "Of a {term}`modle`.\n```"), mark="{term}"),
    # pictures that lead
    "promise of no figure": Planted("got 'PAGE-dat', which is not on it",
                                    promise("PAGE-dat") + shown()),
    "second promise": Planted("a page has one promise, this is its second",
                              promise() * 2 + shown(), mark="```{promise}"),
    "promise after the code": Planted("expected it before the page's first code",
                                      cell("x = 1") + promise() + shown(), mark="```{promise}"),
    "promise behind its figure": Planted("got 'PAGE-data', which stands before",
                                         shown() + promise(), mark="```{promise}"),
    "promise of two paragraphs": Planted(
        "expected one short line under it, got 2 paragraphs",
        promise(words="One.\n\nTwo.") + shown(), mark="```{promise}"),
    "card's line of another form": Planted(
        "cards: expected a line 'LABEL: a sentence', got 'chapter-two What?'",
        "```{cards}\nchapter-two What?\n```", page="chapter", mark="chapter-two What?"),
    "cards' picture of no figure": Planted(
        "cards: expected a figure of this page as ':picture:', got 'gone'",
        "```{cards}\n:picture: gone\n```"),
    "chapter's line on the cover that is none": Planted(
        "band: expected the label of a numbered chapter, got 'chaptre'",
        "```{band}\nchaptre: What?\n```", mark="chaptre"),
    "path through no page": Planted(
        "path: expected the label of a page or a chapter, got 'chaptre'",
        "```{path} Quick\none, chaptre, two\n```", mark="one, chaptre"),
    # letters and chains
    "letter that the page does not use": Planted(
        r"symbols: expected symbols that this page uses, got '\vw'",
        "```{symbols}\n\\vx: the start\n\\vw: the weights\n```\n\nOf $\\vx$ and $\\vy$ and $\\vz$.",
        mark="\\vw"),
    "letter that the stylesheet lacks": Planted(
        r"with a symbol of the stylesheet, got '\\nosuch: a thing'",
        "```{symbols}\n\\nosuch: a thing\n```", mark="\\nosuch"),
    "letter of two meanings": Planted(
        r"symbols: '\vx' has its meaning in line",
        "```{symbols}\n\\vx: the start\n\\vx: the end\n```\n\nOf $\\vx$ and $\\vy$ and $\\vz$.",
        mark="\\vx: the end"),
    "letters of a page that lists none": Planted(
        "symbols: this page has no list of symbols, which begins with 3",
        "```{symbols}\n\\vx: the start\n```\n\nOf $\\vx$.", mark="\\vx: the start"),
    "chain of one block": Planted("write {chain}`(TEX) -> TEX -> [TEX]`",
                                  "It goes {chain}`(\\vy)` so."),
    "chain with a box that is open": Planted("write {chain}`(TEX) -> TEX -> [TEX]`",
                                             "So it goes {chain}`(\\vy) -> [\\eE` so."),
    "chain with a macro that nobody knows": Planted(
        "\\nosuch", "It goes {chain}`(\\nosuch) -> [\\eE]` so."),
    "page that needs one that needs it": Planted(
        "this page needs itself by way of chapter", "You need {ref}`chapter-two`.",
        page="chapter-three"),
    "path to no page": Planted("path: it leads to no page", "```{path} Quick\n```"),
    "cards' picture of no panel": Planted("cards: expected a panel from 1 to 1, got 3",
                                          "```{cards}\n:picture: PAGE-data 3\n```\n\n" + shown()),
    "letter whose meaning nobody can read": Planted(
        "\\nosuch", "```{symbols}\n\\vx: the $\\nosuch$\n```\n\nOf $\\vx$, $\\vy$ and $\\vz$.",
        mark="\\vx: the"),
    "letter whose meaning holds a dollar": Planted(
        "symbols: a dollar that opens or closes no formula",
        "```{symbols}\n\\vx: the $\\vz\n```\n\nOf $\\vx$, $\\vy$ and $\\vz$.",
        mark="\\vx: the"),
}  # fmt: skip
