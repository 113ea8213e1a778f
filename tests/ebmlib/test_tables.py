"""Tables are read back as they were written, and what is wrong is told."""

from pathlib import Path

import pytest
import torch

from ebmlib.tables import FOLDER, read


def test_all_files_of_a_table_are_read(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "one-figure.txt").write_text("y.x y.y\n1 2\n3 nan\n4 6\n")
    (tmp_path / "one-figure-2.txt").write_text("F0.1.x/rad F0.1.F\n0.5 1\n0.25 nan\n")
    (tmp_path / "one-figure-4.txt").write_text("old.x\n1\n")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    table = read("one-figure")
    assert list(table) == ["y.x", "y.y", "F0.1.x/rad", "F0.1.F"]
    torch.testing.assert_close(table["F0.1.x/rad"], torch.tensor([0.5, 0.25]).double())
    assert [len(column) for column in table.values()] == [3, 3, 2, 2]  # a gap is kept


@pytest.mark.parametrize("values_first", [False, True])
def test_the_nodes_of_a_grid_have_their_places(tmp_path: Path, monkeypatch, values_first) -> None:
    """In whatever order its columns come: another thing of as many rows may stand before."""
    files = ["F.x/m\n0\n1\n2\n", "F.y\n5\n6\n", "F.F F.G\n0 9\n1 9\n2 9\n3 9\n4 9\n5 9\n"]
    files = [files[2], *files[:2]] if values_first else files
    for number, text in enumerate(files, 1):
        ending = "" if number == 1 else f"-{number}"
        (tmp_path / f"one{ending}.txt").write_text(text)
    monkeypatch.setenv(FOLDER, str(tmp_path))
    table = read("one")
    assert table["F.x/m"].tolist() == [0, 1, 2, 0, 1, 2]
    assert table["F.y"].tolist() == [5, 5, 5, 6, 6, 6]
    assert table["F.F"].tolist() == [0, 1, 2, 3, 4, 5]
    assert table["F.G"].tolist() == [9] * 6


def test_errors(tmp_path: Path, monkeypatch, unchecked) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    with pytest.raises(ValueError, match="EBMLIB_TABLES must name the folder"):
        read("one")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(ValueError, match="no table of a figure 'one'"):
        read("one")
    (tmp_path / "one.txt").write_text("a b\n1 2\n3\n")
    with pytest.raises(ValueError, match=r"one.txt:3: expected 2 numbers. Got 1."):
        read("one")
    (tmp_path / "one.txt").write_text("y.x\n1\n2\n")
    for other in ("y.y\n1\n", "y.y y.F\n1 1\n2 1\n3 1\n", "y.F\n1\n"):
        (tmp_path / "one-2.txt").write_text(other)
        with pytest.raises(ValueError, match=r"one: a grid has columns of n, m and n m rows. Got"):
            read("one")
