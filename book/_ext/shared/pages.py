"""What a page's source says of itself: its front matter, its cells, the tables that it reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from sphinx.environment import BuildEnvironment

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```", re.M | re.S)


def source(env: BuildEnvironment, docname: str) -> str:
    """The text of a page's file."""
    return Path(env.doc2path(docname)).read_text(encoding="utf-8-sig")


def front_matter(text: str) -> dict[str, Any]:
    """What stands between the lines of dashes at the top, or nothing."""
    head = text[4:].partition("\n---\n")[0] if text.startswith("---\n") else ""
    return yaml.safe_load(head) or {}


def has_cells(env: BuildEnvironment, docname: str) -> bool:
    """Whether the page runs: MyST-NB has noted in which kernel."""
    return "kernelspec" in env.metadata[docname]


def code(text: str) -> str:
    """The code of a page's cells, their options left out."""
    return "\n".join(CELL.findall(text))


def reads(text: str) -> list[str]:
    """Tables of other pages that a page declares to read: `ebm: {reads: [NAME, ...]}`."""
    declared = front_matter(text).get("ebm") or {}
    return [str(name) for name in declared.get("reads") or []]
