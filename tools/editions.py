"""Editions: a tag fixes site, notebooks, library and print edition together.

    python -m tools.editions check v0.1.0     the tag, the version and the changelog agree
    python -m tools.editions list SITE        tell every edition below SITE of the others

While one is built, EBM_TAG holds its name: its links then lead to its own tag and folder.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

from tools.book import Book, BookError

VARIABLE = "EBM_TAG"
NAME = re.compile(r"v(\d+)\.(\d+)\.(\d+)")
DATA = Path("_static", "editions.js")


def current() -> str:
    """The edition that is being built; empty for the sources as they stand."""
    return os.environ.get(VARIABLE, "")


def overrides(book: Book) -> dict[str, str]:
    """The settings in which an edition differs from the sources as they stand."""
    name = current()
    if not name:
        return {}
    return {
        "ebm_edition": name,
        "ebm_commit": name,
        "ebm_notebooks": f"notebooks-{name}",
        "ebm_site": f"{setting(book, 'ebm_site').rstrip('/')}/{name}",
    }


def setting(book: Book, name: str) -> str:
    """One of `_config.yml`'s settings for Sphinx."""
    sphinx = book.config.get("sphinx") or {}
    settings = sphinx.get("config") or {} if isinstance(sphinx, dict) else {}
    return str(settings.get(name, ""))


def check(book: Book, name: str) -> None:
    """The tag names the version of `ebmlib`, and the changelog tells of it.

    Raises:
        BookError: where they disagree.
    """
    if not NAME.fullmatch(name):
        raise BookError(f"an edition's tag must be like v1.2.3. Got {name!r}.")
    project = (book.root / "pyproject.toml").read_text(encoding="utf8")
    found = re.search(r'^version = "([^"]+)"$', project, re.M)
    version = found[1] if found else ""
    if name != f"v{version}":
        raise BookError(f"pyproject.toml: version must be {name[1:]!r}. Got {version!r}.")
    changelog = (book.root / "CHANGELOG.md").read_text(encoding="utf8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.M):
        raise BookError(f"CHANGELOG.md: no heading '## [{version}] - YYYY-MM-DD'.")


def among(site: Path) -> list[str]:
    """The editions below a site, the newest first."""
    names = [path.name for path in site.iterdir() if NAME.fullmatch(path.name)]
    return sorted(names, key=lambda name: [int(n) for n in name[1:].split(".")], reverse=True)


def tell(site: Path) -> list[str]:
    """Write the list of editions into each of them and into the site that holds them."""
    names = among(site)
    every = [{"name": "", "path": "", "pages": _pages(site)}]
    every += [{"name": n, "path": f"{n}/", "pages": _pages(site / n)} for n in names]
    for name in ["", *names]:
        facts = {"here": name, "root": "../" if name else "", "newest": names[0] if names else ""}
        path = site / name / DATA
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(facts | {"all": every}, separators=(",", ":"))
        path.unlink(missing_ok=True)  # another copy of the site may share it
        path.write_text(f"window.bookEditions={content};\n", encoding="utf8")
    return names


def _pages(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(name for name in found if not NAME.match(name) and not name.startswith("_"))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("check", "list"))
    parser.add_argument("which", help="a tag, or a site's folder")
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    try:
        if options.what == "check":
            check(Book(options.root.resolve()), options.which)
        else:
            print("\n".join(tell(Path(options.which))))
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
