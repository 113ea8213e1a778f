"""Cores that a container grants count, not those of its machine; fonts are listed once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import machine


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, 64),
        ({"cpu.max": "max 100000\n"}, 64),
        ({"cpu.max": "200000 100000\n"}, 2),
        ({"cpu.max": "150000 100000\n"}, 2),
        ({"cpu.max": "10000 100000\n"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 64),
        ({"cpu/cpu.cfs_quota_us": "400000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 4),
        ({"cpu.max": "nonsense\n"}, 64),
    ],
)
def test_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], expected: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert machine.cores(tmp_path) == expected


@pytest.mark.parametrize("name", ["MPLCONFIGDIR", "XDG_CACHE_HOME", "HOME"])
def test_fonts_are_listed_where_nobody_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command))
    below = {"MPLCONFIGDIR": "", "XDG_CACHE_HOME": "matplotlib", "HOME": ".cache/matplotlib"}
    machine.list_fonts({name: str(tmp_path)})
    assert asked == [[sys.executable, "-c", "import matplotlib.font_manager"]]
    (tmp_path / below[name]).mkdir(parents=True, exist_ok=True)
    (tmp_path / below[name] / "fontlist-v390.json").touch()
    machine.list_fonts({name: str(tmp_path)})
    assert len(asked) == 1
