"""sphinx-exercise keeps nodes that hold on to their whole pages: 48 MB that every build read."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def _detach(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep copies that know of no page; what is asked of them is their title and attributes."""
    for entry in getattr(env, "sphinx_exercise_registry", {}).values():
        if entry.get("bare"):
            continue
        entry["node"], entry["bare"] = entry["node"].deepcopy(), True
        for part in entry["node"].findall():
            part.document = None


def setup(app: Sphinx) -> None:
    app.connect("env-updated", _detach)
