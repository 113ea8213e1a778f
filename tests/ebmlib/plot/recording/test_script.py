"""Every call that can be written is tried alone, in the file of its kind."""

import torch

from ebmlib.plot.recording.script import KNOWN
from tests.ebmlib.plot.recording.case import inputs
from tests.ebmlib.plot.recording.test_matrices import CASES as MATRICES
from tests.ebmlib.plot.recording.test_pointwise import CASES as POINTWISE
from tests.ebmlib.plot.recording.test_products import CASES as PRODUCTS
from tests.ebmlib.plot.recording.test_reductions import CASES as REDUCTIONS
from tests.ebmlib.plot.recording.test_scattered import CASES as SCATTERED
from tests.ebmlib.plot.recording.test_simpler import CASES as SIMPLER
from tests.ebmlib.plot.recording.test_views import CASES as VIEWS
from tests.ebmlib.plot.recording.traced import traced

ALL = [*POINTWISE, *VIEWS, *REDUCTIONS, *PRODUCTS, *SCATTERED, *MATRICES, *SIMPLER]


def test_every_known_call_is_tried() -> None:
    generator = torch.Generator().manual_seed(7)
    tried = set()
    for one in ALL:
        for dtype in one.dtypes:
            program, _, _ = traced(one.function, *inputs(one, dtype, generator))
            tried |= {call.kind for call in program.calls}
    assert KNOWN - tried == set()
