"""Books of generated pages: the same sources for our tools and for plain Jupyter Book."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

COPIED = (".jupyter_cache", "executed", "tables")  # what holds a book's executed pages
HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""
PEER = """title: Benchmark
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: cache, run_in_temp: true}
bibtex_bibfiles: [book/references.bib]
sphinx: {extra_extensions: [sphinx_exercise]}
"""
BIB = "@book{tiny, title={A tiny book}, author={Ann Other}, publisher={Press}, year={2001}}\n"
SECTION = """## Section {part}

The energy $E(y, z) = \\|y - g(z)\\|^2$ is low where $y$ is near $g(z)$,
and $F(y) = \\min_z E(y, z)$ forgets the latent;
see {{ref}}`page-{before}`, {{eq}}`eq-{page}-{part}` and {{cite:t}}`tiny`.

$$
F_\\beta(y) = -\\frac{{1}}{{\\beta}} \\log \\frac{{1}}{{K}}
\\sum_{{k=1}}^{{K}} e^{{-\\beta E(y, z_k)}}
$$ (eq-{page}-{part})

```{{code-cell}} ipython3
energies = [(k - {page} / 10) ** 2 for k in range({part} + 5)]
print(min(energies), sum(energies))
```

"""


def page(number: int) -> str:
    """A page of four sections with formulas, references and cells that cost nothing."""
    parts = [SECTION.format(page=number, part=part, before=max(1, number - 1)) for part in range(4)]
    return f"{HEAD}(page-{number})=\n# Page {number}\n\nWhat is low?\n\n{''.join(parts)}"


def sources(root: Path, count: int) -> None:
    """Pages in chapters of ten, a table of contents, a bibliography."""
    folder = root / "book"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "references.bib").write_text(BIB)
    (root / "index.md").write_text("# Benchmark\n\nA book.\n\n```{bibliography}\n```\n")
    chapters = []
    for first in range(1, count + 1, 10):
        names = [f"page{number}" for number in range(first, min(first + 10, count + 1))]
        for name in names:
            (root / f"{name}.md").write_text(page(int(name.removeprefix("page"))))
        chapters.append({"file": names[0], "sections": [{"file": name} for name in names[1:]]})
    contents = {"format": "jb-book", "root": "index", "chapters": chapters}
    (root / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False))


def book(root: Path, count: int, repository: Path) -> None:
    """For our tools: with our extensions, and the tools beside it."""
    sources(root, count)
    config = yaml.safe_load((repository / "_config.yml").read_text("utf8"))
    (root / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    for name in ("_ext", "print"):
        shutil.copytree(repository / "book" / name, root / "book" / name)
    shutil.copy(repository / "book" / "maths-preamble.tex", root / "book")
    shutil.copytree(repository / "tools", root / "tools")
    npm = repository / "_build" / "npm"  # installation is not part of a build
    if npm.is_dir():
        shutil.copytree(npm, root / "_build" / "npm")


def plain(root: Path, count: int) -> None:
    """For plain Jupyter Book: its own theme, MathJax, execution through its cache."""
    sources(root, count)
    (root / "_config.yml").write_text(PEER)


def edit(root: Path, number: int) -> None:
    """A sentence more on one page."""
    path = root / "page3.md"
    path.write_text(f"{path.read_text()}\nOne more sentence, number {number}.\n")
