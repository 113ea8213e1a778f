"""The published site: built elsewhere, then swapped in whole.

`_build/site` is a link to the current folder under `_build/sites/`. A new site shares the files
that did not change with the one before it (hard links), and never with the folder that Sphinx
writes to, since Sphinx truncates files in place. What both were when they were compared is noted:
only what is otherwise is read again.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from pathlib import Path

from tools.files import mark, write_atomically

Marks = dict[str, list[int]]


def publish(built: Path, link: Path, sites: Path) -> Path:
    """Make `link` show a copy of `built`; the swap is one rename, so no reader sees half a site."""
    old = link.resolve() if link.is_symlink() else None
    new = sites / _next_name(sites)
    draft = sites / f"{new.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    noted = link.with_name(f"{link.name}.marks")
    try:
        marks = _share(built, draft, old, _known(noted))
        draft.rename(new)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    pointer = link.with_name(f"{link.name}.draft")
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(os.path.relpath(new, link.parent), target_is_directory=True)
    os.replace(pointer, link)
    write_atomically(noted, json.dumps(marks))
    for other in sites.iterdir():
        if other != new:
            shutil.rmtree(other, ignore_errors=True)
    return new


def _known(noted: Path) -> Marks:
    try:
        found: Marks = json.loads(noted.read_text("utf8"))
    except (OSError, ValueError):  # never written, or damaged: all is compared
        return {}
    return found


def _share(built: Path, new: Path, old: Path | None, known: Marks) -> Marks:
    """Fill `new`; what each file and its copy are now."""
    marks: Marks = {}
    for folder, _, names in os.walk(built):
        inside = Path(folder).relative_to(built).as_posix()
        os.makedirs(new / inside, exist_ok=True)
        for name in names:
            if name == ".buildinfo":  # Sphinx's own; it differs with the path of the checkout
                continue
            key = f"{inside}/{name}"
            source, target, before = f"{folder}/{name}", f"{new}/{key}", f"{old}/{key}"
            mine, theirs = mark(source), _copy(before) if old else []
            same = theirs and known.get(key) == mine + theirs
            if same or (theirs and filecmp.cmp(source, before, shallow=False)):
                os.link(before, target)
            else:
                shutil.copyfile(source, target)
                theirs = _copy(target)
            marks[key] = mine + theirs
    return marks


def _copy(path: str) -> list[int]:
    """What a copy is, or nothing; a link to it counts as a change of it, and not as a writing."""
    try:
        facts = os.stat(path)
    except FileNotFoundError:
        return []
    return [facts.st_ino, facts.st_size, facts.st_mtime_ns]


def _next_name(sites: Path) -> str:
    sites.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in sites.iterdir() if path.name.isdigit()]
    return f"{max(numbers, default=0) + 1:04d}"
