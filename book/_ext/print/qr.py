"""The square codes that lead from a printed chapter to its runnable self."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import segno
from sphinx.config import Config


def address(config: Config, docname: str) -> str:
    """Where a page stands on the web; empty for a book that says nowhere where it is published."""
    base = config.ebm_site or config.html_baseurl
    return f"{base.rstrip('/')}/{docname}.html" if base else ""


def name(docname: str) -> str:
    return "code-" + docname.replace("/", "-")


def write(builder: Any) -> None:
    """One file a chapter: a `\\ebmcode` that fills the dark squares row by row."""
    config = builder.config
    if not address(config, "index"):
        return
    for docname in sorted(filter(builder.holds, builder.coded)):
        text = drawing(address(config, docname))
        Path(builder.outdir, f"{name(docname)}.tex").write_text(text, encoding="utf8")


def drawing(text: str) -> str:
    """PDF's own rectangles in units of one module, the origin at the lower left.

    Forty codes of a thousand squares as TikZ paths would take a third of TeX's time.
    """
    code = segno.make(text, error="m", micro=False)
    rows = list(code.matrix)
    size = len(rows)
    paths = [
        f"{start} {size - 1 - number} {end - start} 1 re"
        for number, row in enumerate(rows)
        for start, end in _runs(row)
    ]
    return f"\\ebmcode{{{size}}}{{%\n" + "\n".join(paths) + "\n}%\n"


def _runs(row: Any) -> list[tuple[int, int]]:
    """Where the dark squares of a row begin and end."""
    found, start = [], None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            found.append((start, place))
            start = None
    return found
