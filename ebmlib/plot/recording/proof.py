"""At random settings the recorded program must give what the drawing draws, and nothing else moves.

What is compared becomes the tests of the page: settings, and some entries of every output.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor

from ebmlib.plot.canvas.export import svg
from ebmlib.plot.canvas.record import of
from ebmlib.plot.recording.program import Program, Value
from ebmlib.plot.recording.series import entries

Settings = Mapping[str, Tensor]
Drawn = tuple[list[Figure], Mapping[str, Tensor]]
"""The sheets, and the numbers that the sentence may use."""
SHOWN = 64
"""Entries of an output that travel as a test."""
TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-5}


@dataclass
class Claim:
    """What was recorded at the start, and how to draw it at other settings."""

    draw: Callable[[Settings], Drawn]
    program: Program
    wanted: Sequence[Value]
    series: Sequence[Mapping[str, Any]]
    """What moves."""
    said: Mapping[str, int]
    """The outputs that the sentence uses."""
    start: Drawn
    still: dict[int, str] = field(default_factory=dict)
    _left: str = ""

    def __post_init__(self) -> None:
        dtypes = {self.program.dtype(one) for one in self.wanted}
        self._precision = torch.float32 if torch.float32 in dtypes else torch.float64
        self.still = {k: self._still(k, fig) for k, fig in enumerate(self.start[0])}

    def prove(self, settings: Settings) -> dict[str, Any]:
        """Draw anew and compare.

        Raises:
            ValueError: where the program or the page would give something else.
        """
        sheets, said = self.draw(settings)
        outputs = self.program.replay(settings, self.wanted)
        self._left = "; ".join(dict.fromkeys(self.program.left_otherwise(settings)))
        for number, fig in enumerate(sheets):
            self._check_still(number, fig)
            self._check_moving(number, fig, outputs)
        for key, place in self.said.items():
            mine, right = outputs[place].reshape(-1)[:1], said[key].detach().reshape(-1)[:1]
            self._check_close(mine, right, f"the number {key!r}", right.dtype)
        return {
            "settings": {key: one.reshape(-1).tolist() for key, one in settings.items()},
            "outputs": [sample(one) for one in outputs],
        }

    def _elements(self, sheet: int) -> list[str]:
        return [one["element"] for one in self.series if one["sheet"] == sheet]

    def _check_moving(self, sheet: int, fig: Figure, outputs: list[Tensor]) -> None:
        """Every column of what moves is that of the drawing."""
        drawn = {one.element: one for one in of(fig).series}
        for made in self.series:
            if made["sheet"] != sheet:
                continue
            one = drawn.get(made["element"])
            if one is None:
                raise ValueError(f"{made['element']!r} is not drawn at every setting.")
            columns = list(one.columns.values())[-len(made["columns"]) :]
            for mine, right in zip(made["columns"], columns, strict=True):
                if isinstance(mine, list) and "scores" in made:
                    continue  # the classes follow from the scores
                short = torch.float32 if isinstance(mine, list) else None  # six digits travel
                numbers = entries(mine, outputs)
                self._check_close(numbers, torch.from_numpy(right), repr(one.name), short)
            if "scores" in made:
                scores = torch.from_numpy(of(fig).redrawn[one.element]["scores"])
                self._check_close(outputs[made["scores"][0]], scores, repr(one.name))

    def _check_close(
        self, mine: Tensor, right: Tensor, what: str, dtype: torch.dtype | None = None
    ) -> None:
        """Compare in the precision that the numbers have."""
        rel = TOLERANCE.get(dtype or self._precision, 1e-9)
        one, other = (part.detach().double().reshape(-1) for part in (mine, right))
        same = one.shape == other.shape
        if not same or not torch.allclose(one, other, rtol=rel, atol=rel, equal_nan=True):
            raise self._follows_wrongly(what)

    def _follows_wrongly(self, what: str) -> ValueError:
        """The error; where a number left torch and would be another one now, it is told."""
        told = f" There a setting left torch as {self._left}" if self._left else ""
        return ValueError(f"{what} depends on a setting by something else than torch.{told}")

    def _check_still(self, sheet: int, fig: Figure) -> None:
        """What does not move is drawn as at the start: axes, words, and the other series."""
        before = {one.element: one for one in of(self.start[0][sheet]).series}
        for one in of(fig).series:
            if one.element in self._elements(sheet):
                continue
            was = before.get(one.element)
            if was is None or not all(
                np.array_equal(column, was.columns[head], equal_nan=True)
                for head, column in one.columns.items()
            ):
                raise self._follows_wrongly(repr(one.name))
        if self._still(sheet, fig) != self.still[sheet]:
            raise ValueError(
                f"panel {sheet + 1}: something besides the named series moves with a setting. Give "
                "the axes their limits, draw no contours or borders, put no number into words."
            )

    def _still(self, sheet: int, fig: Figure) -> str:
        """The drawing without what moves."""
        drawn = svg(fig)
        for element in self._elements(sheet):
            name = re.escape(element)
            drawn = re.sub(rf'<g id="{name}">.*?</g>', "", drawn, flags=re.S)
            image = rf'<image\b[^>]*id="{name}(\.\d+)?"[^>]*?(/>|>\s*</image>)'
            drawn = re.sub(image, "", drawn)
        return drawn


def sample(output: Tensor) -> list[float]:
    """At most `SHOWN` entries, evenly spaced over all of them, the ends among them."""
    flat = output.detach().double().reshape(-1)
    if flat.numel() <= SHOWN:
        return [float(one) for one in flat]
    places = torch.linspace(0, flat.numel() - 1, SHOWN, dtype=torch.float64).round().long()
    return [float(one) for one in flat[places]]
