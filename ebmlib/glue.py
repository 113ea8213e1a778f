"""Numbers that travel from a cell into the prose, and answers to the questions in it."""

from __future__ import annotations

import math

PREFIX = "application/papermill.record/"
ANSWER = "application/vnd.ebmlib.answer+json"


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
    _check_name(name)
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


def answer(name: str, right: str | float, within: float | None = None) -> None:
    """Say which answer to a question of the page is right, as this cell computed it.

    Args:
        name: of the question, unique in the whole book, `chapter-page-what`.
        right: the key of the right choice, or the number that is asked for.
        within: how far a reader's number may be off; a number needs it, a key has none.

    Raises:
        ValueError: if the name is no word, a number is not finite or has no tolerance, or a
            key has one.
    """
    _check_name(name)
    facts: dict[str, str | float] = {"name": name}
    if isinstance(right, str):
        if within is not None or not right or any(c.isspace() or c in "{}" for c in right):
            raise ValueError(f"{name}: a key is a word and has no tolerance. Got {right!r}.")
        facts["key"] = right
    else:
        if not math.isfinite(right) or within is None or not within > 0:
            raise ValueError(
                f"{name}: a number must be finite and needs within > 0. Got {right}, {within}."
            )
        facts |= {"value": float(f"{right:.6g}"), "within": float(within)}
    from IPython.display import display

    display(  # type: ignore[no-untyped-call]
        {ANSWER: facts}, raw=True, metadata={"ebmlib": {"answer": name}}
    )


def _check_name(name: str) -> None:
    if not name or any(c.isspace() or c in ":`{}" for c in name):
        raise ValueError(f"name must be a word such as 'ellipse-manifold-w1'. Got {name!r}.")
