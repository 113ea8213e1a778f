"""The few icons of the pages: lines on a grid of 24, in the colour of the text around them."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

LOGO = Path(__file__).with_name("static") / "logo.svg"

LINES = {
    "menu": '<path d="M4 7h16M4 12h16M4 17h10"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "theme": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "page": '<path d="M12 4v11m-4.5-4L12 15.5 16.5 11M5 20h14"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "next": '<path d="M5 12h14m-5.5-5.5L19 12l-5.5 5.5"/>',
    "previous": '<path d="M19 12H5m5.5-5.5L5 12l5.5 5.5"/>',
}


def icon(name: str) -> Markup:
    """An icon as inline SVG; it says nothing by itself, so its button needs a name.

    Raises: KeyError for a name that is not drawn.
    """
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"'
        ' focusable="false" fill="none" stroke="currentColor" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round">{LINES[name]}</svg>'
    )


def logo() -> Markup:
    """The book's mark, inline so that it follows the theme."""
    drawing = LOGO.read_text("utf8").strip()
    return Markup(drawing.replace("<svg ", '<svg class="logo" aria-hidden="true" ', 1))
