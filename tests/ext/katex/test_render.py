"""Formulas to HTML: what comes out, what is refused, how fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from _ext.katex.renderer import Renderer
from _ext.stylesheet.model import StylesheetError
from _ext.stylesheet.parser import load, parse

VISIBLE = re.compile(r'<span class="katex-html".*', re.S)


@pytest.fixture(scope="module")
def render() -> Iterator[Renderer]:
    with Renderer(load()) as renderer:
        yield renderer


def test_every_macro_of_the_book(render: Renderer) -> None:
    render.check()


def test_a_symbol_carries_its_name_and_colour_class(render: Renderer) -> None:
    html = render(r"\vz").html
    assert 'data-symbol="vz"' in html
    assert re.search(r'class="mord [^"]*c-orange" data-symbol="vz"', html)
    assert "#" not in VISIBLE.search(html)[0]  # no hex: the theme decides


def test_a_screen_reader_gets_mathml_and_no_tex(render: Renderer) -> None:
    html = render(r"\argmin_{\vz} \eE(\vy, \vz)", True).html
    mathml = re.search(r"<math.*?</math>", html, re.S)[0]
    assert "<mi>arg\u2009min</mi>" in mathml or "<mi>arg min</mi>" in mathml, mathml
    assert "annotation" not in html
    assert "mathcolor" not in mathml
    assert 'class="katex-html" aria-hidden="true"' in html


def test_no_attribute_of_the_mathml_is_empty(render: Renderer) -> None:
    html = render(r"\begin{aligned} \vx &= \vy \\ &= \vz \end{aligned}", True).html
    html += render(r"\begin{aligned} \vx \\ \vy \end{aligned}", True).html
    assert "<mtable" in html
    assert re.findall(r' [\w-]+=""', html) == []  # Firefox calls each an error


def test_an_operator_in_an_index_is_one_child(render: Renderer) -> None:
    html = render(r"\lambda_{\max} + \sigma_{\min}^2 + \max_i x_i", True).html
    assert "<msub><mi>λ</mi><mi>max</mi></msub>" in html
    assert "<msubsup><mi>σ</mi><mi>min</mi><mn>2</mn></msubsup>" in html
    assert html.count("<mo>\u2061</mo>") == 1  # max is applied to x


def test_a_letter_is_one_element_and_a_pair_of_symbols_two(render: Renderer) -> None:
    assert VISIBLE.search(render(r"\vz").html)[0].count("<span") == 4  # half, base, strut, letter
    both = VISIBLE.search(render(r"\Fbeta(\vy)").html)[0]
    assert re.findall('data-symbol="([a-zA-Z]+)"', both) == ["Fbeta", "vy"]
    assert both.count("<span") + 1 == both.count("</span>")  # the last ends the formula


def test_an_index_stands_as_close_to_a_coloured_letter(render: Renderer) -> None:
    bare = VISIBLE.search(render(r"W_{ij}").html)[0]
    coloured = VISIBLE.search(render(r"\learned{W}_{ij}").html)[0]
    assert "margin-left:-" in bare
    assert coloured.replace(" c-purple", "") == bare


def test_space_between_rows_is_added_below_a_deep_row(render: Renderer) -> None:
    """As amsmath does in print; KaTeX alone would give a row with a brace under it none."""

    def height(row: str, gap: str) -> float:
        tex = rf"\begin{{aligned}} {row} \\{gap} & \vy \end{{aligned}}"
        return max(map(float, re.findall(r"height:([0-9.]+)em;vertical", render(tex, True).html)))

    for row in (r"& \vx", r"& \underbrace{\vx}_{n \times 1}"):
        assert height(row, "[10pt]") - height(row, "") == pytest.approx(1.0, abs=0.01)


def test_limits_of_an_operator_stay_below_it(render: Renderer) -> None:
    assert "op-limits" in render(r"\argmin_{\vz} \eE", True).html
    assert "op-limits" not in render(r"\softargmax_\beta \vs", True).html


def test_a_colour_follows_the_theme(render: Renderer) -> None:
    assert "color:var(--pink);" in render(r"{\color{pink} x}").html
    assert "c-blue" in render(r"\textcolor{blue}{x}").html


def test_optional_arguments(render: Renderer) -> None:
    assert render(r"\norm{\va}").html != render(r"\norm[\big]{\va}").html
    assert render(r"\pd[2]{f}{x}").html == render(r"\frac{\partial^{2} f}{\partial {x}^{2}}").html


@pytest.mark.parametrize(
    ("tex", "why"),
    [
        (r"\vzz", r"Undefined control sequence: \vzz"),
        (r"\frac{1}", "Unexpected end of input"),
        (r"\textcolor{teal}{x}", "no colour 'teal'"),
        (r"{\color{teal} x}", "no colour 'teal'"),
        (r"{\color{#123456} x}", "no colour '#123456'"),
        (r"\href{javascript:0}{x}", "does not carry"),
        (r"\htmlStyle{color: teal}{x}", "does not carry"),
        ("ü", "LaTeX-incompatible"),
    ],
)
def test_what_is_refused(render: Renderer, tex: str, why: str) -> None:
    result = render(tex)
    assert why in result.error
    assert result.html == ""


def test_a_definition_does_not_outlive_its_formula(render: Renderer) -> None:
    assert render(r"\def\mine{x} \mine").error == ""
    assert render(r"\gdef\other{x} \other").error == ""
    assert "Undefined" in render(r"\mine + x").error
    assert "Undefined" in render(r"\other + x").error


def test_a_macro_that_katex_cannot_carry_names_its_line() -> None:
    text = "%% Group\n" + r"\newcommand{\bad}{\hfil x}" + "\n"
    with (
        Renderer(parse(text, Path("sheet.tex"))) as renderer,
        pytest.raises(StylesheetError, match=r"sheet\.tex:2: KaTeX cannot carry \\bad"),
    ):
        renderer.check()


def test_a_thousand_formulas_are_rendered_once(tmp_path: Path) -> None:
    formulas = [
        (rf"\eE_{{{n}}}(\vy, \vz) = \norm{{\vy - \Dec(\vz)}}^2 + \frac{{1}}{{\beta}}", bool(n % 2))
        for n in range(1000)
    ]
    memory = tmp_path / "maths.json"
    with Renderer(load(), memory) as first:
        results = first.all(formulas)
        assert first.rendered_now == 1000
        first.save()
    assert not any(result.error for result in results)
    again = Renderer(load(), memory)
    assert again.all(formulas) == results
    assert again.rendered_now == 0
    assert again._process is None  # Node was not even started


def test_a_memory_of_another_stylesheet_is_not_trusted(tmp_path: Path) -> None:
    memory = tmp_path / "maths.json"

    def html(body: str) -> str:
        with Renderer(parse(f"\\newcommand{{\\a}}{{{body}}}\n"), memory) as renderer:
            found = renderer(r"\a").html
            renderer.save()
            return found

    x = html("x")
    assert html("y") != x
    memory.write_text("{broken")
    assert html("x") == x
