"""The book's own directives are those that its extensions register, with their options."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

from tests.helpers.alone import alone
from tests.helpers.tiny import REPOSITORY
from tools.build.checks.directives import OWN


def registered(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Directive -> the package that it comes from, and its options, as the book's settings ask."""
    warnings.simplefilter("ignore")
    from docutils.parsers.rst import directives
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    given = {"latex_individualpages": False, "external_toc_path": str(REPOSITORY / "_toc.yml")}
    settings, _ = get_final_config(
        user_yaml=REPOSITORY / "_config.yml", sourcedir=REPOSITORY, cli_config=given
    )
    places = (str(REPOSITORY), None, str(folder / "out"), str(folder / "doctrees"))
    Sphinx(*places, "html", confoverrides=settings, status=None, warning=sys.stderr)
    return {
        name: (one.__module__.partition(".")[0], list(one.option_spec or ()))
        for name, one in directives._directives.items()
    }


@pytest.mark.slow
def test_our_directives_and_their_options_are_known(tmp_path: Path) -> None:
    found = alone(registered, tmp_path)
    ours = {name: tuple(options) for name, (package, options) in found.items() if package == "_ext"}
    assert ours == OWN
