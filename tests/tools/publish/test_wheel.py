"""The library as a package: what the wheel holds, and that it needs nothing of the book."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from hatch_build import Addresses
from tests.helpers.tiny import REPOSITORY, make_book
from tools.book import Book
from tools.publish.wheel import build_wheel

PACKAGED = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


@pytest.mark.parametrize("owner", ["somebody", "OWNER"])
def test_its_metadata_has_the_addresses_of_the_book_s_settings(tmp_path: Path, owner: str) -> None:
    (tmp_path / "ebmlib").symlink_to(REPOSITORY / "ebmlib")
    address = f"https://x/{owner}/book"
    (tmp_path / "_config.yml").write_text(f"  ebm_site: {address}/\n  ebm_repository: {address}\n")
    metadata: dict[str, object] = {}
    Addresses(str(tmp_path), {}).update(metadata)
    known = {"Homepage": address, "Repository": address}
    assert metadata["urls"] == (known if owner == "somebody" else {})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*command, str(REPOSITORY)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.mark.slow
def test_the_wheel_holds_the_library_and_its_stylesheet_alone(made: Path) -> None:
    wheel = zipfile.ZipFile(next(made.glob("*.whl")))
    names = wheel.namelist()
    for name in ("py.typed", "maths-preamble.tex", "_config.yml", "CHANGELOG.md", "soft.py"):
        assert f"ebmlib/{name}" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"ebmlib"}
    metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
    facts = Parser().parsestr(wheel.read(metadata).decode())
    needs = {need.split(">")[0] for need in facts.get_all("Requires-Dist")}
    assert needs == {"torch", "jaxtyping", "tqdm", "matplotlib", "ipython"}
    assert "ipython>=7.34" in facts.get_all("Requires-Dist"), "Colab has it, and breaks with more"
    assert facts["License-Expression"] == "BSD-3-Clause"
    assert "Typing :: Typed" in facts.get_all("Classifier")
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_an_older_wheel_makes_room_for_the_new_one(tmp_path: Path) -> None:
    make_book(tmp_path)
    for name in ("ebmlib", "book", "hatch_build.py", *PACKAGED):
        if not (tmp_path / name).exists():
            (tmp_path / name).symlink_to(REPOSITORY / name)
    (tmp_path / "_build" / "wheel").mkdir(parents=True)
    (tmp_path / "_build" / "wheel" / "ebmlib-0.0.1-py3-none-any.whl").touch()
    made = build_wheel(Book(tmp_path))
    assert "ebmlib/soft.py" in zipfile.ZipFile(made).namelist()
    assert list(made.parent.glob("*.whl")) == [made]


@pytest.mark.slow
def test_the_sdist_builds_the_same_library(made: Path) -> None:
    with tarfile.open(next(made.glob("*.tar.gz"))) as archive:
        names = archive.getnames()
    inner = {name.partition("/")[2] for name in names}
    needed = {"ebmlib/py.typed", "book/maths-preamble.tex", "_config.yml", "LICENSE"}
    assert needed | {"hatch_build.py"} <= inner
    assert not any(name.startswith(("book/_ext", "tools", "tests")) for name in inner)


@pytest.mark.slow
def test_it_installs_into_a_clean_environment(made: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path)], check=True)
    python, wheel = str(tmp_path / "bin" / "python"), str(next(made.glob("*.whl")))
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([python, *pip, wheel], check=True)
    run = [python, "-I", "-m", "ebmlib"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ebmlib 0.")
    assert "Deep Learning with an Energy Perspective" in done.stdout
    assert "not installed" not in done.stdout
