"""The box that explains what is pointed at: a feature that has something to tell loads it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from _ext.shared import assets

STATIC = Path(__file__).with_name("static") / "tip"
FIRST = 140  # before the scripts that tell it what they explain


def serve(app: Sphinx) -> None:
    """Have its files served; once, however many features ask."""
    if "tip.js" not in assets.ours(app):
        assets.serve(app, STATIC)


def load(app: Sphinx) -> None:
    """Have the page load it."""
    assets.load(app, "tip.css")
    assets.load(app, "tip.js", priority=FIRST)
