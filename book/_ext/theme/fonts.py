"""The book's letters: latin subsets (woff2) of npm packages, copied into the site at build."""

from __future__ import annotations

from pathlib import Path

from _ext.shared.npm import ensure_package

HERE = Path(__file__).resolve().parent
SCOPE = "@fontsource-variable"
FILES = {
    "stix-two-text": ("normal", "italic"),
    "source-sans-3": ("normal",),
    "source-code-pro": ("normal",),
}


def letters() -> dict[str, Path]:
    """Name in the site -> file on this machine; fetched once, then fast."""
    found = {}
    for family, styles in FILES.items():
        package = ensure_package(f"{SCOPE}/{family}", HERE)
        for style in styles:
            found[f"{family}-{style}.woff2"] = (
                package / "files" / f"{family}-latin-wght-{style}.woff2"
            )
        found[f"{family}-LICENSE.txt"] = package / "LICENSE"
    return found


def used(body: str) -> list[str]:
    """The letters that a page with this body shows, as early.js asks for them."""
    names = ["stix-two-text-normal", "source-sans-3-normal"]
    if "<em" in body or "<cite" in body:
        names.append("stix-two-text-italic")
    if "<pre" in body or "<code" in body:
        names.append("source-code-pro-normal")
    return names
