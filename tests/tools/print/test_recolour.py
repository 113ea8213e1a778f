"""A drawing of the light palette in the dark one: each colour and tint, and nothing else."""

from __future__ import annotations

from tools.print.recolour import exchange, themes, with_mixes

SHEET = "\n".join(
    [
        r"\definecolor{pink}{HTML}{C92688}",
        r"\definecolor{pink-dark}{HTML}{FF66CC}",
        r"\definecolor{ground}{HTML}{FFFFFF}",
        r"\definecolor{ground-dark}{HTML}{000000}",
        r"\definecolor{lonely}{HTML}{123456}",
    ]
)
PINK, DARK = (0xC9, 0x26, 0x88), (0xFF, 0x66, 0xCC)


def test_colours_that_are_defined_for_both_themes_have_partners() -> None:
    assert themes(SHEET) == {PINK: DARK, (255, 255, 255): (0, 0, 0)}


def test_a_tint_is_mixed_anew_on_the_dark_ground() -> None:
    palette = {"#C92688": "pink", "#FFFFFF": "ground"}
    mixed = with_mixes(themes(SHEET), {"#E493C4": ("pink", 50.0)}, palette)
    assert mixed[0xE4, 0x93, 0xC4] == (128, 51, 102)


def test_fills_strokes_and_greys_are_exchanged_and_other_numbers_stay() -> None:
    pink = " ".join(f"{part / 255:.4f}" for part in PINK).encode()
    drawn = pink + b" rg 1 G 0.5 0.5 0.5 RG 1 0 0 1 72 72 cm 1 w\n"
    light = b"1.000000 0.400000 0.800000 rg 0.000000 0.000000 0.000000 RG"
    expected = light + b" 0.501961 0.501961 0.501961 RG 1 0 0 1 72 72 cm 1 w\n"
    assert exchange(drawn, themes(SHEET)) == expected
