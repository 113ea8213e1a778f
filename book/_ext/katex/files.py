"""What the pages load: KaTeX's CSS, our colours, our own CSS and JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

from _ext.stylesheet.model import Stylesheet
from _ext.stylesheet.writers import css

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "maths"
OTHER_FONTS = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)')


def write_static(static: Path, katex: Path, sheet: Stylesheet) -> None:
    """Write all of it into a site's `_static`; a file that is the same already is left alone."""
    dist = katex / "dist"
    styles = OTHER_FONTS.sub("", (dist / "katex.min.css").read_text("utf8"))
    put(static / "katex" / "katex.min.css", styles.encode())
    put(static / "katex" / "LICENSE", (katex / "LICENSE").read_bytes())
    put(static / "maths" / "colours.css", css(sheet).encode())
    for asset in sorted(ASSETS.iterdir()):
        put(static / "maths" / asset.name, asset.read_bytes())


def put(path: Path, content: bytes) -> None:
    """Write a file, unless it is the same already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # a published copy may share it
    path.write_bytes(content)
