"""`python -m ebmlib`: which version this is, which editions the book has, and where to read."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONFIG, CHANGELOG = "_config.yml", "CHANGELOG.md"
PLACEHOLDERS = ("OWNER", "example.invalid")


def carried(name: str) -> str:
    """A file of the book that travels in the wheel; in a checkout it stands at the root."""
    places = (HERE / name, HERE.parent / name)
    return next((path.read_text("utf8") for path in places if path.is_file()), "")


def setting(config: str, name: str) -> str:
    """One line of the book's settings; empty where it is missing or still a placeholder."""
    found = re.search(rf"^\s*{name}:\s*['\"]?([^'\"#\s]+)", config, re.M)
    given = found[1].rstrip("/") if found else ""
    known = given.startswith("http")  # `auto` is none: a clone has it
    return given if known and not any(word in given for word in PLACEHOLDERS) else ""


def editions(changelog: str) -> list[tuple[str, str]]:
    """Version and date of every edition that a changelog tells of, the newest first."""
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\](?: - (\S+))?", changelog, re.M)


def installed() -> str:
    """The version that is installed."""
    try:
        return version("ebmlib")
    except PackageNotFoundError:
        return "(not installed: run from a checkout)"


def describe(config: str, changelog: str, this: str) -> str:
    """The lines that are printed."""
    title, site = re.search(r"^title: (.+)$", config, re.M), setting(config, "ebm_site")
    lines = [f"ebmlib {this}", f"The library behind the book {title[1] if title else ''}".strip()]
    lines += ["", "Editions:"]
    for number, date in editions(changelog):
        address = f"  {site}/v{number}/" if site else ""
        lines.append(f"  {number}  {date or 'no date'}{address}")
    if not editions(changelog):
        lines.append("  none is published yet")
    lines += ["", "Read:"]
    lines.append(
        f"  {site}/" if site else "  this copy knows no address: build the book, nox -s book"
    )
    repository = setting(config, "ebm_repository")
    return "\n".join(lines + ([f"  {repository}"] if repository else []))


if __name__ == "__main__":
    print(describe(carried(CONFIG), carried(CHANGELOG), installed()))
