"""A page whose cells ran again is read again, even if its text is the same."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.shared.kept import kept

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
    known = kept(env, "executed_fingerprints", dict[str, str])
    now = {name: _fingerprint(str(app.srcdir), name) for name in env.found_docs}
    stale = [name for name in now if name in known and known[name] != now[name]]
    known.clear()
    known.update(now)
    return stale


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", _outdated)
