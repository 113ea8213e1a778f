"""Files of the site that are written beside Sphinx's own."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx

_brought: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()


def put(path: Path, content: bytes) -> None:
    """Write a file, unless it is the same already.

    It is a new file, not the old one overwritten: a copy that shares it (a hard link) stays as it
    was, and what did not change keeps its date.
    """
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def write(path: Path, text: str) -> None:
    """The same for words."""
    put(path, text.encode("utf8"))


def bring(app: Sphinx, name: str, content: str | bytes) -> None:
    """Put a file that belongs to no page into the site, where it stays while it is brought."""
    brought(app).add(name)
    put(Path(app.outdir, name), content.encode("utf8") if isinstance(content, str) else content)


def brought(app: Sphinx) -> set[str]:
    """What this build has brought so, from the output's folder."""
    return _brought.setdefault(app, set())
