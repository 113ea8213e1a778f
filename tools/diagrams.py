"""Draw the diagrams: `python -m tools.diagrams [--force] [NAME ...]`.

The diagram CHAPTER-NAME is book/diagrams/CHAPTER/NAME.tex, and NAME.svg beside it. It is TikZ in
the stylesheet's macros and the vocabulary of ebm.tikz.tex. Its SVG is committed, so that the site
builds without TeX; a hash in it tells whether it is older than its source. It names its colours,
so that it takes new ones without TeX.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.colours import colours, exchanged

ROOT = Path(__file__).resolve().parents[1]
DIAGRAMS = ROOT / "book" / "diagrams"
STYLESHEET = ROOT / "book" / "maths-preamble.tex"
LIBRARY = "ebm.tikz.tex"
PACKAGES = "texlive-luatex texlive-pictures texlive-latex-extra dvisvgm"
DOCUMENT = r"""\documentclass[dvisvgm,border=2pt,10pt]{standalone}
\usepackage{amsmath,amssymb,bm,xcolor,tikz}
\input{maths-preamble.tex}
\input{ebm.tikz.tex}
\begin{document}
\input{%s}
\end{document}
"""
_DEFINITION = re.compile(
    r"^\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator)\*?\{?\\(\w+)", re.M
)
_FACTS = re.compile(r"<!-- ebm (\{.*?\}) -->")


class DiagramError(Exception):
    """TeX or dvisvgm failed; the message is what they said."""


def names(folder: Path = DIAGRAMS) -> list[str]:
    """The diagrams that have a source."""
    found = (file.relative_to(folder) for file in folder.rglob("*.tex") if file.name != LIBRARY)
    return sorted("-".join(file.with_suffix("").parts) for file in found)


def source(name: str, folder: Path = DIAGRAMS) -> Path:
    """The TikZ of a diagram: ellipse-latent is ellipse/latent.tex; its SVG stands beside it."""
    return folder / f"{name.replace('-', '/', 1)}.tex"


def digest(name: str, folder: Path = DIAGRAMS, stylesheet: Path = STYLESHEET) -> str:
    """A hash of all that a diagram is made from: its source, the library, the macros it reaches."""
    own = _bare(source(name, folder).read_text("utf8"))
    library = _bare((folder / LIBRARY).read_text("utf8"))
    style = _bare(stylesheet.read_text("utf8"))
    reached = _reached(own + library, style)
    return hashlib.sha256(json.dumps([own, library, reached]).encode()).hexdigest()


def stated(svg: str) -> dict[str, Any]:
    """What a diagram's SVG says of itself: its hash, and the names of its colours."""
    found = _FACTS.search(svg)
    return json.loads(found[1]) if found else {}


def fresh(name: str, folder: Path = DIAGRAMS, stylesheet: Path = STYLESHEET) -> bool:
    """Whether the SVG was made from the source as it is, in the colours that are now."""
    file = source(name, folder).with_suffix(".svg")
    if not file.is_file():
        return False
    now = {"hash": digest(name, folder, stylesheet), "palette": colours(stylesheet)}
    return stated(file.read_text("utf8")) == now


def recoloured(name: str, folder: Path = DIAGRAMS, stylesheet: Path = STYLESHEET) -> str | None:
    """The SVG in the colours that are now, without TeX; None if it is old in more than these."""
    file = source(name, folder).with_suffix(".svg")
    svg = file.read_text("utf8") if file.is_file() else ""
    facts, now = stated(svg), colours(stylesheet)
    if facts.get("hash") != digest(name, folder, stylesheet):
        return None
    if not set(facts["palette"].values()) <= set(now.values()):
        return None  # one has gone: if the source names it still, TeX tells the line
    about = json.dumps(facts | {"palette": now})
    svg = exchanged(svg, facts["palette"], now)
    return _FACTS.sub(lambda _: f"<!-- ebm {about} -->", svg)


def draw(name: str, folder: Path = DIAGRAMS, stylesheet: Path = STYLESHEET) -> str:
    """The SVG of a diagram.

    Raises:
        DiagramError: with TeX's own words, or if it is not installed.
    """
    with tempfile.TemporaryDirectory() as place:
        work, own = Path(place), source(name, folder)
        for file in (stylesheet, folder / LIBRARY, own):
            (work / file.name).write_bytes(file.read_bytes())
        (work / "main.tex").write_text(DOCUMENT % own.name, "utf8")
        _run(
            work,
            "lualatex",
            "--interaction=nonstopmode",
            "--halt-on-error",
            "--output-format=dvi",
            "main.tex",
        )
        _run(
            work,
            "dvisvgm",
            "--no-fonts",
            "--exact-bbox",
            "--precision=2",
            "--verbosity=3",
            "--output=main.svg",
            "main.dvi",
        )
        svg = (work / "main.svg").read_text("utf8")
    about = {"hash": digest(name, folder, stylesheet), "palette": colours(stylesheet)}
    return _tidy(svg, about)


def _tidy(svg: str, facts: dict[str, Any]) -> str:
    svg = re.sub(r"<\?xml.*?\?>\s*|<!--.*?-->\s*", "", svg, flags=re.S)
    svg = re.sub(r"(?<=['\"])#([0-9a-f])([0-9a-f])([0-9a-f])(?=['\"])", r"#\1\1\2\2\3\3", svg)
    ink = next(value for value, name in facts["palette"].items() if name == "ink")
    svg = re.sub(r"(?<=['\"])(?:black|#000000)(?=['\"])", ink, svg)  # TeX's own: rules, letters
    svg = re.sub(r"(?<=#)[0-9a-fA-F]{6}(?=['\"])", lambda value: value[0].lower(), svg)
    return ordered(svg).replace(">", f">\n<!-- ebm {json.dumps(facts)} -->", 1)


def ordered(svg: str) -> str:
    """Letters numbered as they are first used: the order of fonts in a DVI differs by machine."""
    used = dict.fromkeys(re.findall(r"xlink:href='#(g\d+-\d+)'", svg))
    numbers = {letter: f"g{number}" for number, letter in enumerate(used)}
    letters = dict(re.findall(r"<path id='(g\d+-\d+)' (d='[^']*')/>\n", svg))
    svg = re.sub(r"<path id='g\d+-\d+' d='[^']*'/>\n", "", svg)
    outlines = "".join(f"<path id='{numbers[letter]}' {letters[letter]}/>\n" for letter in used)
    svg = svg.replace("<defs>\n", f"<defs>\n{outlines}", 1)
    return re.sub(r"(?<=xlink:href='#)g\d+-\d+", lambda letter: numbers[letter[0]], svg)


def _run(work: Path, *command: str) -> None:
    if shutil.which(command[0]) is None:
        raise DiagramError(f"{command[0]} is not installed. Debian: apt-get install {PACKAGES}")
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        told = [line for line in said if line.startswith("!") or re.match(r"l\.\d+", line)]
        raise DiagramError("\n".join(told or said[-10:]))


def _bare(text: str) -> str:
    """Without comments and blank lines: they draw nothing."""
    lines = (re.sub(r"(?<!\\)%.*", "", line).rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _reached(source: str, style: str) -> list[str]:
    """The lines of the stylesheet that define what the source uses, and what that uses."""
    lines = {found[1]: line for line in style.splitlines() if (found := _DEFINITION.match(line))}
    known: set[str] = set()
    wanted = set(re.findall(r"\\(\w+)", source)) & set(lines)
    while wanted:
        known |= wanted
        inside = {macro for name in wanted for macro in re.findall(r"\\(\w+)", lines[name])}
        wanted = (inside & set(lines)) - known
    return [lines[name] for name in sorted(known)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="diagrams to draw; all by default")
    parser.add_argument("--force", action="store_true", help="draw even what is fresh")
    chosen = parser.parse_args(arguments)
    for name in chosen.names or names():
        if not chosen.force and fresh(name):
            continue
        own = source(name)
        try:
            svg = None if chosen.force else recoloured(name)
            own.with_suffix(".svg").write_text(svg or draw(name), "utf8")
        except DiagramError as error:
            print(f"{own.relative_to(ROOT)}: {error}", file=sys.stderr)
            return 1
        print(own.with_suffix(".svg").relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
