"""The good book is built once; every fault starts from a copy of it at the same place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.tiny import build, make, site, warm


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, str]]:
    """(the place of the book, a copy of it as built, its site)."""
    warm()
    place = tmp_path_factory.mktemp("faults") / "book"
    told = build(make(place))
    assert told.code == 0, told.text
    kept = place.with_name("kept")
    shutil.copytree(place, kept, symlinks=True)
    return place, kept, site(place)


@pytest.fixture
def root(good: tuple[Path, Path, dict[str, str]]) -> Iterator[Path]:
    """The good book, built, to be spoilt."""
    place, kept, _ = good
    shutil.rmtree(place)
    shutil.copytree(kept, place, symlinks=True)
    yield place
    for path in (place, *place.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


@pytest.fixture
def before(good: tuple[Path, Path, dict[str, str]]) -> dict[str, str]:
    """The last good site."""
    return good[2]
