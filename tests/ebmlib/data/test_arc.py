"""The arc: its noise, and the nearest point against an exhaustive search."""

import math

import pytest
import torch

from ebmlib.data.arc import ARC, arc, nearest_on_arc
from ebmlib.grids import circle


def test_arc_lies_near_the_circle(generator) -> None:
    clean = arc(500, noise=0.0, generator=generator(0), dtype=torch.float64)
    torch.testing.assert_close(clean.norm(dim=-1), torch.ones(500).double())
    noisy = arc(20000, noise=0.1, generator=generator(0), dtype=torch.float64)
    inside = (nearest_on_arc(noisy).theta - ARC[0]).squeeze() * (ARC[1] - ARC[0])
    across = noisy.norm(dim=-1)[(inside > 0.5)] - 1
    assert across.std().item() == pytest.approx(0.1, rel=0.05)


def test_nearest_equals_an_exhaustive_search(generator) -> None:
    y = 2 * torch.randn(300, 2, generator=generator(1), dtype=torch.float64)
    fine = circle(torch.linspace(*ARC, 100_001, dtype=torch.float64)[:, None])
    near = nearest_on_arc(y)
    exact = torch.cdist(y, fine).min(-1).values
    torch.testing.assert_close((near.y - y).norm(dim=-1), exact, atol=1e-7, rtol=0)
    torch.testing.assert_close((near.tangent * near.y).sum(-1), torch.zeros(300).double())


def test_errors_of_the_arc(unchecked) -> None:
    with pytest.raises(ValueError, match=r"noise must be >= 0. Got nan"):
        arc(3, noise=math.nan)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(4, 3\)."):
        nearest_on_arc(torch.zeros(4, 3))
