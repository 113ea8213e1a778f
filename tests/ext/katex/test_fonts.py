"""Which characters each of KaTeX's fonts keeps."""

from pathlib import Path

from fontTools.ttLib import TTFont

from _ext.katex import fonts
from _ext.shared.npm import ensure_package

FORMULAS = [
    '<span class="mord mathnormal c-blue">x</span><span class="mrel">&lt;</span>',
    '<span class="mord boldsymbol">y</span><span class="mord">1</span>',
    '<span class="mord mathbf">A</span>',
]


def test_characters_are_those_of_their_class() -> None:
    shown = fonts.characters(FORMULAS)
    assert shown == {"": "1<Axy", "boldsymbol": "y", "mathbf": "A", "mathnormal": "x"}


def test_a_font_holds_what_is_asked_of_it_and_no_more(tmp_path: Path) -> None:
    katex = ensure_package("katex", Path(fonts.__file__).parent)
    fonts.write(tmp_path, katex, fonts.characters(FORMULAS))

    def letters(name: str) -> set[str]:
        with TTFont(tmp_path / "katex" / "fonts" / f"KaTeX_{name}.woff2") as font:
            return {chr(code) for code in font.getBestCmap()}

    assert {"x"} <= letters("Math-Italic")
    assert "y" not in letters("Math-Italic")
    assert {"y"} <= letters("Math-BoldItalic")
    assert letters("Main-Bold") == {"A"}
    assert set("1<Axy") <= letters("Main-Regular")


def test_every_class_that_chooses_a_font_is_known() -> None:
    katex = ensure_package("katex", Path(fonts.__file__).parent)
    css = (katex / "dist" / "katex.min.css").read_text("utf8")
    for classes in fonts.CLASSES.values():
        assert all(f".{one}" in css for one in classes)
