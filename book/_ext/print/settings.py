"""What Sphinx's LaTeX builder is told, so that `_config.yml` need not say it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

STYLE = Path(__file__).resolve().parents[2] / "print" / "style"
DIAGRAMS = STYLE.parents[1] / "diagrams" / "ebm.tikz.tex"  # what the diagrams are drawn with

ELEMENTS = {
    "passoptionstopackages": r"\PassOptionsToPackage{explicit}{titlesec}",
    "papersize": "twoside,openright",
    "pointsize": "10pt",
    "babel": r"\usepackage[english]{babel}",
    "polyglossia": "",
    "fontpkg": r"\usepackage{energybook-fonts}",
    "fncychap": "",
    "geometry": "",
    "fvset": "",
    "hyperref": r"\usepackage{energybook-links}",
    "maketitle": r"\input{front.tex}\ebmfront",
    "tableofcontents": r"\ebmcontents",
    "printindex": r"\ebmindex",
    "figure_align": "!htbp",
}


def configure(app: Sphinx, config: Config) -> None:
    """Name the one document, and put our styles before and after the stylesheet."""
    title = config.html_title or config.project
    config.latex_documents = [(config.root_doc, "book.tex", title, config.author, "manual")]
    config.latex_docclass = {"manual": "book"}
    config.latex_use_xindy = False
    config.latex_show_urls = "footnote"
    config.latex_domain_indices = False
    config.latex_table_style = ["booktabs"]
    styles = sorted(str(path) for path in STYLE.iterdir() if path.is_file())
    if DIAGRAMS.is_file():
        styles.append(str(DIAGRAMS))
    config.latex_additional_files = [*config.latex_additional_files, *styles]
    given = config.latex_elements
    preamble = "\n".join((r"\usepackage{energybook}", given.get("preamble", ""), r"\ebmsettle"))
    config.latex_elements = {**ELEMENTS, **given, "preamble": preamble}
