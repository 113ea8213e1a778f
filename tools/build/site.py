"""The published site: built elsewhere, then swapped in whole.

`_build/site` is a link to the current folder under `_build/sites/`. A new site shares the files
that did not change with the one before it (hard links), and never with the folder that Sphinx
writes to, since Sphinx truncates files in place.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path


def publish(built: Path, link: Path, sites: Path) -> Path:
    """Make `link` show a copy of `built`; the swap is one rename, so no reader sees half a site."""
    old = link.resolve() if link.is_symlink() else None
    new = sites / _next_name(sites)
    draft = sites / f"{new.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        _share(built, draft, old)
        draft.rename(new)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    pointer = link.with_name(f"{link.name}.draft")
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(os.path.relpath(new, link.parent), target_is_directory=True)
    os.replace(pointer, link)
    for other in sites.iterdir():
        if other != new:
            shutil.rmtree(other, ignore_errors=True)
    return new


def _share(built: Path, new: Path, old: Path | None) -> None:
    for source in sorted(built.rglob("*")):
        if source.name == ".buildinfo":  # Sphinx's own; it differs with the path of the checkout
            continue
        relative = source.relative_to(built)
        target = new / relative
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        before = old / relative if old else None
        if before and before.is_file() and filecmp.cmp(source, before, shallow=False):
            os.link(before, target)
        else:
            shutil.copyfile(source, target)


def _next_name(sites: Path) -> str:
    sites.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in sites.iterdir() if path.name.isdigit()]
    return f"{max(numbers, default=0) + 1:04d}"
