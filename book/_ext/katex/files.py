"""What the pages load: KaTeX's CSS, our colours, our own CSS and JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

from _ext.shared.files import put
from _ext.stylesheet.model import Stylesheet
from _ext.stylesheet.writers import css

STATIC = Path(__file__).with_name("static")
OTHER_FONTS = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)')


def write_static(static: Path, katex: Path, sheet: Stylesheet) -> None:
    """Write all of it into a site's `_static`; a file that is the same already is left alone."""
    dist = katex / "dist"
    styles = OTHER_FONTS.sub("", (dist / "katex.min.css").read_text("utf8"))
    put(static / "katex" / "katex.min.css", styles.encode())
    put(static / "katex" / "LICENSE", (katex / "LICENSE").read_bytes())
    put(static / "maths" / "colours.css", css(sheet).encode())
    for asset in sorted(STATIC.iterdir()):
        put(static / "maths" / asset.name, asset.read_bytes())
