"""The theme's header buttons as one plain menu: run, download, print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WORDS = {".ipynb": "Notebook (.ipynb)", ".md": "Source (.md)"}


@dataclass(frozen=True)
class Item:
    """A line of the menu: a link, or an action that our script knows by name."""

    text: str
    url: str = ""
    action: str = ""


def menu(buttons: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Item]]]:
    """Titles with their items. What the theme does by `onclick=` and we cannot is left out."""
    groups: list[tuple[str, list[Item]]] = []
    loose: list[Item] = []
    for button in buttons:
        if button.get("type") == "group":
            items = list(_items(button.get("buttons", [])))
            if items:
                groups.append((str(button.get("tooltip") or ""), items))
        else:
            loose += _items([button])
    return [*groups, ("This page", loose)] if loose else groups


def _items(buttons: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    for button in buttons:
        text = str(button.get("text") or button.get("tooltip") or "")
        if button.get("type") == "link":
            yield Item(WORDS.get(text, text), url=str(button["url"]))
        elif button.get("javascript") == "window.print()":
            yield Item("Print, or save as PDF", action="print")
