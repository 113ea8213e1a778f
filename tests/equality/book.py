"""A small book with all that the real one has, as data; what an edit changes is written."""

from __future__ import annotations

import copy
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.equality.blocks import Block
from tests.faults.tiny import draw_arrow
from tests.helpers.tiny import HEAD, REPOSITORY

SHEET = (REPOSITORY / "book" / "maths-preamble.tex").read_text("utf8")
ENTRY = (
    "@book{{{key}, title={{{title}}}, author={{{key}, Ann}}, publisher={{Press}}, year={{2001}}}}\n"
)
WORDS = "```{glossary}\nmodel\n  What we learn.\n```\n\n```{bibliography}\n```"
ARROW = "```{diagram} arrow\n:alt: An arrow.\nAn arrow.\n```"


@dataclass
class Leaf:
    """A page: its name, its title, its label, its blocks, the tables that it declares to read."""

    name: str
    title: str
    label: str
    blocks: list[Block] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        body = "\n".join(block.text for block in self.blocks)
        head = HEAD if "{code-cell}" in body else ""
        if self.reads and head:
            head = head.replace("---\n\n", f"ebm: {{reads: [{', '.join(self.reads)}]}}\n---\n\n")
        return f"{head}({self.label})=\n# {self.title}\n\n{body}"


@dataclass
class Part:
    """A part of the contents: its caption, whether it counts, chapters with their pages."""

    caption: str
    numbered: bool
    chapters: list[list[Leaf]]


@dataclass
class State:
    """All sources.

    `entries` are titles of the bibliography, `modules` the texts of ebmlib, `moved` old names of
    pages and their new ones.
    """

    parts: list[Part]
    entries: dict[str, str]
    modules: dict[str, str]
    sheet: str = SHEET
    site: str = "https://OWNER.github.io/tiny"
    broken: str = ""
    aged: str = ""
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def leaves(self) -> list[Leaf]:
        return [leaf for part in self.parts for chapter in part.chapters for leaf in chapter]

    def files(self) -> dict[str, str]:
        """Every file that an edit may change, by its path."""
        found = {f"{leaf.name}.md": leaf.text for leaf in self.leaves}
        found["book/index.md"] = "(home)=\n# Tiny\n\nA book.\n\n```{start} Begin\n```\n"
        found["_toc.yml"] = yaml.safe_dump(self._contents(), sort_keys=False)
        found["_config.yml"] = yaml.safe_dump(_config(self.site), sort_keys=False)
        entries = self.entries.items()
        found["book/moved.yml"] = yaml.safe_dump(self.moved)
        found["book/references.bib"] = "".join(ENTRY.format(key=k, title=t) for k, t in entries)
        found["book/maths-preamble.tex"] = self.sheet
        found |= {f"ebmlib/{name}.py": text for name, text in self.modules.items()}
        if self.broken:
            found[self.broken] += "\nSee {ref}`nowhere`.\n"
        return found

    def _contents(self) -> dict[str, object]:
        parts = [
            {
                "caption": part.caption,
                **({"numbered": 2} if part.numbered else {}),
                "chapters": [_chapter(chapter) for chapter in part.chapters],
            }
            for part in self.parts
        ]
        return {"format": "jb-book", "root": "book/index", "parts": parts}

    def copy(self) -> State:
        return copy.deepcopy(self)


def _chapter(leaves: list[Leaf]) -> dict[str, object]:
    first, *rest = ({"file": leaf.name} for leaf in leaves)
    return {**first, "sections": rest} if rest else first


def _config(site: str) -> dict[str, object]:
    """The real book's settings with the real extensions."""
    config = yaml.safe_load((REPOSITORY / "_config.yml").read_text("utf8"))
    local = config["sphinx"]["local_extensions"]
    config["sphinx"]["local_extensions"] = dict.fromkeys(local, str(REPOSITORY / "book"))
    config["sphinx"]["config"]["maths_stylesheet"] = "book/maths-preamble.tex"
    config["sphinx"]["config"]["ebm_site"] = site
    return config


def first() -> State:
    """The book that every sequence begins with: two parts and an appendix."""
    glue = (REPOSITORY / "ebmlib" / "glue.py").read_text("utf8")
    modules = {
        "__init__": "", "nets/__init__": "", "glue": glue,
        "soft": '"""Softness, used by `wide`."""\n\nVALUE = 1\n\n\ndef soft() -> int:\n'
        '    """Softly, as `ebmlib.nets.wide.wide` does.\n\n'
        '    Derived on: `book/a/two.md`.\n    """\n'
        "    return VALUE\n",
        "nets/wide": '"""Wide nets."""\n\n\ndef wide() -> int:\n    """Widely."""\n    return 2\n',
    }  # fmt: skip
    a = [
        Leaf("book/a/index", "Chapter A", "a-index", [Block("prose"), Block("index", "energy")]),
        Leaf("book/a/one", "One", "a-one", [
            Block("equation", "eq-a"), Block("figure", "a-points"), Block("cite", "tiny"),
            Block("exercise", "ex-a"), Block("ref", "eq-b", asks="equation"),
            Block("ref", "b-points", asks="figure"), Block("ref", "b-one", asks="ref"),
        ]),
        Leaf("book/a/two", "Two of $\\eE$", "a-two", [
            Block("raw", "A {term}`model` and {py:func}`ebmlib.soft.soft`."), Block("raw", ARROW),
            Block("section", "a-more"), Block("ref", "ex-a", asks="exercise"),
            Block("raw", VALUED), Block("check"),
        ]),
    ]  # fmt: skip
    b = [
        Leaf("book/b/one", "B one", "b-one", [
            Block("equation", "eq-b", 2), Block("figure", "b-points", 2), Block("index", "energy"),
            Block("ref", "a-more", asks="section"), Block("ref", "eq-a", asks="equation"),
            Block("ref", "ex-a", 2, asks="exercise"),
        ], ["a-points"]),
        Leaf("book/b/two", "B two", "b-two", [Block("prose", number=4), Block("cite", "wee")]),
    ]  # fmt: skip
    special = {
        "notation": "```{notation}\n```", "words": WORDS, "runs": "```{runs}\n```",
        "api": "```{api-modules}\n```",
    }  # fmt: skip
    pages = {
        key: Leaf(f"book/appendix/{key}", key.title(), f"x-{key}", [Block("raw", text)])
        for key, text in special.items()
    }
    shown = {"ground": "ebmlib.soft ebmlib.glue", "nets": "ebmlib.nets"}
    api = [
        Leaf(f"book/appendix/api/{key}", f"Api {key}", f"api-{key}",
             [Block("raw", f"```{{api}} {names}\n```")])
        for key, names in shown.items()
    ]  # fmt: skip
    appendix = [[pages["notation"]], [pages["api"], *api], [pages["words"]], [pages["runs"]]]
    parts = [Part("Part A", True, [a]), Part("Part B", True, [b])]
    parts.append(Part("Appendices", False, appendix))
    entries = {"tiny": "A tiny book", "wee": "A wee book"}
    return State(parts, entries, modules, moved={"book/a/past": "book/a/one"})


VALUED = """```{code-cell} ipython3
from ebmlib.glue import glue
from ebmlib.soft import VALUE

glue("a-two-value", VALUE)
```

It is {glue:text}`a-two-value`."""
SPECIAL = re.compile(r"book/appendix/|book/a/two$")  # pages that the others cannot do without


def prepare(root: Path) -> None:
    """What no edit changes."""
    for folder in ("book/diagrams", "binder"):
        (root / folder).mkdir(parents=True)
    library = REPOSITORY / "book" / "diagrams" / "ebm.tikz.tex"
    shutil.copy(library, root / "book" / "diagrams")
    shutil.copy(REPOSITORY / "pyproject.toml", root)


def write(state: State, root: Path, known: dict[str, str]) -> dict[str, str]:
    """Bring the files below `root` from what is `known` there to the state; what is there now."""
    now = state.files()
    for name in known.keys() - now.keys():
        (root / name).unlink()
    for name, text in now.items():
        if known.get(name) != text:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf8")
            if name == state.aged:  # an older file moved over it keeps its own time
                os.utime(path, (1e9, 1e9))
    if known.get("book/maths-preamble.tex") != state.sheet:
        draw_arrow(root)
    for cache in (root / "ebmlib").rglob("__pycache__"):
        shutil.rmtree(cache)  # it tells seconds apart only
    return now
