"""A tiny book in the book's look, which asks: choices, a number, and cells that answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from ebmlib.glue import ANSWER
from tests.helpers.figures_book import write
from tests.helpers.maths_book import Built, build
from tests.helpers.theme_book import EXTENSIONS

HOT = """```{question} tiny-hotter
You make it hotter.
What does $\\Fbeta$ do?
- {falls} It falls.  *No: a soft minimum listens to **worse** latents when it is hot.*
- {rises} It rises.
- {stays} It stays, with $\\sz$.  *No: something moves.*
---
It rises, by a *vestibule* of energies.
```
"""
NUMBER = """```{question} tiny-gap
How large is the gap?
---
A third, as the cell says.
```
"""
NEAR = """```{question} tiny-gap
How large is the gap?
- {0.1} A tenth.  *No: far more.*
- {0.3} A third.
---
A third.
```
"""


def answering(**facts: Any) -> nbformat.NotebookNode:
    """A cell that answers a question."""
    how = {"metadata": {"ebmlib": {"answer": facts["name"]}}}
    one = nbformat.v4.new_output("display_data", {ANSWER: facts}, **how)
    return nbformat.v4.new_code_cell("answer()", outputs=[one])


RISES = answering(name="tiny-hotter", key="rises")
THIRD = answering(name="tiny-gap", value=0.333333, within=0.05)


def questions_book(root: Path, builder: str = "html", **pages: list[Any] | str) -> Built:
    """A page that asks twice and one that asks nothing; or those given."""
    pages = pages or {"asks": [HOT, RISES, "Words between.", NUMBER, THIRD], "tells": "# Tells\n"}
    given: dict[str, Any] = {
        "extensions": [*EXTENSIONS, "_ext.figures", "_ext.questions"],
        "nb_execution_mode": "off",
        "project": "The book",
        "exclude_patterns": ["_build"],
    }
    return build(write(root, **pages), builder, **given)
