"""What Sphinx remembered and wrote in the last good build, to go back to after one that is not.

Sphinx writes into its files in place, so that a hard link would be spoiled with them: what has
changed is copied.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
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
    wanted, there = _files(source), _files(target)
    for name, facts in wanted.items():
        if there.get(name) != facts:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            draft = target / f"{name}.draft"
            shutil.copy2(source / name, draft)
            os.replace(draft, target / name)
    for name in there.keys() - wanted.keys():
        (target / name).unlink(missing_ok=True)  # a draft that a full disk had left may be in place


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """What lies in a folder, however deep, with sizes and times; empty where there is none."""
    found: dict[str, tuple[int, int]] = {}
    below = [""]
    while below:
        inside = below.pop()
        with suppress(FileNotFoundError), os.scandir(folder / inside) as entries:
            for entry in entries:
                name = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{name}/")
                else:
                    facts = entry.stat()
                    found[name] = (facts.st_size, facts.st_mtime_ns)
    return found
