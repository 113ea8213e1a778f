"""What the first pages say: title, what a volume holds, edition, versions, licence."""

from __future__ import annotations

import platform
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sphinx.util import texescape

VERSIONS = ("torch", "numpy", "matplotlib", "sphinx", "myst-nb")


def write(builder: Any) -> None:
    """`front.tex`: one definition a fact."""
    facts = {
        name: value if name == "address" else _tex(value)  # \\url takes it as it is
        for name, value in collect(builder).items()
    }
    lines = [f"\\newcommand{{\\ebm{name}}}{{{value}}}" for name, value in facts.items()]
    Path(builder.outdir, "front.tex").write_text("\n".join(lines) + "\n", encoding="utf8")


def collect(builder: Any) -> dict[str, str]:
    config, root = builder.config, Path(builder.srcdir)
    title = builder.env.titles[config.root_doc].astext()
    commit = str(config.ebm_commit)
    return {
        "title": title,
        "volume": ", ".join(builder.held),
        "author": config.author,
        "year": str(config.copyright),
        "editionnumber": _edition(root),
        "commit": commit[:10],
        "address": (config.ebm_site or config.html_baseurl).rstrip("/"),
        "versions": ", ".join(
            [f"Python {platform.python_version()}"]
            + [f"{name} {version(name).partition('+')[0]}" for name in VERSIONS]
        ),
    }


def _edition(root: Path) -> str:
    try:
        facts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))
        return str(facts["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return ""


def _tex(text: str) -> str:
    escaped = texescape.escape(text, "lualatex")
    return re.sub(r"\s+", " ", escaped)
