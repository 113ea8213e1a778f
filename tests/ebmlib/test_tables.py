"""Tables are read back as they were written, and what is wrong is told."""

from pathlib import Path

import pytest
import torch

from ebmlib.tables import FOLDER, read


def test_columns_lose_their_padding(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "one-figure.txt").write_text("y.x y.y F.F\n1 2 0.5\n3 nan 0.25\n4 6 nan\n")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    table = read("one-figure")
    assert list(table) == ["y.x", "y.y", "F.F"]
    torch.testing.assert_close(table["F.F"], torch.tensor([0.5, 0.25]).double())
    assert len(table["y.y"]) == 3  # a gap inside is kept


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
