"""Files that are there whole or not at all, and what shows that one is as it was."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    try:
        draft.write_text(text, encoding="utf8")
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def mark(path: Path | str) -> list[int]:
    """What another content of a file changes: it is seen, and the file is not read.

    The time of the last change cannot be set, as that of the last writing can.
    """
    facts = os.stat(path)
    return [facts.st_ino, facts.st_size, facts.st_ctime_ns]
