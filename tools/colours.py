"""The colours of the light theme, as the stylesheet defines them: every drawing is made in them."""

from __future__ import annotations

import re
from pathlib import Path

_LIGHT = re.compile(r"^\\definecolor\{([a-z]+)\}\{HTML\}\{([0-9A-Fa-f]{6})\}", re.M)


def colours(stylesheet: Path) -> dict[str, str]:
    """Hex -> name, none where there is no stylesheet; the dark theme's are left out."""
    if not stylesheet.is_file():
        return {}
    found = _LIGHT.findall(stylesheet.read_text(encoding="utf-8-sig"))
    return {f"#{value.lower()}": name for name, value in found}


def exchanged(drawing: str, before: dict[str, str], now: dict[str, str]) -> str:
    """A drawing whose colours, which `before` names, have the hexes of `now`.

    Raises:
        KeyError: for a colour that is not defined any more.
    """
    hexes = {name: value for value, name in now.items()}
    return re.sub(
        r"#[0-9a-f]{6}\b",
        lambda found: hexes[before[found[0]]] if found[0] in before else found[0],
        drawing,
    )
