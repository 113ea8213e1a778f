"""Messages tell the line of the drawing that is running."""

import torch

from ebmlib.plot.recording.places import place, told


def test_the_line_is_the_callers_and_not_torchs() -> None:
    found = []

    def hook(gradient: torch.Tensor) -> None:
        found.append(told(place()))

    x = torch.zeros(2, requires_grad=True)
    x.register_hook(hook)
    x.sum().backward()
    assert found == [" In `found.append(told(place()))`."]


def test_a_line_that_is_nowhere_is_not_told() -> None:
    assert told(("no such file", 3)) == ""
