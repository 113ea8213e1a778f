"""What Sphinx remembered and wrote in the last good build, to go back to after one that is not.

Sphinx writes into its files in place, so that a hard link would be spoiled with them: what has
changed is copied.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from tools.files import write_atomically


class LastGood:
    """A copy of folders, beside a stamp that is only there while the copy is whole."""

    def __init__(self, place: Path, folders: Iterable[Path]) -> None:
        self.place = place
        self.folders = {folder: place / folder.name for folder in folders}
        self._stamp = place / "stamp"

    def keep(self, stamp: str) -> None:
        """Copy what has changed since the last time."""
        self._stamp.unlink(missing_ok=True)
        for folder, copy in self.folders.items():
            bring_to(folder, copy)
        write_atomically(self._stamp, stamp)

    def return_to(self, stamp: str) -> bool:
        """Bring the folders back to the copy; without one of this stamp they are emptied.

        Returns:
            Whether there was a copy.
        """
        there = self._stamp.is_file() and self._stamp.read_text("utf8") == stamp
        for folder, copy in self.folders.items():
            if there:
                bring_to(copy, folder)
            else:
                shutil.rmtree(folder, ignore_errors=True)
        return there


def bring_to(source: Path, target: Path) -> None:
    """Make `target` hold what `source` holds; files of one size and time are taken as the same."""
    wanted = set()
    for folder, _, names in os.walk(source):
        here = target / Path(folder).relative_to(source)
        here.mkdir(parents=True, exist_ok=True)
        for name in names:
            wanted.add(here / name)
            if not _same(Path(folder, name), here / name):
                draft = here / f"{name}.draft"
                shutil.copy2(Path(folder, name), draft)
                os.replace(draft, here / name)
    for folder, _, names in os.walk(target):
        for name in names:
            if Path(folder, name) not in wanted:
                Path(folder, name).unlink()


def _same(one: Path, other: Path) -> bool:
    try:
        mine, theirs = one.stat(), other.stat()
    except FileNotFoundError:
        return False
    return (mine.st_size, mine.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)
