"""The repository's address: given in `_config.yml`, or the clone's own, or a placeholder."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools import editions
from tools.book import Book, line_of

SETTING = "ebm_repository"
AUTO = "auto"
PLACEHOLDERS = ("example.invalid", "OWNER")
SSH = re.compile(r"(?:ssh://)?git@([^:/]+)[:/](.+)")


def address(book: Book) -> str:
    """As it is given; for `auto` where the clone came from, or nothing if that is no address."""
    given = editions.setting(book, SETTING)
    return origin(book.root) if given == AUTO else given


def is_placeholder(given: str) -> bool:
    """Whether an address leads nowhere."""
    return not given.startswith("http") or any(word in given for word in PLACEHOLDERS)


def told(book: Book) -> str:
    """A sentence for authors; none where the address is given and real."""
    path = book.root / "_config.yml"
    here, found = f"{path}:{line_of(path, f'{SETTING}:')}", address(book)
    if is_placeholder(found):
        return (
            f"{here}: {SETTING} is a placeholder, so nothing on the site leads to a repository: "
            "buttons that need one are left out, and sources are shown by pages of the site."
        )
    if editions.setting(book, SETTING) == AUTO:
        return f"{here}: {SETTING} is {AUTO}, the origin of this clone: {found}"
    return ""


def origin(root: Path) -> str:
    """The web address of a clone's origin; empty where there is none."""
    asked = ["git", "-C", str(root), "remote", "get-url", "origin"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    found = done.stdout.strip() if done.returncode == 0 else ""
    ssh = SSH.fullmatch(found)
    web = f"https://{ssh[1]}/{ssh[2]}" if ssh else found
    web = re.sub(r"//[^/@]*@", "//", web)  # who cloned, and with which token, is nobody's business
    return web.rstrip("/").removesuffix(".git") if web.startswith("http") else ""
