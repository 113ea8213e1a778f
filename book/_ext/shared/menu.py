"""A page's menu: what launch offers and the theme shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A line of the menu: a link, or an action that the theme's script knows by name."""

    text: str
    url: str = ""
    action: str = ""


Menu = list[tuple[str, list[Item]]]  # titles with their items
