"""Packages of npm: fetched once, and told when that fails."""

from pathlib import Path

import pytest

from _ext.katex.renderer import HERE
from _ext.shared.npm import InstallError, ensure_package


def test_a_package_that_is_here_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(folder: Path) -> None:
        raise AssertionError("npm was asked")

    monkeypatch.setattr("_ext.shared.npm._npm_ci", never)
    assert ensure_package("katex", HERE).name == "katex"


def test_a_failed_install_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"katex": "0.0.0"}}')
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(InstallError, match="npm could not install"):
        ensure_package("katex", folder=tmp_path, cache=tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []
