"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """A place and what is wrong there: the file, its line (from 1), and the words."""

    path: Path
    line: int
    words: str


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names, as a question after a message; empty if none is near."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f": did you mean '{near[0]}'?" if near else ""
