"""A tiny book as an author has it: the real library and settings, a numbered part, an appendix."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.tiny import make
from tests.helpers.tiny import REPOSITORY

CONTENTS = """format: jb-book
root: index   # the home page

parts:
  # What is told.
  - caption: "Part I: Tiny"
    numbered: 2
    chapters:
      - file: one   # runs
      - file: two

  # What is looked up.
  - caption: Appendices
    chapters:
      - file: words
"""


def authored(root: Path) -> Path:
    """Two short chapters and a bibliography; what the pages import is the real library."""
    make(root)
    shutil.rmtree(root / "ebmlib")
    shutil.copytree(REPOSITORY / "ebmlib", root / "ebmlib", ignore=lambda *_: {"__pycache__"})
    (root / "two.md").write_text("(two)=\n# Two\n\nProse.\n", "utf8")
    (root / "_toc.yml").write_text(CONTENTS, "utf8")
    return root
