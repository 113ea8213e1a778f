"""Files of the site that are written beside Sphinx's own."""

from __future__ import annotations

from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write a file, unless it is the same already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # a published copy may share it
    path.write_bytes(content)
