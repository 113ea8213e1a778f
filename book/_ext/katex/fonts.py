"""KaTeX's fonts, cut down to the characters of this book's formulas: about half their weight."""

from __future__ import annotations

import html
import re
from io import BytesIO
from pathlib import Path

from _ext.shared.files import put

TAG = re.compile(r"<[^>]*>")


def characters(rendered: list[str]) -> str:
    """Every character that the formulas show, whichever font it is in."""
    return "".join(sorted(set(html.unescape(TAG.sub("", "".join(rendered))))))


def write(static: Path, katex: Path, shown: str) -> None:
    """Write the fonts, unless those that are there were cut for the same characters."""
    folder, fonts = static / "katex" / "fonts", sorted(katex.glob("dist/fonts/*.woff2"))
    note = folder / "characters.txt"
    known = note.is_file() and note.read_text("utf8") == shown
    if known and all((folder / font.name).is_file() for font in fonts):
        return
    for font in fonts:
        put(folder / font.name, _cut(font, shown))
    put(note, shown.encode())


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
    return file.getvalue()
