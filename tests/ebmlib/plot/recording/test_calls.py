"""Every known call alone, in the browser's language, against torch."""

import warnings

import pytest
import torch

from ebmlib.plot.recording.pointwise import TEMPLATES
from ebmlib.plot.recording.script import KNOWN, Script
from tests.ebmlib.plot.recording.case import Case, inputs
from tests.ebmlib.plot.recording.cases import ALL
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import close, listed, traced


@pytest.mark.parametrize(
    ("one", "dtype"),
    [pytest.param(one, d, id=f"{one.name}-{str(d)[6:]}") for one in ALL for d in one.dtypes],
)
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    generator = torch.Generator().manual_seed(7)
    program, wanted, _ = traced(one.function, *inputs(one, dtype, generator))
    settings = [inputs(one, dtype, generator) for _ in range(3)]
    found = javascript.run(Script(program, wanted).text(), settings)
    for values, mine in zip(settings, found, strict=True):
        with warnings.catch_warnings():
            right = listed(one.function(*values))
        close(mine, right)
        again = program.replay({f"x{k}": v for k, v in enumerate(values)}, wanted)
        close([x.reshape(-1).double() for x in again], right)


def test_every_known_call_is_tried() -> None:
    generator = torch.Generator().manual_seed(7)
    tried = set()
    for one in ALL:
        for dtype in one.dtypes:
            program, _, _ = traced(one.function, *inputs(one, dtype, generator))
            tried |= {call.kind for call in program.calls}
    assert KNOWN - tried == set()


@pytest.mark.parametrize("kind", ["sub", "exp", "where", "neg"])
def test_a_planted_wrong_sign_fails(
    kind: str, javascript: Javascript, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"sub": "({0}+{1})", "exp": "M.exp(-{0})", "where": "({0}?{2}:{1})", "neg": "({0})"}
    monkeypatch.setitem(TEMPLATES, kind, wrong[kind])
    one = next(case for case in ALL if case.name == kind)
    with pytest.raises(AssertionError, match="not close"):
        test_call(one, torch.float64, javascript)
