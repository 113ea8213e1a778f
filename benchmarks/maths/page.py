"""The page that is measured: 300 inline and 80 displayed formulas in the book's colours."""

from __future__ import annotations

import random

INLINE = 300
DISPLAYED = 80
SHORT = [
    r"\vx", r"\vz \in \R^d", r"\eE(\vy, \vz)", r"\Finf(\vy)", r"\beta \to \infty", r"\mW\vx + \vb",
    r"\norm{\vy - \yt}^2", r"\vh = \relu(\mW\vx)", r"\zc = \argmin_{\vz} \eE(\vy, \vz)",
    r"\pd{\eL}{\mW}", r"\vth \leftarrow \vth - \eta \grad_{\vth} \eL", r"\softargmax_\beta(\vs)",
]  # fmt: skip
LONG = [
    r"\Fbeta(\vy) = -\frac{1}{\beta} \log \frac{1}{\abs{\cZ}} \int_{\cZ} "
    r"\exp\bigl(-\beta \eE(\vy, \vz)\bigr) \dd \vz",
    r"\begin{aligned} \eE(\vy, \vz) &= \norm{\vy - \Dec(\vz)}^2 \\ "
    r"\zc &= \argmin_{\vz} \eE(\vy, \vz) \\ \Finf(\vy) &= \eE(\vy, \zc) \end{aligned}",
    r"\pd{\eL}{\mW} = \sum_{i=1}^{n} \pd{\eL}{\vs^{(i)}} \, \bigl(\vx^{(i)}\bigr)\tp + \lambda \mW",
    r"\mW = \mU \mS \mV\tp = \begin{bmatrix} \sw_{11} & \sw_{12} \\ \sw_{21} & \sw_{22} "
    r"\end{bmatrix}",
    r"\KL(q \,\Vert\, p) = \tfrac{1}{2} \sum_{k=1}^{d} (v_k - \log v_k - 1 + \mu_k^2)",
    r"\eL(\vth) = \max\bigl(0, m + \Finf(\yc) - \Finf(\yh)\bigr)",
]
WORDS = "energy|is|low|where|the|data|lies|and|high|elsewhere|so|we|go|along|its|slope"


def text() -> str:
    """The page's MyST source; the same at every call."""
    draw = random.Random(0)
    inline = [f"${SHORT[n % len(SHORT)]}, {n}$" for n in range(INLINE)]
    displayed = [f"$$ {LONG[n % len(LONG)]} $$ (eq-{n})" for n in range(DISPLAYED)]
    lines = ["# Formulas", ""]
    for section in range(10):
        lines += [f"## Section {section + 1}", ""]
        for part in range(8):
            count = 4 if part % 4 else 3
            lines += [_paragraph(draw, [inline.pop(0) for _ in range(count)]), ""]
            lines += [displayed.pop(0), ""]
    assert not displayed
    lines += [_paragraph(draw, inline), ""]
    return "\n".join(lines)


def _paragraph(draw: random.Random, formulas: list[str]) -> str:
    parts = []
    for formula in formulas:
        parts += [*draw.choices(WORDS.split("|"), k=7), formula]
    return f"So {' '.join(parts)}."
