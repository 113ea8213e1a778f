"""A tiny book whose numbers lead to the cells that made them, and whose terms are explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from ebmlib.glue import PREFIX
from tests.helpers.figures_book import write
from tests.helpers.maths_book import Built, build
from tests.helpers.theme_book import EXTENSIONS

WORDS = """# Numbers

A share of {glue:text}`numbers-share:.2f`, then {glue:text}`numbers-tiny:.1e`, and once more
{glue:text}`numbers-share:.3f` by an {term}`energy`.
"""
GLOSSARY = """# Glossary

```{glossary}
energy
  A number that is low where $\\vx$ fits, *and* high elsewhere.
```
"""
CLAIMS = {"numbers": {"numbers-share": {"value": 0.25, "tolerance": 0.002, "why": "counted"}}}


def glued(source: str, **values: str) -> nbformat.NotebookNode:
    """A cell that kept values, by their names with _ for -."""
    outputs = [
        nbformat.v4.new_output(
            "display_data",
            {f"{PREFIX}text/plain": value},
            metadata={"scrapbook": {"name": name.replace("_", "-"), "mime_prefix": PREFIX}},
        )
        for name, value in values.items()
    ]
    return nbformat.v4.new_code_cell(source, outputs=outputs)


def checked(source: str, sentence: str, **values: str) -> nbformat.NotebookNode:
    """The same, folded behind a sentence."""
    cell = glued(source, **values)
    cell.metadata["check"] = sentence
    return cell


def tips_book(root: Path, builder: str = "html", **pages: list[Any] | str) -> Built:
    """A page of two numbers, one of which is kept with a tolerance, and a glossary; or those."""
    cells = [
        glued("quiet()", numbers_unused="1"),
        checked("share()", "it is {glue:text}`numbers-share:.2f`", numbers_share="0.25125"),
        glued("tiny()", numbers_tiny="-2.8e-06"),
    ]
    pages = pages or {"numbers": [WORDS, *cells], "glossary": GLOSSARY, "plain": "# Plain\n"}
    given: dict[str, Any] = {
        "extensions": [*EXTENSIONS, "_ext.notation", "_ext.checks", "_ext.figures", "_ext.tips",
                       "_ext.prose"],
        "nb_execution_mode": "off",
        "project": "The book",
        "exclude_patterns": ["_build"],
    }  # fmt: skip
    place = write(root, **pages)
    claims = place / "tests" / "claims" / "numbers.json"
    claims.parent.mkdir(parents=True, exist_ok=True)
    claims.write_text(json.dumps(CLAIMS), "utf8")
    return build(place, builder, **given)
