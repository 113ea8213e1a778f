"""Tiny books for the tests of the tools: a page a behaviour."""

from __future__ import annotations

import shutil
from pathlib import Path

HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""

CONFIG = """
title: Tiny
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: cache, run_in_temp: true, allow_errors: false}
sphinx:
  recursive_update: true
  local_extensions: {_ext.execution: EXTENSIONS}
  config: {nb_execution_raise_on_error: true}
"""

EXERCISE = """```{exercise-start} Short
:label: ex-one
```
Do it.
```{exercise-end}
```

```{solution-start} ex-one
:label: sol-one
```
It is done.
```{solution-end}
```
"""

REPOSITORY = Path(__file__).resolve().parents[2]


def cell(code: str) -> str:
    return f"```{{code-cell}} ipython3\n{code}\n```\n\n"


def make_book(root: Path, **pages: str) -> Path:
    """A book of the given pages; a page's text that has cells gets a kernel."""
    pages = {"index": "# Tiny\n\nA book.\n"} | pages
    root.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        write_page(root, name, text)
    chapters = "".join(f"- file: {name}\n" for name in pages if name != "index")
    body = f"chapters:\n{chapters}" if chapters else ""
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: index\n{body}")
    (root / "_config.yml").write_text(CONFIG.replace("EXTENSIONS", str(REPOSITORY / "book")))
    return root


def write_page(root: Path, name: str, text: str) -> None:
    head = HEAD if "{code-cell}" in text and not text.startswith("---") else ""
    path = root / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + text)


def write_module(root: Path, name: str, source: str) -> None:
    """A module of the tiny book's own `ebmlib`."""
    path = root.joinpath("ebmlib", *name.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in (path.parent, *path.parent.parents):
        if not folder.is_relative_to(root / "ebmlib"):
            break
        (folder / "__init__.py").touch()
    shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)  # it tells seconds apart only
    path.write_text(source)
