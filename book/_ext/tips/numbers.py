"""The list 'The numbers of this page': value, tolerance, and the cell that computed it."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.shared.power import parts
from _ext.tips.made import Number, numbers, place

TITLE = "The numbers of this page"


def shown(app: Sphinx, page: str) -> str:
    """What a page shows of the claims that are kept for it."""
    return repr(sorted(claims(app, page).items()))


def claims(app: Sphinx, page: str) -> dict[str, dict[str, Any]]:
    """What is kept of a page's numbers, by name; nothing where no claims are kept."""
    folder = Path(app.srcdir, app.config.ebm_claims)
    chapter = page.split("/")[-2] if page.count("/") > 1 else page.split("/")[-1]
    try:
        kept = json.loads((folder / f"{chapter}.json").read_text("utf8"))
    except (OSError, ValueError):  # told by the tests that compare them
        return {}
    return dict(kept.get(page, {}))


def told(app: Sphinx, page: str, document: nodes.document) -> str:
    """The list, as HTML; empty if the page has no numbers."""
    found: dict[str, Number] = {}
    for one in numbers(document):
        found.setdefault(one["name"], one)
    if not found:
        return ""
    kept = claims(app, page)
    rows = [_row(one, kept.get(name, {})) for name, one in found.items()]
    return (
        f'<details class="page-numbers"><summary>{TITLE}</summary>\n'
        f"<ul>\n{''.join(rows)}</ul></details>\n"
    )


def _row(number: Number, kept: dict[str, Any]) -> str:
    name, text = escape(number["name"]), written(number["shown"])
    within = kept.get("tolerance")
    words = [written(number["value"])]
    if isinstance(within, int | float) and within:
        words.append(f"kept within {written(f'{within:.3g}')}")
    cell = f'<a href="#{place(number["cell"])}">the cell that computed it</a>'
    body = f'<span class="told-body">{", ".join(words)}: {cell}</span>'
    return f'<li id="told-{name}"><a href="#number-{name}">{text}</a> {body}</li>\n'


def written(value: str) -> str:
    """A number as it should be set: with a minus, and with a power of ten for a small one."""
    if power := parts(value):
        return f"{written(power[0])} × 10<sup>{written(str(power[1]))}</sup>"
    minus = re.fullmatch(r"-[\d.]+", value)
    return value.replace("-", "\N{MINUS SIGN}") if minus else escape(value)
