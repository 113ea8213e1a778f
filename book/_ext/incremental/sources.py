"""A page is read again when the content of a file that it was read from has changed.

Sphinx looks at the time of a file alone: a page that is moved over another keeps its old time, and
would not be read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.shared.kept import kept

Stamps = dict[str, tuple[int, int, str]]


def _look(path: Path, known: Stamps) -> None:
    """Note a file's hash; one that is as large and as old as it was is not read."""
    name = str(path)
    try:
        facts = path.stat()
    except OSError:
        known[name] = (-1, -1, "")
        return
    size, changed = facts.st_size, facts.st_ctime_ns  # a move changes it, and no tool sets it
    if name not in known or known[name][:2] != (size, changed):
        known[name] = (size, changed, hashlib.sha256(path.read_bytes()).hexdigest())


def _files(env: BuildEnvironment, docname: str) -> list[Path]:
    """The page, and all that it noted as what it depends on."""
    others = sorted(env.dependencies.get(docname, ()))
    return [Path(env.doc2path(docname)), *(Path(env.srcdir, other) for other in others)]


def _read_from(env: BuildEnvironment, docname: str, known: Stamps) -> str:
    return "".join(known[str(path)][2] for path in _files(env, docname))


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    before, known = kept(env, "sources_read", dict[str, str]), kept(env, "source_stamps", Stamps)
    for name in env.found_docs:
        for path in _files(env, name):
            _look(path, known)
    there = before.keys() & env.found_docs
    return [name for name in there if _read_from(env, name, known) != before[name]]


def _note(app: Sphinx, env: BuildEnvironment) -> None:
    """As the files were before they were read: what is saved meanwhile is seen the next time."""
    before, known = kept(env, "sources_read", dict[str, str]), kept(env, "source_stamps", Stamps)
    for name in env.found_docs:
        for path in _files(env, name):
            if str(path) not in known:
                _look(path, known)
    before.clear()
    before.update({name: _read_from(env, name, known) for name in env.found_docs})


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _note)
