"""The print edition's drawings: PGFPlots figures from the pages' tables, and the dark palette."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.book import Book, BookError, table_files
from tools.machine import cores
from tools.print.check_drawing import TABLE, check_panels, check_tables
from tools.print.recolour import recolour, themes, with_mixes
from tools.print.tex import lualatex

STYLES = (
    "energybook-fonts.sty",
    "energybook-figures.sty",
    "maths-preamble.tex",
    "ebm.tikz.tex",
    "energybook-regions.lua",
)
_WRAPPER = r"""\newcommand{\ebmedition}{%s}
\documentclass[10pt, border = 1pt]{standalone}
\usepackage{amsmath}
\usepackage{energybook-fonts}
\usepackage{energybook-figures}
\input{maths-preamble.tex}
\IfFileExists{ebm.tikz.tex}{\input{ebm.tikz.tex}}{}
\ebmsettlefigures
\begin{document}
\input{%s}
\end{document}
"""


def draw(book: Book, latex: Path, edition: str, environ: dict[str, str]) -> None:
    """Make `figure-NAME.pdf` of every `drawn/NAME.tex`; what has not changed comes from the cache.

    Raises:
        BookError: if a table or a column is missing, or TeX stops, with file and line.
    """
    sources = sorted((latex / "drawn").glob("*.tex")) if (latex / "drawn").is_dir() else []
    for source in sources:
        check_tables(book, source, latex / "data")
        check_panels(book, source)
    with ThreadPoolExecutor(cores()) as pool:
        made = pool.map(lambda source: _drawn(book, source, latex, edition, environ), sources)
        for source, pdf in zip(sources, made, strict=True):
            shutil.copyfile(pdf, _folder(latex, edition) / f"figure-{source.stem}.pdf")


def darken(book: Book, latex: Path) -> None:
    """The pages' own drawings in the dark palette."""
    colours = themes(book.stylesheet.read_text(encoding="utf8"))
    for source in sorted(latex.glob("figure-*.pdf")):
        facts = latex / "data" / f"{source.stem.removeprefix('figure-')}.json"
        mixed = dict(colours)
        if facts.is_file():
            said = json.loads(facts.read_text(encoding="utf8"))
            mixed = with_mixes(colours, said["mixes"], said["palette"])
        target = latex / "dark" / source.name
        if not (latex / "drawn" / f"{source.stem.removeprefix('figure-')}.tex").is_file():
            recolour(source, target, mixed)


def _folder(latex: Path, edition: str) -> Path:
    folder = latex / "dark" if edition == "dark" else latex
    folder.mkdir(exist_ok=True)
    return folder


def _drawn(book: Book, source: Path, latex: Path, edition: str, environ: dict[str, str]) -> Path:
    """The PDF in the cache, drawn if it is not there."""
    digest = hashlib.sha256(f"{_WRAPPER}{edition}".encode())
    text = source.read_text(encoding="utf8")
    names = sorted({re.sub(r"-\d+$", "", name) for name in TABLE.findall(text)})
    tables = [path for name in names for path in table_files(latex / "data", name)]
    for path in (source, *tables, *(latex / name for name in STYLES if (latex / name).is_file())):
        digest.update(path.read_bytes())
    kept = book.build / "drawn" / f"{source.stem}-{edition}-{digest.hexdigest()[:16]}.pdf"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(f"{source.stem}-{edition}-*.pdf"):
            if re.fullmatch(rf"{re.escape(source.stem)}-{edition}-[0-9a-f]{{16}}", old.stem):
                old.unlink()
        _compile(source, latex, edition, environ, kept)
    return kept


def _compile(
    source: Path, latex: Path, edition: str, environ: dict[str, str], target: Path
) -> None:
    with TemporaryDirectory(prefix="drawing-") as folder:
        job = Path(folder, "figure.tex")
        job.write_text(_WRAPPER % (edition, f"drawn/{source.name}"), encoding="utf8")
        for name in ("data", "drawn"):
            Path(folder, name).symlink_to(latex / name)
        run = lualatex(Path(folder), job.stem, environ)
        if run.returncode != 0:
            said = re.search(r"drawn/([\w.-]+):(\d+): (.*)", run.stdout)
            where = (
                f"book/print/figures/{said[1]}:{said[2]}: TeX: {said[3]}"
                if said
                else run.stdout[-800:]
            )
            raise BookError(
                where if said else f"book/print/figures/{source.name}: TeX failed:\n{where}"
            )
        draft = target.with_suffix(".draft")
        shutil.copyfile(job.with_suffix(".pdf"), draft)
        os.replace(draft, target)
