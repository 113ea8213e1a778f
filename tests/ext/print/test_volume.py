"""A volume's LaTeX: its own pages under their numbers, and no link to what it leaves out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.tiny import make, run, warm
from tests.helpers.printed import without_anchor
from tools.book import Book
from tools.build.sphinx_build import build

CONTENTS = """format: jb-book
root: index
parts:
  - chapters: [{file: map}]
  - caption: "Part I: Near"
    numbered: 2
    chapters:
      - file: one
        sections: [{file: more}]
      - file: two
  - caption: "Part II: Far"
    numbered: 2
    chapters: [{file: three}]
  - caption: Appendices
    chapters:
      - file: words
        sections: [{file: sources}]
"""
INDEX = "# Tiny\n\nThe preface.\n"
WORDS = "# Words\n\n```{glossary}\nmodel\n  What we learn.\n```\n"
SOURCES = "(sources)=\n# Sources\n\n```{bibliography}\n```\n"


def page(name: str, others: str) -> str:
    """A page with all that can be referred to, which refers to itself and to others."""
    what = (
        f"{{numref}}`{one}`, {{ref}}`{one}`, {{eq}}`sum-{one}`" for one in (name, *others.split())
    )
    title = name.capitalize()
    return f"""({name})=
# {title}

Before: {", ".join(what)}, {{term}}`model`, {{cite:t}}`tiny`.

$$a = b$$ (sum-{name})

```{{exercise-start}} Short
:label: ex-{name}
```
Do it.
```{{exercise-end}}
```

```{{solution-start}} ex-{name}
:label: sol-{name}
```
It is done, as {others.split()[0]} does: {{numref}}`{others.split()[0]}`.
```{{solution-end}}
```
"""


ARROW = "\n```{diagram} far-arrow\n:alt: An arrow.\nAn arrow.\n```\n"
SEEN = "\nSeen in {numref}`fig-far-arrow`.\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warm()
    root = make(tmp_path_factory.mktemp("volume") / "book")
    pages = {
        "index": INDEX,
        "map": "# The map\n\nWhat depends on what?\n",
        "one": page("one", "more two three") + SEEN,
        "more": page("more", "one"),
        "two": page("two", "one three") + SEEN,
        "three": page("three", "two") + ARROW,
        "words": WORDS,
        "sources": SOURCES,
    }
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text)
    (root / "_toc.yml").write_text(CONTENTS)
    folder = root / "book" / "diagrams"
    (folder / "far").mkdir()
    for kind in (".tex", ".svg"):
        (folder / "arrow").with_suffix(kind).rename((folder / "far" / "arrow").with_suffix(kind))
    return root


def written(root: Path, *docnames: str) -> tuple[str, str]:
    """The LaTeX of a volume of these pages, and what its title page says."""
    out = root / "_build" / "work" / "-".join(["latex", *docnames])
    volume = {"ebm_volume": "\n".join(docnames)}
    doctrees = out.with_name("latex-doctrees")
    told = run(lambda: build(Book(root), "latex", out, doctrees, volume) or 0)
    assert told.code == 0, told.text
    front = (out / "front.tex").read_text("utf8")
    said = re.search(r"\\ebmvolume\}\{(.*)\}", front)
    assert said is not None
    return (out / "book.tex").read_text("utf8"), said[1]


def headings(source: str) -> list[str]:
    found = re.findall(r"\\ebmheading(?:\[\d\])?\{\w+\}\{([\w.]*)\}\{[\w-]*\}\{([\w ]+)", source)
    return [f"{number} {title}".strip() for number, title in found]


def test_the_whole_book_holds_all(root: Path) -> None:
    source, said = written(root)
    assert headings(source)[0] == "Preface"
    assert {"1 One", "1.1 More", "2 Two", "3 Three", "Sources"} <= set(headings(source))
    assert said == ""
    assert without_anchor(source) == []


def test_what_stands_before_a_part_opens_it(root: Path) -> None:
    source, _ = written(root)
    places = [source.index(f"{{{words}}}") for words in ("Part I: Near", "The map", "One")]
    assert places == sorted(places)


def test_a_chapter_keeps_its_numbers_and_the_sources(root: Path) -> None:
    source, said = written(root, "two")
    assert headings(source) == ["2 Two", "Solutions to the exercises", "Sources"]
    assert said == "2 Two"
    assert re.findall(r"\\ebmpart\{(.*)\}", source) == ["Part I: Near", "Appendices"]
    assert source.count("\\begin{ebmsolution}") == source.count("\\begin{ebmexercise}") == 1


def test_what_leads_out_keeps_words_and_number_and_is_no_link(root: Path) -> None:
    source, _ = written(root, "two")
    assert without_anchor(source) == []
    plain = re.sub(r"\\(?!hyperref|eqref)\w+\{(?:[\w,-]+\}\{)?|(?<!\])[{}]", "", source)
    assert "Section 1, One, (1.1), Section 3, Three, (3.1), model, Other [" in plain
    assert "as one does: Section 1." in plain
    assert "Seen in Fig.~3.1." in plain
    assert "\\hyperref[\\detokenize{two:two}]" in source
    assert "\\eqref{equation:two:sum-two}" in source


def test_a_whole_part_is_named_by_its_caption(root: Path) -> None:
    source, said = written(root, "one", "more", "two")
    assert said == "Part I: Near"
    assert without_anchor(source) == []
    _, said = written(root, "one", "more", "three")
    assert said == "1 One, Part II: Far"


def test_a_diagram_of_a_folder_is_drawn_under_its_whole_name(root: Path) -> None:
    source, _ = written(root, "three")
    (name,) = re.findall(r"\\ebmpicture\{([\w-]+)\}", source)
    assert name == "far-arrow"
    assert (root / "_build" / "work" / "latex-three" / "drawn" / f"{name}.tex").is_file()
