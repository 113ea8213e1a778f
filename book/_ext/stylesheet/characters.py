r"""A formula in characters alone, as 'Ê' for `\widehat{E}`: pylatexenc, and what it would drop."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_context
from pylatexenc.macrospec import std_macro

# What pylatexenc would drop or spell otherwise.
SPELT = {
    r"\lVert": "‖", r"\rVert": "‖", r"\lvert": "|", r"\rvert": "|", r"\langle": "⟨",
    r"\rangle": "⟩", r"\left": "", r"\right": "", r"\!": "", r"\operatorname*": "",
    r"\operatorname": "", r"^{\mathsf{T}}": "{ᵀ}", "^{}": "", r"\xrightarrow": r"\to ",
    r"\xleftarrow": r"\leftarrow ", r"\dfrac": r"\frac", r"\tfrac": r"\frac",
}  # fmt: skip
# Marks over and under letters, each as a character that joins the letter before it.
MARKS = {
    "widehat": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "widetilde": "\N{COMBINING TILDE}",
    "widecheck": "\N{COMBINING CARON}",
    "mathring": "\N{COMBINING RING ABOVE}",
    "overline": "\N{COMBINING OVERLINE}",
    "underline": "\N{COMBINING LOW LINE}",
    "overrightarrow": "\N{COMBINING RIGHT ARROW ABOVE}",
    "overleftarrow": "\N{COMBINING LEFT ARROW ABOVE}",
    "overleftrightarrow": "\N{COMBINING LEFT RIGHT ARROW ABOVE}",
}
LETTERS = {
    "ne": "≠", "neg": "¬", "land": "∧", "lor": "∨", "implies": "⟹", "iff": "⟺", "gets": "←",
    "Re": "ℜ", "Im": "ℑ", "bot": "⊥", "colon": ":", "coloneqq": "≔",
    **{name: name for name in ("arg", "argmin", "argmax", "det", "gcd", "Pr", "dim", "ker", "deg")},
}  # fmt: skip
# Commands of how something looks: what they dress stays.
LOOKS = {
    *("bm", "boldsymbol", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits"),
    *("big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg", "middle", "smash"),
    *("mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose", "mathpunct"),
    *("mathinner", "mathcolor", "color", "htmlData"),
}
NAME = re.compile(r"\\([A-Za-z]+)")


@lru_cache(maxsize=4096)
def characters(tex: str) -> str:
    """The characters of TeX whose macros are written out."""
    try:
        nodes, _, _ = LatexWalker(
            _spelt(tex), latex_context=_contexts()[0], tolerant_parsing=False
        ).get_latex_nodes()
    except LatexWalkerParseError:
        return " ".join(tex.split())  # KaTeX tells what is wrong with it
    reader = LatexNodes2Text(latex_context=_contexts()[1], math_mode="text")
    return " ".join(reader.nodelist_to_text(nodes).split())


def lost(tex: str) -> list[str]:
    """The commands for which there is no character, so that they would go in silence."""
    known = _contexts()[1]
    names = [name for name in NAME.findall(_spelt(tex)) if name not in LOOKS]
    return [name for name in names if known.get_macro_spec(name) is None]


def _spelt(tex: str) -> str:
    for command, character in SPELT.items():
        end = r"(?![A-Za-z])" if command[-1].isalpha() else ""
        tex = re.sub(re.escape(command) + end, lambda _, to=character: to, tex)  # type: ignore[misc]
    return tex


@lru_cache(maxsize=1)
def _contexts() -> tuple[Any, Any]:
    """What reads TeX and what writes text, with our marks."""
    read, written = get_walker_context(), get_default_latex_context_db()
    ours = [std_macro(name, False, 1) for name in MARKS]
    read.add_context_category("marks", macros=ours, prepend=True)
    marks = [MacroTextSpec(name, _marker(mark)) for name, mark in MARKS.items()]
    letters = [MacroTextSpec(name, letter) for name, letter in LETTERS.items()]
    written.add_context_category("marks", macros=[*marks, *letters], prepend=True)
    return read, written


def _marker(mark: str) -> Any:
    def marked(node: Any, l2tobj: Any) -> str:
        letters = l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]]).strip()
        return unicodedata.normalize("NFC", "".join(f"{letter}{mark}" for letter in letters))

    return marked
