"""A tiny Sphinx book in the book's look, built in this process as Jupyter Book sets Sphinx up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.writers.latex import LaTeXTranslator

from tests.helpers.maths_book import Built, build
from tests.helpers.tiny import EXERCISE

EXTENSIONS = [
    "sphinx_thebe",  # which Jupyter Book always loads
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_comments",
    "myst_nb",
    "sphinx_design",
    "sphinx_book_theme",
    "sphinx_exercise",
    "_ext.katex",
    "_ext.theme",
    "_ext.search",
    "_ext.launch",
    "tests.helpers.theme_book",  # see setup
]
KERNEL = "kernelspec: {display_name: Python 3, language: python, name: python3}"
JUPYTEXT = "jupytext: {text_representation: {extension: .md, format_name: myst}}"
HEAD = f"---\n{JUPYTEXT}\n{KERNEL}\n---\n"
CODE = "\n\n".join(
    f"```{{code-cell}} ipython3\n{option}loss = model(y, z)  # {'and so on ' * 12}\n```"
    for option in ("", ":tags: [hide-input]\n")
)
# Without its solution: the page has one of its own, folded.
ASKED = EXERCISE.partition("```{solution-start}")[0]
PAGES = {
    "index": "# The book\n\nWhat is it?\n\n```{start} Start reading\n```\n",
    "one": f"""{HEAD}
# Page one

How low can it go? The energy $\\eE$ says so.

## A section

{CODE}

## Another section

```{{margin}}
A note in the margin.
```

{ASKED}
```{{solution-start}} ex-one
:class: dropdown
:label: sol-one
```
Done, with *care*.
```{{solution-end}}
```

```{{note}}
:class: dropdown
Folded.
```

| {" | ".join(f"a long heading {n}" for n in range(9))} |
|{"---|" * 9}
| {" | ".join("a cell" for _ in range(9))} |
""",
    "cards": "# Cards\n\n```{card} One\nInside.\n```\n",
    "two": "# Page two\n\n" + "\n\n".join(f"## Part {n}\n\n" + "Words. " * 200 for n in range(4)),
}


def setup(app: Sphinx) -> dict[str, bool]:
    """A translator as of _ext.print, which must not take the theme's from HTML."""
    app.set_translator("latex", LaTeXTranslator)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def theme_book(root: Path, settings: Mapping[str, object] | None = None, **pages: str) -> Built:
    """Three pages: a start, one with all kinds of boxes, one that is long. Or those given."""
    root.mkdir(parents=True, exist_ok=True)
    pages = pages or PAGES
    names = "\n".join(name for name in pages if name != "index")
    toctree = f"\n```{{toctree}}\n:hidden:\n:caption: Part\n{names}\n```\n"
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text + (toctree if name == "index" else ""), "utf8")
    given: dict[str, object] = {
        "extensions": EXTENSIONS,
        "nb_execution_mode": "off",
        "exercise_style": "solution_follow_exercise",
        "project": "The book",
        "author": "Somebody",
        "ebm_repository": "https://code.invalid/somebody/book",
        "exclude_patterns": ["_build"],
    }
    return build(root, **{**given, **(settings or {})})
