"""The stylesheet's parser and writers: what they read, write and refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from _ext.stylesheet.expand import expand, plain
from _ext.stylesheet.model import DEFAULT, StylesheetError
from _ext.stylesheet.parser import load, parse
from _ext.stylesheet.writers import css, groups, katex_preamble

PINK = "\\definecolor{pink}{HTML}{C92088}\n\\definecolor{pink-dark}{HTML}{F967A0}\n"
SMALL = (
    PINK
    + r"""
%% Roles
\newcommand{\observed}[1]{\mathcolor{pink}{#1}}  %: observed | always observed | filled
%% Variables
\newcommand{\vx}{\observed{\bm{x}}}  %: input | $\R^n$ | x
\DeclareMathOperator*{\argmin}{arg\,min}  %: where it is least | - | -
\newcommand{\pd}[3][]{\frac{\partial^{#1} #2}{\partial #3^{#1}}}
\newcommand{\tp}{^{\mathsf{T}}}
"""
)


def test_the_parts_of_a_stylesheet() -> None:
    sheet = parse(SMALL)
    assert (sheet.colours["pink"].light, sheet.colours["pink"].dark) == ("#c92088", "#f967a0")
    assert sheet.roles["observed"].colour == "pink"
    assert sheet.macros["pd"].arity == 3
    assert sheet.macros["pd"].default == ""
    assert sheet.macros["argmin"].operator == r"\operatorname*"
    vx = sheet.symbols["vx"]
    assert (vx.name, vx.space, vx.python, vx.group) == ("input", r"$\R^n$", "x", "Variables")
    assert vx.role is sheet.roles["observed"]
    assert (sheet.symbols["argmin"].space, sheet.symbols["argmin"].role) == ("", None)
    assert list(groups(sheet)) == ["Variables"]


@pytest.mark.parametrize(
    ("added", "why"),
    [
        (r"\def\x{1}", r"cannot carry \def"),
        (r"\newcommand{\vx}{x}", "defined in line 7 already"),
        (r"\newcommand{\a}[1]{#2}", "takes 1 arguments and its body uses #2"),
        (r"\newcommand{\a}[][b]{x}", "must be a digit"),
        (r"\newcommand{\a1}{x}", "a backslash and letters"),
        (r"\newcommand{\a}{{x}", "was expecting"),
        ("words", "only definitions may stand here. Got 'words'"),
        (r"\definecolor{red}{rgb}{1,0,0}", "six capital hexadecimal digits"),
        (r"\definecolor{red}{HTML}{ff0000}", "six capital hexadecimal digits"),
        (r"\definecolor{Red}{HTML}{FF0000}", "small letters"),
        (r"\definecolor{red}{HTML}{FF0000}", "has no partner 'red-dark'"),
        (r"\definecolor{pink}{HTML}{FF0000}", "defined in line 1 already"),
        ("%: a | b | c", "must follow the definition"),
        (r"\newcommand{\a}{x} %: name | space", "three fields"),
        (r"\newcommand{\a}{x} %: name |  | a", "- for an empty one"),
        (r"\newcommand{\a}{x} %: name | $\R | a", "a dollar is missing"),
        (r"\newcommand{\a}[1]{x#1} %: name | - | a", "it is no symbol"),
        (r"\newcommand{\a}[1]{\textcolor{teal}{#1}} %: n | - | -", "'teal' is not defined"),
    ],
)
def test_what_cannot_be_carried_names_file_and_line(added: str, why: str) -> None:
    with pytest.raises(StylesheetError, match=why.replace("\\", r"\\")) as error:
        parse(SMALL + added + "\n", Path("sheet.tex"))
    lines = SMALL.count("\n")
    assert re.match(rf"sheet\.tex:{lines + 1}:", str(error.value)), str(error.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(StylesheetError, match=r"nowhere\.tex:1: cannot be read"):
        load(Path("nowhere.tex"))


def test_macros_for_katex() -> None:
    lines = katex_preamble(parse(SMALL)).splitlines()
    assert r"\gdef\vx{\htmlData{symbol=vx}{\observed{\bm{x}}}}" in lines
    assert r"\gdef\argmin{\operatorname*{\htmlData{symbol=argmin}{arg\,min}}}" in lines
    assert r"\gdef\pd{\@ifnextchar[{\pd@given}{\pd@given[]}}" in lines
    assert r"\gdef\observed#1{\mathcolor{pink}{#1}}" in lines


def test_css_has_both_themes_and_paper_is_light() -> None:
    text = css(parse(SMALL))
    light, screen = text.split("@media screen")
    assert "--pink: #c92088" in light
    assert (
        screen.count("--pink: #f967a0") == 3
    )  # chosen by the reader, by the system, by its contrast
    assert ".c-pink { color: var(--pink); }" in screen


def test_one_hex_changes_only_that_colour() -> None:
    old, new = css(parse(SMALL)), css(parse(SMALL.replace("C92088", "123456")))
    assert old.replace("#c92088", "#123456") == new
    assert katex_preamble(parse(SMALL)) == katex_preamble(parse(SMALL.replace("C92088", "123456")))


@pytest.mark.parametrize(
    ("tex", "expanded", "characters"),
    [
        (r"\vx", r"\textcolor{#C92088}{\bm{x}}", "x"),
        (r"\argmin_\vx", r"\operatorname*{arg\,min}_\textcolor{#C92088}{\bm{x}}", None),
        (r"\pd{f}{\vx}", None, "∂f/∂x"),
        (r"\pd[2]{f}x", r"\frac{\partial^{2} f}{\partial x^{2}}", None),
        (r"\alpha\tp b", r"\alpha^{\mathsf{T}}b", "αᵀb"),
        ("a < b", "a < b", "a < b"),
    ],
)
def test_expansion(tex: str, expanded: str | None, characters: str | None) -> None:
    sheet = parse(SMALL)
    if expanded is not None:
        assert expand(tex, sheet) == expanded
    if characters is not None:
        assert plain(tex, sheet) == characters


def test_an_argument_is_missing() -> None:
    with pytest.raises(ValueError, match=r"\\pd takes 3 arguments. Got 1"):
        expand(r"\pd", parse(SMALL))


def test_the_book_has_its_symbols() -> None:
    """The macros that authors were promised."""
    promised = """vx vy vz vh vs vw vb vth vr vv vu va vq vg ve sx sy sz sh sw sb mW mA mG mV mU mS
        mJ mI mX mY mZ mH yt xt zc yc yh xh zh szc rt cX cY cZ cH R NN UU eE eF eC eL Finf Fbeta
        Pred Dec Enc Gen Cri argmin argmax softmin softmax softargmin softargmax KL diag tr sign
        relu EE var cov rank prox grad hess kB kT"""
    sheet = load()
    assert set(promised.split()) <= set(sheet.symbols)
    assert {"tp", "norm", "abs", "inner", "pd", "dd", "set"} <= set(sheet.macros)
    for symbol in sheet.symbols.values():
        expand(f"\\{symbol.macro}", sheet)
        assert plain(f"\\{symbol.macro}", sheet)


def test_figures_read_the_same_colours() -> None:
    """ebmlib may not import the book: its own reader must agree with this one."""
    from ebmlib.plot.canvas.palette import palette, stylesheet

    assert stylesheet() == DEFAULT
    assert dict(palette()) == {name: c.light for name, c in load().colours.items()}
