"""After a failed build all is as in the last good one, whatever was written over it in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.build.last_good import LastGood


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("doctrees", "html"):
        (tmp_path / name / "book").mkdir(parents=True)
        (tmp_path / name / "book" / "one").write_text("good")
        (tmp_path / name / "two").write_text("good")
    return tmp_path / "doctrees", tmp_path / "html"


def test_what_is_written_in_place_comes_back(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    good = LastGood(tmp_path / "good", folders)
    good.keep("stamp")
    for folder in folders:
        (folder / "book" / "one").write_text("evil")  # of the same size
        (folder / "two").unlink()
        (folder / "three").write_text("of the failed build")
    assert good.return_to("stamp")
    for folder in folders:
        assert (folder / "book" / "one").read_text() == "good"
        assert (folder / "two").read_text() == "good"
        assert not (folder / "three").exists()


def test_only_what_has_changed_is_copied(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    good = LastGood(tmp_path / "good", folders)
    good.keep("stamp")
    kept = tmp_path / "good" / "html"
    before = {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()}
    (folders[1] / "two").write_text("better")
    good.keep("stamp")
    after = {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before[path]] == ["two"]


def test_what_a_full_disk_broke_off_comes_back(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    good = LastGood(tmp_path / "good", folders)
    good.keep("stamp")
    (folders[0] / "two").unlink()
    (folders[0] / "two.draft").write_text("go")  # half copied when the room was gone
    assert good.return_to("stamp")
    assert sorted(path.name for path in folders[0].iterdir()) == ["book", "two"]
    assert (folders[0] / "two").read_text() == "good"


@pytest.mark.parametrize("harm", ["another stamp", "no copy", "a copy that is not whole"])
def test_without_a_copy_there_is_nothing(
    tmp_path: Path, folders: tuple[Path, Path], harm: str
) -> None:
    good = LastGood(tmp_path / "good", folders)
    if harm != "no copy":
        good.keep("other" if harm == "another stamp" else "stamp")
    if harm == "a copy that is not whole":
        (tmp_path / "good" / "stamp").unlink()
    assert not good.return_to("stamp")
    assert not any(folder.exists() for folder in folders)
