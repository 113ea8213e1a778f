"""The written program's names: those of settings and its own never meet."""

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.script import Script
from ebmlib.plot.recording.tracer import Tracer
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import close

B = torch.tensor(1.5, dtype=torch.float64)
NAMES = [
    "b1",
    "i0",
    "j0",
    "a",
    "k",
    "x",
    "sq",
    "erf",
    "mod",
    "s_a",
    "_1",
    "Math",
    "var",
    "return",
    "M",
    "β",
]


@pytest.mark.parametrize("name", NAMES)
def test_settings_may_have_any_name(name: str, javascript: Javascript) -> None:
    x = torch.tensor([0.3, 0.6, 2.0])
    tracer = Tracer({name: x, "other": B})

    def function(x: Tensor, b: Tensor) -> Tensor:
        table = torch.arange(70) * 0.37
        return torch.erf(x) ** 2 + x.sort().values.max() % b + (table * b).sum()

    with tracer:
        out = function(x, B)
    value = tracer.value(out)
    assert value is not None
    found = javascript.run(Script(tracer.program, [value]).text(), [[x, B]])
    close(found[0], [out])
