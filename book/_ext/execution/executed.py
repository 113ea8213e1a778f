"""A page whose cells ran again is read again, even if its text is the same."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

RECORDS = Path("_build", "executed")


def _fingerprint(srcdir: str, docname: str) -> str:
    try:
        text = Path(srcdir, RECORDS, f"{docname}.json").read_text(encoding="utf8")
        return str(json.loads(text)["fingerprint"])
    except (OSError, ValueError, KeyError):
        return ""  # not run by our executor: the text alone decides


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    seen: dict[str, str] = getattr(env, "executed_fingerprints", {})
    now = {name: _fingerprint(str(app.srcdir), name) for name in env.found_docs}
    env.executed_fingerprints = now  # type: ignore[attr-defined]
    return [name for name in now if name in seen and seen[name] != now[name]]


def setup(app: Sphinx) -> None:
    app.add_config_value("ebm_commit", "", "html")
    app.connect("env-get-outdated", _outdated)
