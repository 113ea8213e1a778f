"""The lines of a function, found without importing it."""

from pathlib import Path

from _ext.shared.source import address, lines_of

SOURCE = """import torch


def first():
    pass


class Room:
    @staticmethod
    def second():
        return 1
"""


def test_lines(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "one.py").write_text(SOURCE)
    assert lines_of(tmp_path, "lib.one", "first") == ("lib/one.py", 4, 5)
    assert lines_of(tmp_path, "lib.one", "Room.second") == ("lib/one.py", 9, 11)
    assert lines_of(tmp_path, "lib.one", "third") is None
    assert lines_of(tmp_path, "lib.two", "first") is None


def test_every_family_is_found() -> None:
    root = Path(__file__).resolve().parents[3]
    file, first, last = lines_of(root, "ebmlib.plot.points", "points")  # type: ignore[misc]
    lines = (root / file).read_text("utf8").splitlines()
    assert lines[first - 1].startswith("def points(")
    assert "return artist" in lines[last - 1]


def test_address() -> None:
    assert address("https://x/y/", "abc", "a.py", 1, 2) == "https://x/y/blob/abc/a.py#L1-L2"
    assert address("https://x/y", "", "a.py", 1, 2) == "https://x/y/blob/HEAD/a.py#L1-L2"
