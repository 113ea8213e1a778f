"""Drawings as PNG: JupyterLab shows no SVG of a notebook that it has not been told to trust, and
none that is attached to words.

On white ground, since a notebook may be read in the dark and knows nothing of our themes. Each
drawing is made once and kept under `_build/png`, by its content; most are, while Sphinx still
reads, by the process that `ahead` starts.

    python book/_ext/notebooks/png.py FOLDER NOTEBOOK ...
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
import sys
from pathlib import Path

FOLDER = "_build/png"
SVG = "image/svg+xml"
SCALE = 1.5  # pixels of the picture for one of the page


def png(folder: Path, svg: str) -> bytes:
    """The drawing in pixels, kept in the folder."""
    name = hashlib.sha256(f"{SCALE}\0{svg}".encode()).hexdigest()
    kept = folder / f"{name}.png"
    if kept.is_file():
        return kept.read_bytes()
    import resvg_py

    made = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=SCALE, dpi=96, background="white", skip_system_fonts=True
        )
    )
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(made)
    draft.replace(kept)  # a build that is stopped leaves no half of a picture
    return made


def encoded(content: bytes) -> str:
    """As a notebook holds it."""
    return base64.b64encode(content).decode("ascii")


def size(content: bytes) -> dict[str, int]:
    """Width and height on the page, as a notebook tells them of an output."""
    width, height = struct.unpack(">II", content[16:24])
    return {"width": round(width / SCALE), "height": round(height / SCALE)}


def ahead(folder: Path, notebooks: list[Path]) -> None:
    """Draw all figures of executed notebooks that are not kept yet."""
    for notebook in notebooks:
        for cell in json.loads(notebook.read_text("utf8"))["cells"]:
            for output in cell.get("outputs", []):
                if drawing := output.get("data", {}).get(SVG):
                    png(folder, "".join(drawing))


if __name__ == "__main__":
    ahead(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
