"""The repository's address, or that it has none yet: then nothing on the site leads there."""

from __future__ import annotations

from pathlib import PurePosixPath

from sphinx.config import Config

from _ext.shared.source import address, whole

PLACEHOLDERS = ("example.invalid", "OWNER")
FOLDER = "source"  # of the site: pages that show files


def repository(config: Config) -> str:
    """The address, as `_config.yml` gives it; empty while it is a placeholder.

    `auto` is put in its place by `tools/build`; a plain build does not know it.
    """
    given = str(config.ebm_repository or "").rstrip("/")
    known = given.startswith(("http://", "https://"))
    return given if known and not any(mark in given for mark in PLACEHOLDERS) else ""


def lines_address(config: Config, root: str, file: str, first: int, last: int) -> str:
    """Where lines of a file are shown.

    Args:
        config: knows the repository and the commit.
        root: the way from the page to the site's root, `../../`.
        file: below the repository's root.
        first: line.
        last: line.
    """
    known = repository(config)
    if known:
        return address(known, config.ebm_commit, file, first, last)
    return f"{root}{page_of(file)}.html#{lines_id(first, last)}"


def file_address(config: Config, root: str, file: str) -> str:
    """Where a file is shown; the arguments as above."""
    known = repository(config)
    return whole(known, config.ebm_commit, file) if known else f"{root}{page_of(file)}.html"


def page_of(file: str) -> str:
    """The page of the site that shows a file: all stand in one folder."""
    return f"{FOLDER}/{'.'.join(PurePosixPath(file).parts)}"


def lines_id(first: int, last: int) -> str:
    """The anchor of lines on such a page, as GitHub calls them."""
    return f"L{first}-L{last}"
