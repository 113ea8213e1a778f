"""Numbers that travel from a cell into the prose."""

from __future__ import annotations

import math

PREFIX = "application/papermill.record/"


def glue(name: str, value: float | int | str | bool) -> None:
    """Keep a computed value under a name that the prose can refer to.

    The value is written with six significant digits, so that the last bits of a sum
    that differ between machines do not change the page.

    Args:
        name: unique in the whole book, `chapter-page-what`.
        value: a number or a short text.

    Raises:
        ValueError: if the name is empty or the value is not a finite number or a text.
    """
    if not name or any(c.isspace() or c in ":`{}" for c in name):
        raise ValueError(f"name must be a word such as 'ellipse-manifold-w1'. Got {name!r}.")
    if not isinstance(value, bool | int | float | str):
        raise ValueError(f"value must be a number or a text. Got {type(value).__name__}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be finite. Got {value}.")
    from IPython.display import display

    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    display(  # type: ignore[no-untyped-call]
        {PREFIX + "text/plain": text},
        raw=True,
        metadata={"scrapbook": {"name": name, "mime_prefix": PREFIX}},
    )
