"""What a build saves changes nothing that is seen: the same bytes with and without."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path

import pytest

from tests.helpers.figures_book import SETTINGS, build, cell, computed, write

EXTENSIONS = [*SETTINGS["extensions"], "sphinx_exercise", "sphinxcontrib.bibtex", "_ext.katex"]
REFERENCES = """@book{one, title={A {TeX}nical book}, author={Ann Other and Per Son},
  publisher={Press}, year={2001}}
@article{two, title={On it}, author={Son, Per}, journal={It}, year={2002}}
"""
CITING = """# Citing

{cite:t}`one` and {cite:p}`two`; see {numref}`fig-second` and {eq}`eq-one`.

$$ a = b $$ (eq-one)

```{exercise} Short $x$
:label: ex-one
Do it.
```

```{solution} ex-one
:label: sol-one
Done.
```

```{bibliography}
```
"""
# Our layout has no sidebars of the themes.
THEME = {
    "html_theme": "basic",
    "exclude_patterns": ["_build"],
    "html_sidebars": {"**": []},
    "bibtex_bibfiles": ["references.bib"],
    "numfig": True,
}


MORE = ("_ext.numbering", "_ext.incremental")


def book(root: Path) -> Path:
    write(
        root,
        first=[cell("first"), computed("first")],
        second=[cell("second"), computed("second"), "See {ref}`ex-one`."],
        citing=CITING,
    )
    (root / "references.bib").write_text(REFERENCES)
    return root


def built(root: Path, *more: str) -> dict[str, bytes]:
    done = build(root, extensions=[*EXTENSIONS, *more], **THEME)
    assert done.warnings == ""
    kept = {".html", ".js", ".txt", ".svg"}
    files = [path for path in done.out.rglob("*") if path.suffix in kept]
    # Sphinx tells the hash of a style only if it is there already; our theme loads none of those.
    hashed = re.compile(rb"\?v=\w+")
    return {str(path.relative_to(done.out)): hashed.sub(b"", path.read_bytes()) for path in files}


@pytest.mark.slow
def test_the_site_is_the_same_with_and_without(tmp_path: Path) -> None:
    plain = book(tmp_path / "plain")
    thrifty = Path(shutil.copytree(plain, tmp_path / "thrifty"))
    for _ in range(2):  # the second build uses what the first has kept; without, it is a clean one
        shutil.rmtree(plain / "_build", ignore_errors=True)
        without, with_it = built(plain), built(thrifty, *MORE)
        for one in (without, with_it):
            one.pop("searchindex.js")  # Sphinx's, which the book replaces: it names all extensions
        assert with_it == without
        assert b"Fig. 2" in with_it["citing.html"]
        for root in (plain, thrifty):
            page = root / "citing.md"
            page.write_text(page.read_text().replace("Citing", "Citing anew"))
            first = root / "first.ipynb"
            first.write_text(first.read_text().replace("# First", "# The first"))


@pytest.mark.slow
def test_an_edit_writes_its_page_and_not_the_first(tmp_path: Path) -> None:
    built(book(tmp_path), *MORE)

    def written() -> dict[str, int]:
        files = (tmp_path / "_build" / "html").glob("*.html")
        return {path.name: path.stat().st_mtime_ns for path in files if path.stem != "genindex"}

    before = written()
    page = tmp_path / "citing.md"
    page.write_text(page.read_text() + "\nOne more sentence.\n")
    assert b"One more sentence." in built(tmp_path, *MORE)["citing.html"]
    assert {name for name, at in written().items() if at != before[name]} == {
        "citing.html",
        "search.html",
    }


@pytest.mark.slow
def test_the_environment_holds_no_page(tmp_path: Path) -> None:
    root = book(tmp_path)
    built(root, *MORE)
    env = pickle.loads((root / "_build" / "html-trees" / "environment.pickle").read_bytes())
    for entry in env.sphinx_exercise_registry.values():
        assert len(pickle.dumps(entry)) < 3000
    assert set(env.page_skeletons) == {"index", "first", "second", "citing"}
    assert all(len(pickle.dumps(bones)) < 4000 for bones in env.page_skeletons.values())
    first = build(root, extensions=[*EXTENSIONS, *MORE], **THEME)
    assert first.warnings == ""
