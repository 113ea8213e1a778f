"""The same page built twice with Jupyter Book: our maths, and its own MathJax from this machine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "book"), str(HERE)]

from page import text  # noqa: E402

from _ext.shared.npm import ensure_package  # noqa: E402
from _ext.stylesheet.model import Macro  # noqa: E402
from _ext.stylesheet.parser import load  # noqa: E402

CONFIG = """
title: Benchmark
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx:
  recursive_update: true
  %s
"""
OURS = """local_extensions: {_ext.katex: BOOK, _ext.notation: BOOK}
  config: {html_math_renderer: katex}
""".replace("BOOK", str(ROOT / "book"))
PEER = "config: {mathjax_path: mathjax/tex-mml-chtml.js, mathjax3_config: CONFIG}"


def build_both(folder: Path) -> dict[str, Path]:
    """Build both sites; name -> the folder of its HTML."""
    peer = PEER.replace("CONFIG", json.dumps({"tex": {"macros": mathjax_macros()}}))
    sites = {name: _build(folder / name, CONFIG % own) for name, own in _owns(peer)}
    mathjax = ensure_package("mathjax", folder=HERE)
    shutil.copytree(mathjax / "es5", sites["MathJax 3"] / "_static" / "mathjax")
    html = (sites["KaTeX at build"] / "page.html").read_text("utf8")
    assert html.count("katex-display") == 80
    assert len(re.findall(r'class="katex"', html)) == 380
    return sites


def _owns(peer: str) -> list[tuple[str, str]]:
    return [("KaTeX at build", OURS), ("MathJax 3", peer)]


def _build(root: Path, config: str) -> Path:
    root.mkdir(parents=True)
    (root / "_config.yml").write_text(config)
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: page\n")
    (root / "index.md").write_text("# Benchmark\n")
    (root / "page.md").write_text(text())
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", "--quiet", "-W", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return root / "_build" / "html"


def mathjax_macros() -> dict[str, object]:
    """The stylesheet's macros as a Jupyter Book would configure them, colours as hexes."""
    sheet = load()

    def body(macro: Macro) -> str:
        inside = f"{macro.operator}{{{macro.body}}}" if macro.operator else macro.body
        named = re.compile(r"\\mathcolor\{([a-z]+)\}")
        mark = "##" if macro.arity else "#"  # a single one would be a parameter
        hexes = {name: mark + colour.light[1:] for name, colour in sheet.colours.items()}
        return named.sub(lambda match: rf"\textcolor{{{hexes[match[1]]}}}", inside)

    found: dict[str, object] = {}
    for macro in sheet.macros.values():
        if macro.arity == 0:
            found[macro.name] = body(macro)
        elif macro.default is None:
            found[macro.name] = [body(macro), macro.arity]
        else:
            found[macro.name] = [body(macro), macro.arity, macro.default]
    return found
