"""A figure's tables as files, and the addresses of those that lie beside the site's pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from _ext.shared.files import put

FOLDER = "_static/data"


def write(folder: Path, facts: dict[str, Any]) -> None:
    """Write the figure's tables, and drop those that it had in an earlier build alone."""
    tables = dict(facts.get("tables", ()))
    if not tables:
        return
    own = re.compile(rf"{re.escape(facts['name'])}(-\d+)?\.txt")
    for path in folder.glob(f"{facts['name']}*.txt"):
        if own.fullmatch(path.name) and path.name not in tables:
            path.unlink()
    for file, text in tables.items():
        put(folder / file, text.encode())


def addresses(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The tables' addresses within the site, and the words of their links."""
    return [
        (f"{FOLDER}/{file}", "data" if number == 1 else f"data {number}")
        for number, (file, _) in enumerate(facts.get("tables", ()), 1)
    ]
