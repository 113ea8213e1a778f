"""Numbers of sections are given anew in each build: those of the last one would stay on titles.

sphinx-external-toc counts on from what it finds there, and Sphinx takes no number away from a page
whose part is no longer numbered.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

MARK = "secnumber"


def _forget(app: Sphinx, env: BuildEnvironment) -> None:
    for title in env.titles.values():
        title.attributes.pop(MARK, None)
    for toc in env.tocs.values():
        for reference in toc.findall(nodes.reference):
            reference.attributes.pop(MARK, None)


def setup(app: Sphinx) -> None:
    app.connect("env-updated", _forget)
