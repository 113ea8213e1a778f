"""Publishing swaps a whole site in, sharing what did not change."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path

import pytest

from tools.build.site import publish


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "html"
    (folder / "_static").mkdir(parents=True)
    (folder / "index.html").write_text("one")
    (folder / "_static" / "style.css").write_text("body {}")
    return folder


def put(tmp_path: Path, built: Path) -> Path:
    publish(built, tmp_path / "site", tmp_path / "sites")
    return tmp_path / "site"


def test_what_sphinx_writes_next_does_not_reach_the_published_site(
    tmp_path: Path, built: Path
) -> None:
    site = put(tmp_path, built)
    with (built / "index.html").open("w") as file:  # truncates in place, as Sphinx does
        file.write("half a pa")
    assert (site / "index.html").read_text() == "one"


def test_unchanged_files_are_shared_with_the_last_site_and_lost_ones_go(
    tmp_path: Path, built: Path
) -> None:
    site = put(tmp_path, built)
    before = (site / "_static" / "style.css").stat().st_ino
    (built / "index.html").unlink()
    (built / "start.html").write_text("two")
    put(tmp_path, built)
    assert (site / "_static" / "style.css").stat().st_ino == before
    assert sorted(path.name for path in site.iterdir()) == ["_static", "start.html"]
    assert len(list((tmp_path / "sites").iterdir())) == 1


def test_a_failed_copy_leaves_the_last_site(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = put(tmp_path, built)
    (built / "index.html").write_text("two")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space left"):
        put(tmp_path, built)
    assert (site / "index.html").read_text() == "one"
    assert len(list((tmp_path / "sites").iterdir())) == 1


def test_what_is_as_it_was_is_not_read(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, built)
    (built / "index.html").write_text("two")
    read: list[str] = []
    plain = filecmp.cmp

    def noted(one: str, other: str, shallow: bool = True) -> bool:
        read.append(Path(one).name)
        return plain(one, other, shallow)

    monkeypatch.setattr(filecmp, "cmp", noted)
    site = put(tmp_path, built)
    assert read == ["index.html"]
    assert (site / "index.html").read_text() == "two"


@pytest.mark.parametrize("harm", ["a copy that was written to", "damaged marks", "no marks"])
def test_what_was_not_noted_so_is_compared(tmp_path: Path, built: Path, harm: str) -> None:
    site, marks = put(tmp_path, built), tmp_path / "site.marks"
    if harm == "damaged marks":
        marks.write_text("{")
    elif harm == "no marks":
        marks.unlink()
    (site / "index.html").write_text("eno")
    assert (put(tmp_path, built) / "index.html").read_text() == "one"
