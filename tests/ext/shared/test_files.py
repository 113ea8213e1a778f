"""Files that are written beside Sphinx's own."""

import os
from pathlib import Path

from _ext.shared.files import put, write


def test_what_is_the_same_keeps_its_date(tmp_path: Path) -> None:
    path = tmp_path / "a" / "one.txt"
    write(path, "é")
    os.utime(path, (1, 1))
    put(path, "é".encode())
    assert path.stat().st_mtime == 1


def test_a_copy_that_shares_the_file_stays_as_it_was(tmp_path: Path) -> None:
    path, copy = tmp_path / "one.txt", tmp_path / "published.txt"
    write(path, "old")
    os.link(path, copy)
    write(path, "new")
    assert (path.read_text(), copy.read_text()) == ("new", "old")
