"""The notebook beside a page says what the page says, in words that any reader understands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from _ext.notebooks.notebook import LEFT_OUT
from _ext.notebooks.tex import on_any_ground, standalone
from _ext.stylesheet.parser import load
from tests.helpers.plotted import MIME
from tests.helpers.tiny import REPOSITORY, cell, make_book
from tools.build.contrast import contrast

SETTINGS = """
bibtex_bibfiles: [references.bib]
sphinx:
  recursive_update: true
  extra_extensions: [sphinx_exercise, sphinxcontrib.bibtex]
  local_extensions:
    _ext.execution: BOOK
    _ext.katex: BOOK
    _ext.figures: BOOK
    _ext.questions: BOOK
    _ext.notebooks: BOOK
  config:
    nb_execution_raise_on_error: true
    html_math_renderer: katex
    ebm_repository: https://code.invalid/repo
    ebm_site: https://example.invalid/site
    bibtex_reference_style: author_year
    numfig: true
"""
PAGE = r"""(one)=
# The energy $\eE(\vy, \vz)$

See {ref}`two` and {eq}`eq-one`, and {numref}`fig-tiny` of {cite:t}`hopfield1982`.
The sum is {glue:text}`tiny-sum:.2f`, in *words* and `code`.

$$
\begin{aligned}
\eE(\vy, \sz) &= \norm{\vy - \Dec(\sz)}^2
\end{aligned}
$$ (eq-one)

CELL1```{computed} tiny
A point at $\vy$.
```

:::{note}
Mind the **sign**.

$$
\bm a = 1
$$
:::

```{margin}
A note in the margin.
```

```{only} html
Point at a symbol.
```

| symbol | meaning | value |
| --- | --- | --- |
| $\vx$ | seen | 0.50 |

```{question} tiny-more
Is $1 + 1$ more than *one*?
- {yes} Yes.
- {no} No.  *Count again.*
---
It is $2$.

Count on.
```

```{exercise-start} Add them
:label: ex-one
```
What is $1 + 1$?
```{exercise-end}
```

```{solution-start} ex-one
:class: dropdown
:label: sol-one
```
It is two.

CELL2```{solution-end}
```

CELL3
"""
CODE = """from ebmlib.plot.points import points
from ebmlib.plot.figure import figure
from ebmlib.plot.show import show
from ebmlib.glue import answer, glue
import torch

glue("tiny-sum", 0.5)
fig, ax = figure()
points(ax, torch.ones(1, 2), name="y")
show(fig, "tiny", alt="One point.")
answer("tiny-more", "yes" if 1 + 1 > 1 else "no")"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of a book of two pages."""
    root = make_book(
        tmp_path_factory.mktemp("book"),
        one=PAGE.replace("CELL1", cell(CODE))
        .replace("CELL2", cell("assert 1 + 1 == 2\nprint(1 + 1)"))
        .replace("CELL3", cell(":tags: [hide-input]\n\nprint('hidden')")),
        two="(two)=\n# Two\n\nProse.\n\n```{bibliography}\n```\n",
    )
    before = (root / "_config.yml").read_text().partition("sphinx:")[0]
    settings = SETTINGS.replace("BOOK", str(REPOSITORY / "book"))
    (root / "_config.yml").write_text(before + settings)
    bib = "@article{hopfield1982, author={Hopfield, J}, title={Nets}, journal={PNAS}, year=1982}"
    (root / "references.bib").write_text(bib)
    (root / "ebmlib").symlink_to(REPOSITORY / "ebmlib")
    command = [sys.executable, "-m", "tools.build", "--root", str(root)]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return root / "_build"


@pytest.fixture(scope="module")
def notebook(built: Path) -> NotebookNode:
    return nbformat.read(built / "site" / "one.ipynb", 4)


def words(notebook: NotebookNode) -> str:
    return "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")


@pytest.mark.slow
def test_no_syntax_of_the_book_is_left(notebook: NotebookNode) -> None:
    text = words(notebook)
    assert not re.search(r"\{[a-z:]+\}`", text), "a role is left"
    assert "```{" not in text, "a directive is left"
    assert "@@" not in text
    for macro in load().macros.values():
        left = re.search(rf"\\{macro.name}(?![A-Za-z])", text)
        assert not left or macro.provided, f"\\{macro.name} is left"


@pytest.mark.slow
def test_references_numbers_and_citations_are_resolved(notebook: NotebookNode) -> None:
    text = words(notebook)
    assert "[Two](https://example.invalid/site/two.html#two)" in text
    assert "[(1)](https://example.invalid/site/one.html#equation-eq-one)" in text
    assert "[Fig. 1](https://example.invalid/site/one.html#fig-tiny)" in text
    assert "Hopfield" in text
    assert "The sum is 0.50, in *words* and `code`." in text
    assert r"\tag{1}" in text
    assert "**Fig. 1.** A point at $" in text


@pytest.mark.slow
def test_boxes_tables_and_margin_notes_read_well(notebook: NotebookNode) -> None:
    text = words(notebook)
    assert "> **Note**" in text
    assert "> Mind the **sign**." in text
    assert re.search(r"^> \$\$\\boldsymbol a = 1\$\$$", text, re.M), "maths stay on one line"
    assert "> A note in the margin." in text
    assert "| symbol | meaning | value |\n| --- | --- | --- |\n| $" in text
    assert "| seen | 0.50 |" in text, "a number keeps the digits that the page shows"
    assert "**Exercise 1 (Add them)**" in text
    assert "It is two." in text


@pytest.mark.slow
def test_a_question_has_empty_boxes_and_a_folded_answer(notebook: NotebookNode) -> None:
    assert (
        "**Question 1.** Is $1 + 1$ more than *one*?\n\n- \u2610 a. Yes.\n- \u2610 b. No.\n\n"
        "<details><summary>Answer</summary>\n\na. It is $2$.\n\nCount on.\n\nb. Count again."
        "\n\n</details>"
    ) in words(notebook)


@pytest.mark.slow
def test_what_speaks_of_the_site_stays_there(notebook: NotebookNode) -> None:
    assert "Point at a symbol" not in words(notebook)


@pytest.mark.slow
def test_cells_carry_their_outputs_in_order(notebook: NotebookNode) -> None:
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert "find_spec" in code[0].source
    assert "ebmlib @ git+https://code.invalid/repo@" in code[0].source
    assert code[1].source.startswith("from ebmlib.plot.points")
    assert set(code[1].outputs[1].data) == {"image/png", "text/plain"}
    assert [c.outputs[0].text for c in code[2:]] == ["2\n", "hidden\n"]
    assert code[3].metadata.jupyter.source_hidden is True
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.slow
def test_what_is_compared_is_kept_outside_of_the_site(built: Path, notebook: NotebookNode) -> None:
    whole = nbformat.read(built / "work" / "html-notebooks" / "one.ipynb", 4)
    outputs = [one for cell in whole.cells for one in cell.get("outputs", ()) if "data" in one]
    figure = next(one for one in outputs if MIME in one.data)
    assert figure.data[MIME]["tables"] == [["tiny.txt", "y.x y.y\n1 1\n"]]
    assert set(figure.data) - {"image/png", "text/plain"} == set(LEFT_OUT)
    for mime in LEFT_OUT:
        del figure.data[mime]
    assert whole == notebook
    assert not list((built / "site").rglob("*notebooks*"))


def test_colour_reaches_one_symbol_only() -> None:
    assert standalone(r"\vx_i + 1", load()) == r"{\color{#D5318E}{\boldsymbol{x}}}_i + 1"


def test_macros_within_macros() -> None:
    tex = standalone(r"\abs{\sz}", load())
    assert r"{\color{#C65304}{z}}" in tex
    assert r"\abs" not in tex


def test_a_first_derivative_carries_no_empty_exponent() -> None:
    tex = standalone(r"\pd{f}{t} + \pd[2]{f}{t}", load())
    assert tex == r"\frac{\partial f}{\partial {t}} + \frac{\partial^{2} f}{\partial {t}^{2}}"


def test_bold_is_said_as_mathjax_knows_it() -> None:
    assert standalone(r"\bm\mu + \bm v + \bm{a}", load()) == (
        r"\boldsymbol\mu + \boldsymbol v + \boldsymbol{a}"
    )


@pytest.mark.parametrize("name", sorted({role.colour for role in load().roles.values()}))
def test_a_colour_is_legible_on_light_ground_and_seen_on_dark(name: str) -> None:
    colour = load().colours[name]
    made = on_any_ground(colour.light.upper(), colour.dark)
    assert contrast(made, "#ffffff") >= 4.5
    assert contrast(made, "#111111") >= 4.1, "JupyterLab's dark theme"
    assert contrast(made, "#383838") >= 2.5, "Colab's"
