"""Which line of a drawing is running: what messages tell."""

import linecache
import sys
from pathlib import Path

import jaxtyping
import torch

_PASSED = (
    *(str(Path(str(one)).parent) for one in (torch.__file__, jaxtyping.__file__, __file__)),
    "<",
)


def place() -> tuple[str, int]:
    """File and line of the innermost frame that is neither torch's nor this package's."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PASSED):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def told(where: tuple[str, int]) -> str:
    """The line itself, as the end of a message; nothing where it is unknown."""
    line = linecache.getline(*where).strip()
    return f" In `{line}`." if line else ""
