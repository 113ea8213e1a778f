"""KaTeX's fonts, each cut down to the characters that this book's formulas show in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from _ext.shared.files import put

TAG = re.compile(r"<[^>]*>")
LEAF = re.compile(r'<span class="([^"]*)"[^>]*>([^<]+)')
BOLD, SLANTED = ("mathbf", "textbf"), ("mathit", "textit")
# The classes by which katex.min.css chooses a font. Other fonts may be asked for any character.
CLASSES = {
    "Math-Italic": ("mathnormal",),
    "Math-BoldItalic": ("boldsymbol",),
    "Main-Bold": BOLD,
    "Main-Italic": SLANTED,
    "Main-BoldItalic": (*BOLD, *SLANTED),
    "AMS": ("amsrm", "mathbb", "textbb"),
    "Caligraphic": ("mathcal",),
    "Fraktur": ("mathfrak", "textfrak", "mathboldfrak", "textboldfrak"),
    "SansSerif": (
        "mathsf",
        "textsf",
        "mathboldsf",
        "textboldsf",
        "mathitsf",
        "mathsfit",
        "textitsf",
    ),
    "Script": ("mathscr", "textscr"),
    "Typewriter": ("mathtt", "texttt"),
}

Shown = dict[str, str]  # class -> characters; under the empty name those of all formulas


def characters(rendered: Iterable[str]) -> Shown:
    """The characters that the formulas show, all of them and those of each class."""
    found: dict[str, set[str]] = {"": set()}
    for formula in rendered:
        found[""].update(html.unescape(TAG.sub("", formula)))
        for classes, text in LEAF.findall(formula):
            for one in classes.split():
                found.setdefault(one, set()).update(html.unescape(text))
    known = {"", *(one for classes in CLASSES.values() for one in classes)}
    return {key: "".join(sorted(found[key])) for key in sorted(known & set(found))}


def write(static: Path, katex: Path, shown: Shown) -> None:
    """Write the fonts, unless those that are there were cut for the same characters."""
    folder, fonts = static / "katex" / "fonts", sorted(katex.glob("dist/fonts/*.woff2"))
    note, told = folder / "characters.txt", json.dumps(shown, ensure_ascii=False)
    known = note.is_file() and note.read_text("utf8") == told
    if known and all((folder / font.name).is_file() for font in fonts):
        return
    for font in fonts:
        put(folder / font.name, _cut(font, _asked(font.stem.removeprefix("KaTeX_"), shown)))
    put(note, told.encode())


def _asked(font: str, shown: Shown) -> str:
    classes = CLASSES.get(font) or CLASSES.get(font.partition("-")[0])
    if classes is None:
        return shown[""]
    return "".join(shown.get(one, "") for one in classes)


def _cut(font: Path, shown: str) -> bytes:
    from fontTools import subset  # it loads much, and most builds need none of it

    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    cut = subset.load_font(font, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=shown)
    subsetter.subset(cut)
    cut.recalcTimestamp = False  # equal bytes from equal input
    file = BytesIO()
    cut.save(file)
    cut.close()
    return file.getvalue()
