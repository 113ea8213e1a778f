"""A drawing's letters as one searches and copies them.

Matplotlib's maths fonts have codes of their own, and its PDF calls these codes Unicode: a minus
sign would be copied as an inverted exclamation mark.
"""

from __future__ import annotations

import re
from io import BytesIO

GREEK = "αβγδϵζηθικλμνξπρστυϕχψ"  # from \alpha to \psi, in the fonts' order
LETTERS = {
    "Cmmi10": {0x3A: ".", 0x3B: ",", 0x3D: "/", **dict(enumerate(GREEK, 0xAE))},
    "Cmsy10": {0x30: "′", 0x31: "∞", 0x5F: "∨", 0xA1: "−", 0xA2: "·", 0xA3: "×", 0xA4: "∗"},
}
_RANGE = re.compile(r"^<(\w{4})> <\w{4}> \[(.*)\]$", re.M)


def readable(drawing: bytes) -> bytes:
    """The drawing with the true letters of its maths fonts."""
    if not any(name.encode() in drawing for name in LETTERS):
        return drawing
    from pypdf import PdfReader, PdfWriter  # the print session has it; the site does without
    from pypdf.generic import DictionaryObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawing)))
    for number in range(1, len(writer._objects) + 1):
        thing = writer.get_object(number)
        if isinstance(thing, DictionaryObject) and "/ToUnicode" in thing:
            letters = LETTERS.get(str(thing["/BaseFont"]).partition("+")[2])
            table = thing["/ToUnicode"].get_object()
            if letters and isinstance(table, StreamObject):
                table.set_data(exchange(table.get_data().decode(), letters).encode())
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def exchange(table: str, letters: dict[int, str]) -> str:
    """A font's table of codes with the letters that these codes stand for."""

    def named(found: re.Match[str]) -> str:
        first = int(found[1], 16)
        codes = [int(code, 16) for code in re.findall(r"<(\w+)>", found[2])]
        said = [letters.get(first + k, chr(code)) for k, code in enumerate(codes)]
        row = " ".join(f"<{letter.encode('utf-16-be').hex()}>" for letter in said)
        return f"{found[0].partition('[')[0]}[{row}]"

    return _RANGE.sub(named, table)
