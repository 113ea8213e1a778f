"""What the stylesheet says, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "maths-preamble.tex"


class StylesheetError(ValueError):
    """Something in the stylesheet that the web cannot carry: file, line and why."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = Path(path), line, message


@dataclass(frozen=True)
class Colour:
    """A colour on light and on dark ground, as #rrggbb."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True)
class Macro:
    """A macro: its body has #1 to #arity; `default` is that of an optional first argument."""

    name: str
    body: str
    line: int
    arity: int = 0
    default: str | None = None
    operator: str = ""  # "", "\\operatorname" or "\\operatorname*"
    provided: bool = False  # only where the typesetter has none of this name


@dataclass(frozen=True)
class Role:
    """What a colour means: 'latent', orange, 'never observed', drawn 'unfilled'."""

    macro: str
    name: str
    colour: str
    meaning: str
    drawn: str


@dataclass(frozen=True)
class Symbol:
    """A symbol that explains itself; `space` may hold maths between dollars."""

    macro: str
    name: str
    space: str
    python: str
    role: Role | None
    group: str


@dataclass(frozen=True)
class Stylesheet:
    """All of the stylesheet, in the order of its lines."""

    path: Path
    colours: Mapping[str, Colour]
    macros: Mapping[str, Macro]
    roles: Mapping[str, Role]
    symbols: Mapping[str, Symbol]
