"""The directives that the check knows are those that Sphinx knows, ours with their options."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

from tests.helpers.alone import alone
from tests.helpers.tiny import REPOSITORY
from tools.build.checks.directives import KNOWN, OWN

MYST = {"eval-rst"}  # no directive of docutils, but MyST's own


def registered(folder: Path) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """Our directives with their options, and all names, as the book's settings ask."""
    warnings.simplefilter("ignore")
    from docutils.parsers.rst import directives
    from docutils.parsers.rst.languages import en
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    given = {"latex_individualpages": False, "external_toc_path": str(REPOSITORY / "_toc.yml")}
    settings, _ = get_final_config(
        user_yaml=REPOSITORY / "_config.yml", sourcedir=REPOSITORY, cli_config=given
    )
    places = (str(REPOSITORY), None, str(folder / "out"), str(folder / "doctrees"))
    app = Sphinx(*places, "html", confoverrides=settings, status=None, warning=sys.stderr)
    domains = app.registry.create_domains(app.env)
    inside = {name for one in domains if one.name in ("std", "py") for name in one.directives}
    known = directives._directives
    ours = {
        name: tuple(one.option_spec or ())
        for name, one in known.items()
        if one.__module__.startswith("_ext.")
    }
    return ours, {*known, *en.directives.values(), *en.directives, *inside}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    return alone(registered, tmp_path_factory.mktemp("registered"))


@pytest.mark.slow
def test_our_directives_and_their_options_are_known(
    found: tuple[dict[str, tuple[str, ...]], set[str]],
) -> None:
    assert found[0] == OWN


@pytest.mark.slow
def test_no_name_that_sphinx_knows_is_strange_to_the_check(
    found: tuple[dict[str, tuple[str, ...]], set[str]],
) -> None:
    assert {name for name in found[1] if ":" not in name} - KNOWN == set()
    assert KNOWN - found[1] == MYST
