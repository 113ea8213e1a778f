"""What is wrong with a live figure that its drawing does not tell: what its reader would miss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from _ext.live.words import pieces


def faults(live: Mapping[str, Any]) -> Iterator[str]:
    """Controls that move nothing or look alike, and braces that would be read as they are.

    Args:
        live: what `ebmlib.plot.live` says of the figure.
    """
    seen: dict[str, str] = {}
    scripts = [live["make"], *live["steps"].values()]
    numbers = [text for kind, text in pieces(live["said"]["text"]) if kind == "number"]
    for one in live["settings"]:
        name, label = one["name"], one.get("label") or one["name"]
        used = any(len(re.findall(rf"\bs_{name}\b", script)) > 1 for script in scripts)
        if not used and name not in {text.partition(":")[0] for text in numbers}:
            yield f"its control {name!r} moves nothing"
        if (other := seen.setdefault(label, name)) != name:
            yield f"its controls {other!r} and {name!r} have the same label, {label!r}"
    words = (text for kind, text in pieces(live["said"]["text"]) if kind == "words")
    for text in words:
        if found := re.search(r"\{[^{}]*\}?|\}", text):
            yield f"{found[0]} in its sentence is no number: write {{NAME}} or {{NAME:.2f}}"
