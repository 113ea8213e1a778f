"""What the page's script tells of a symbol: a file that it loads when first asked.

A script and not JSON: pages opened from a folder may not fetch.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.katex import build, state
from _ext.notation import pages
from _ext.shared import assets, files, tip
from _ext.shared.kept import kept
from _ext.stylesheet.expand import plain
from _ext.stylesheet.model import Role, Stylesheet, Symbol

MATHML = re.compile(r'<span class="katex-mathml">.*?</math></span>', re.S)
MARK = re.compile(r' data-symbol="[A-Za-z]+"')
STATIC = Path(__file__).with_name("static")
FILE = "maths/notation-data.js"


def announce(app: Sphinx, env: BuildEnvironment) -> None:
    """The page's script, told where the file is; its version makes a browser fetch a new one."""
    if build.uses_katex(app):
        for file in sorted(STATIC.iterdir()):
            files.put(Path(app.outdir, "_static", "maths", file.name), file.read_bytes())
        version = hashlib.sha256(_content(app).encode()).hexdigest()[:8]
        options = {"data-file": f"notation-data.js?v={version}"}
        tip.load(app)
        assets.load(app, "maths/symbols.css")
        assets.load(app, "maths/notation.js", **options)


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and build.uses_katex(app):
        files.write(Path(app.outdir, "_static", FILE), _content(app))


def _content(app: Sphinx) -> str:
    """The same for the announcement and the file."""
    return kept(app, "notation_data", lambda: content(app))


def content(app: Sphinx) -> str:
    """The file: the notation page's address from the root, and each symbol's explanation."""
    sheet = state.stylesheet(app)
    appendix = min(pages.APPENDICES(app.env), default="")
    told = {name: _symbol(app, sheet, symbol) for name, symbol in sheet.symbols.items()}
    told |= {role.colour: _role(role) for role in sheet.roles.values()}
    page = app.builder.get_target_uri(appendix) if appendix else ""
    data = {"page": page, "symbols": told}
    return f"window.mathsSymbols = {json.dumps(data, ensure_ascii=False, sort_keys=True)};\n"


def _symbol(app: Sphinx, sheet: Stylesheet, symbol: Symbol) -> dict[str, str]:
    tex = f"\\{symbol.macro}"
    role = f"{symbol.role.name}: {symbol.role.meaning}" if symbol.role else ""
    inside = symbol.space.startswith("$") and r"\to" not in symbol.space
    space = f"in {symbol.space}" if inside else symbol.space
    parts = [symbol.name, role, space, f"in code, {symbol.python}" if symbol.python else ""]
    said = "; ".join(words(part, sheet) for part in parts if part)
    return {
        "symbol": picture(app, tex),
        "name": markup(app, symbol.name),
        "role": escape(role),
        "colour": symbol.role.colour if symbol.role else "ink",
        "space": markup(app, space),
        "python": escape(symbol.python),
        "row": f"symbol-{symbol.macro}",
        "say": f"{plain(tex, sheet)}: {said}",
    }


def _role(role: Role) -> dict[str, str]:
    """What is told of a letter that has nothing but its role's colour; by the colour's name."""
    return {
        "symbol": "",
        "name": escape(role.name),
        "role": escape(role.meaning),
        "colour": role.colour,
        "space": "",
        "python": "",
        "row": f"role-{role.macro}",
        "say": f"{role.name}: {role.meaning}",
    }


def words(text: str, sheet: Stylesheet) -> str:
    """Words for a screen reader, formulas as characters."""
    parts = text.split("$")
    return "".join(plain(part, sheet) if odd % 2 else part for odd, part in enumerate(parts))


def markup(app: Sphinx, text: str) -> str:
    """HTML, formulas rendered."""
    parts = text.split("$")
    return "".join(picture(app, p) if odd % 2 else escape(p) for odd, p in enumerate(parts))


def picture(app: Sphinx, tex: str) -> str:
    """Only what is seen of a formula: a screen reader is told in words."""
    return MARK.sub("", MATHML.sub("", state.renderer(app)(tex).html))
