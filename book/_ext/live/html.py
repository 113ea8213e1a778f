"""A live figure in the page: its sheets, the controls under them, and the sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from _ext.live.controls import control, rows
from _ext.live.words import pieces

Typeset = Callable[[str], str]
"""TeX to HTML, by the builder's own renderer of maths."""
TRAIN = "Train"
BACK = "Back to the start"
LABELLED = re.compile(r' role="img" aria-labelledby="[^"]*"')
DESCRIBED = re.compile(r'<desc id="[^"]*">(.*?)</desc>')


def figure(
    name: str, alt: str, sheets: Sequence[str], live: Mapping[str, Any], typeset: Typeset
) -> str:
    """The figure at its start, with controls that wait for the scripts.

    Args:
        name: the figure's name, which its file has, too.
        alt: what the drawing shows, in words.
        sheets: one drawing a panel.
        live: what `ebmlib.plot.live` says of the figure.
        typeset: TeX to HTML.
    """
    quiet = [_quiet(sheet, number) for number, sheet in enumerate(sheets, 1)]
    panels = "".join(f'<div class="ebm-sheet">{sheet}</div>' for sheet in quiet)
    made = [control(one, typeset) for one in live["settings"]]
    desk, phone = rows(live["settings"]), rows(live["settings"], 1)
    room = f"--rows:{desk + 1 + (len(live['steps']) > 0)};--alone:{phone}"
    return (
        f'<div class="ebm-live" data-figure="{escape(name)}" style="{room}">'
        f'<div class="ebm-sheets" role="img" aria-label="{escape(alt)}">{panels}</div>\n'
        f'<div class="ebm-controls" role="group" aria-label="controls of the figure">'
        f"{''.join(made)}{_buttons(live)}{_sentence(live, typeset)}</div></div>\n"
    )


def _quiet(sheet: str, number: int) -> str:
    """The sheets are one picture, whose words stand round all of them, and in the first."""
    if not LABELLED.search(sheet):
        raise ValueError("a sheet's drawing must have the role of a picture and a label.")
    words = r"<desc>\1</desc>" if number == 1 else f"<desc>Panel {number}.</desc>"
    return DESCRIBED.sub(words, LABELLED.sub("", sheet, count=1), count=1)


def _buttons(live: Mapping[str, Any]) -> str:
    steps = [
        f'<button type="button" data-step="{escape(label)}">{escape(label)}</button>'
        for label in live["steps"]
    ]
    train = [f'<button type="button" data-train="">{TRAIN}</button>'] if steps else []
    back = f'<button type="button" data-back="">{BACK}</button>'
    return "".join([*train, *steps, back])


def _sentence(live: Mapping[str, Any], typeset: Typeset) -> str:
    """The words with their numbers, which the script fills, and the place where they are spoken."""
    parts = "".join(_piece(*piece, typeset) for piece in pieces(live["said"]["text"]))
    said = f'<p class="ebm-said" aria-hidden="true">{parts}</p>' if parts else ""
    return f'{said}<span class="ebm-spoken heard" role="status"></span>'


def _piece(kind: str, text: str, typeset: Typeset) -> str:
    if kind == "maths":
        return typeset(text)
    if kind == "number":
        key, _, digits = text.partition(":")
        return f'<span data-number="{key}" data-digits="{digits}"></span>'
    return escape(text)


def formulas(live: Mapping[str, Any] | None) -> list[str]:
    """The TeX of all labels and of the sentence; none of a figure that does not move."""
    if not live:
        return []
    texts = [*(str(one.get("label", "")) for one in live["settings"]), live["said"]["text"]]
    return [text for words in texts for kind, text in pieces(words) if kind == "maths"]
