"""Every setting `ebm_*` of the book, declared once; a feature that reads one sets this up.

They stand in `_config.yml` under `sphinx: config:`, but for `ebm_commit`, `ebm_edition` and
`ebm_volume`, which a build knows by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sphinx.application import Sphinx


@dataclass(frozen=True)
class Setting:
    """A setting; `rebuild` is what a change of it makes anew: pages `html`, or all (`env`)."""

    name: str
    default: str
    rebuild: Literal["html", "env"]


SETTINGS = (
    Setting("ebm_repository", "", "html"),  # its address, https://github.com/OWNER/NAME
    Setting("ebm_branch", "main", "html"),  # of the sources
    Setting("ebm_notebooks", "notebooks", "html"),  # branch or tag of this edition's notebooks
    Setting("ebm_commit", "", "html"),  # whose lines the links show
    Setting("ebm_site", "", "html"),  # where the pages will stand
    Setting("ebm_edition", "", "html"),  # its tag; empty for the sources as they stand
    Setting("ebm_library", "ebmlib", "env"),  # the package that the reference pages show
    Setting("ebm_diagrams", "book/diagrams", "env"),
    Setting("ebm_claims", "tests/claims", "html"),  # what is kept of the pages' numbers
    Setting("ebm_print", "book/print/figures", "env"),  # figures that print draws itself
    Setting("ebm_volume", "", "html"),  # pages of a printed volume, one a line; empty: all
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx runs this once, however many features ask for it."""
    for one in SETTINGS:
        app.add_config_value(one.name, one.default, one.rebuild)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
