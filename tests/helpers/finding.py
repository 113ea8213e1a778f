"""What the search of a built site finds: its own scripts, run by Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from _ext.shared.npm import node

RUN = """
const { readFileSync } = require("node:fs");
const vm = require("node:vm");
const [folder, queries] = process.argv.slice(1);
const page = { setTimeout };
page.window = page;
vm.createContext(page);
for (const name of ["library.js", "records.js", "words.js", "engine.js"])
  vm.runInContext(readFileSync(`${folder}/${name}`, "utf8"), page);
const told = ({ record: { address, place, kind, title } }) => ({ address, place, kind, title });
page.bookSearch(page.bookRecords).then((find) => {
  const found = JSON.parse(queries).map((query) => find(query).slice(0, 10).map(told));
  process.stdout.write(JSON.stringify(found));
});
"""


def find(site: Path, *queries: str) -> list[list[dict[str, Any]]]:
    """The first ten places for each query: address, place, kind and title."""
    folder = site / "_static" / "search"
    command = [node(), "-e", RUN, str(folder), json.dumps(queries)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def records(site: Path) -> dict[str, Any]:
    """All that the site's search knows."""
    text = (site / "_static" / "search" / "records.js").read_text("utf8")
    assert text.startswith("window.bookRecords=")
    known: dict[str, Any] = json.loads(text.removeprefix("window.bookRecords=").rstrip(";\n"))
    return known
