"""The HTML of each control: native elements, so that keyboard and screen readers know them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from _ext.live.words import pieces

FACTORS = 120  # of a logarithmic slider: 40 a decade, if it has three
STEPS = 100  # of a slider from one end to the other, or a few more, so that each is a nice number


def control(one: Mapping[str, Any], typeset: Callable[[str], str]) -> str:
    """What moves one setting; `one` is as `ebmlib.plot.live` writes it."""
    kind = one["kind"]
    if kind == "slider":
        return _slider(one, 0, _label(one, typeset), _spoken(one))
    if kind == "switch":
        return _switch(one, 0, _label(one, typeset), _spoken(one))
    if kind == "noise":
        return (
            f'<button type="button" data-noise="{escape(one["name"])}">'
            f"{_label(one, typeset)}</button>"
        )
    if kind == "cells":
        boxes = (
            _switch(one, k, escape(str(k + 1)), f"{_spoken(one)}, cell {k + 1}")
            for k in range(len(one["start"]))
        )
        words = f"<legend>{_label(one, typeset)}</legend>"
        return f'<fieldset class="ebm-cells">{words}{"".join(boxes)}</fieldset>'
    return "".join(_coordinate(one, k, typeset) for k in _moved(one))


def rows(settings: Sequence[Mapping[str, Any]], a_line: int = 2) -> int:
    """How many lines the controls fill, so many a line: that room is kept from the start."""
    counted = sum(len(_moved(one)) for one in settings if one["kind"] != "cells")
    return -(-counted // a_line) + sum(2 for one in settings if one["kind"] == "cells")


def _moved(one: Mapping[str, Any]) -> list[int]:
    """The numbers that can be moved: an axis of a point on which low = high has no slider."""
    low, high = flat(one.get("low", 0)), flat(one.get("high", 1))
    places = range(len(flat(one["start"])))
    return [k for k in places if low[k % len(low)] != high[k % len(high)]]


def flat(start: Any) -> list[float]:
    """The numbers of a number, a point, or several points."""
    if isinstance(start, (list, tuple)):
        return [number for part in start for number in flat(part)]
    return [float(start)]


def _coordinate(one: Mapping[str, Any], place: int, typeset: Callable[[str], str]) -> str:
    """A slider for one coordinate of a point: keys place it as a hand does."""
    axis = place % 2
    which = f" {place // 2 + 1}" if one["kind"] == "points" else ""
    numbered = f"<sub>{which}{',' if which else ''}{axis + 1}</sub>".replace(" ", "")
    flat = {**one, "low": one["low"][axis], "high": one["high"][axis], "log": False}
    words = f"{_spoken(one)}{which}, {'first' if axis == 0 else 'second'} coordinate"
    return _slider(flat, place, _label(one, typeset) + numbered, words)


def _slider(one: Mapping[str, Any], place: int, label: str, spoken: str) -> str:
    low, high = float(one["low"]), float(one["high"])
    step, value = one.get("step") or nice((high - low) / STEPS), flat(one["start"])[place]
    log = ""
    if one["log"]:  # whole steps, each by one factor: both ends are reached
        log = f' data-low="{low:g}" data-high="{high:g}"'
        value = FACTORS * math.log(value / low) / math.log(high / low)
        low, high, step = 0, FACTORS, 1
    return (
        f'<label class="ebm-setting" style="--own:var(--{escape(one["colour"])},currentColor)">'
        f"<span>{label}</span>"
        f'<input type="range" min="{low:.12g}" max="{high:.12g}" step="{step:.12g}" '
        f'value="{value:.12g}" autocomplete="off" aria-label="{escape(spoken)}" '
        f'data-setting="{escape(one["name"])}" data-place="{place}"'
        f"{log}/>"
        f'<span class="ebm-value" aria-hidden="true"></span></label>'
    )


def _switch(one: Mapping[str, Any], place: int, label: str, spoken: str) -> str:
    start = one["start"][place] if one["kind"] == "cells" else one["start"]
    return (
        f'<label class="ebm-setting ebm-switch"><input type="checkbox" autocomplete="off" '
        f'aria-label="{escape(spoken)}" data-setting="{escape(one["name"])}" '
        f'data-place="{place}"{" checked" if start else ""}/><span>{label}</span></label>'
    )


def _label(one: Mapping[str, Any], typeset: Callable[[str], str]) -> str:
    words = one.get("label") or one["name"]
    return "".join(typeset(t) if kind == "maths" else escape(t) for kind, t in pieces(words))


def _spoken(one: Mapping[str, Any]) -> str:
    return str(one.get("spoken") or one["name"])


def nice(size: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below a positive size."""
    ten = 10.0 ** math.floor(math.log10(size))
    return next((k * ten for k in (1, 2, 5) if k * ten >= 0.999 * size), 10 * ten)
