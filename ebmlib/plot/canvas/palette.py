r"""The book's colours, read from the stylesheet's `\definecolor` lines.

The stylesheet is one file: in a checkout it lies in the book, in a wheel beside this package.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_DEFINITION = re.compile(r"^[^%\n]*?\\definecolor\{([\w-]+)\}\{HTML\}\{([0-9A-Fa-f]{6})\}", re.M)


def stylesheet() -> Path:
    """Where the stylesheet lies: in the installed package, or in the checkout's book.

    Raises:
        FileNotFoundError: if there is neither.
    """
    package = Path(__file__).resolve().parents[2]
    places = (package / "maths-preamble.tex", package.parent / "book" / "maths-preamble.tex")
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(f"the stylesheet is in neither {places[0]} nor {places[1]}.")


def read(text: str) -> dict[str, str]:
    r"""Name -> `#rrggbb` for every `\definecolor{name}{HTML}{RRGGBB}` that is not a comment."""
    return {name: f"#{value.lower()}" for name, value in _DEFINITION.findall(text)}


@lru_cache(maxsize=1)
def palette() -> Mapping[str, str]:
    """Name -> hex of every colour on white paper; ink is the text's, ground the page's.

    The dark ones are left out: a figure is drawn once, in the light ones, and the book's pages
    exchange them by name.
    """
    defined = read(stylesheet().read_text(encoding="utf-8"))
    return MappingProxyType({k: v for k, v in defined.items() if not k.endswith("-dark")})


def colour(name: str) -> str:
    """The hex of a colour's name.

    Raises:
        ValueError: for a name that the stylesheet does not define.
    """
    if name not in palette():
        raise ValueError(f"colour must be one of {', '.join(sorted(palette()))}. Got {name!r}.")
    return palette()[name]
