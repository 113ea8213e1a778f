"""A live figure's function as a file, and which of the scripts a page with it loads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.live.spared import spared
from _ext.shared import assets
from _ext.shared.files import put

FOLDER = "_static/live"
AT_BUILD = ("make", "steps", "tests", "sheets")
PENS = {"line": "strokes", "points": "strokes", "arrows": "strokes", "raster": "tints"}
CONTROLS = {"point": "points", "points": "points", "cells": "cells"}
LAST = 600  # the core, after the pens and controls that it finds in the page


def address(name: str) -> str:
    """Where a figure's function stands in the site."""
    return f"{FOLDER}/{name}.js"


def write(out: Path, name: str, live: Mapping[str, Any]) -> None:
    """One classic script a figure: it also loads from an unzipped folder."""
    data = {key: value for key, value in live.items() if key not in AT_BUILD}
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    steps = ",\n".join(f"{json.dumps(key)}:{step}" for key, step in live["steps"].items())
    script = (
        f"window.ebmLive.figures[{json.dumps(name)}]={{...{text},\n"
        f"make:{spared(live['make'])},\nsteps:{{{steps}}}}};\n"
    )
    put(out / address(name), script.encode())


def parts(live: Mapping[str, Any]) -> set[str]:
    """The files of pens and controls that a figure needs besides the core."""
    kinds = {one["kind"].split(":")[0] for one in live["series"]}
    used = {PENS[kind] for kind in kinds}
    used |= {CONTROLS[one["kind"]] for one in live["settings"] if one["kind"] in CONTROLS}
    return used | ({"steps"} if live["steps"] else set())


def load(app: Sphinx, figures: Iterable[Mapping[str, Any]]) -> None:
    """Have the page that is being made load what its live figures need, and no more."""
    used = {part for live in figures for part in parts(live)}
    for part in sorted(used):
        assets.load(app, f"live-{part}.js")
    assets.load(app, "live.js", priority=LAST)
    assets.load(app, "live.css")
