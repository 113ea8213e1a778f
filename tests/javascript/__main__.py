"""The types of the pages' scripts, told by JSDoc: `python -m tests.javascript`, in `nox -s lint`.

TypeScript reads them and writes nothing; `package.json` beside this file pins it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOOK = HERE.parents[1] / "book"
STRICT = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--pretty", "false")
BROWSER = ("--target", "es2022", "--lib", "es2023,dom,dom.iterable")


def scripts() -> list[Path]:
    """All scripts of the features, and what they leave for one another."""
    return [BOOK / "_ext" / "window.d.ts", *sorted((BOOK / "_ext").glob("*/static/**/*.js"))]


def check(files: Iterable[Path]) -> str:
    """What TypeScript finds, a line a fault with file and place; empty if there is none."""
    from _ext.shared.npm import ensure_package, node

    compiler = ensure_package("typescript", HERE) / "bin" / "tsc"
    command = [node(), str(compiler), *STRICT, *BROWSER, *map(str, files)]
    done = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.path.insert(0, str(BOOK))
    sys.exit(check(scripts()) or None)
