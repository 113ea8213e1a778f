"""Batched gradients against one at a time."""

import torch

from ebmlib.grids import angles
from ebmlib.infer.minimum import value_and_gradient
from ebmlib.latent.ellipse import Ellipse


def test_one_backward_pass_serves_all(samples: torch.Tensor) -> None:
    E, z = Ellipse(torch.tensor([1.45, 0.35]).double()), angles(40, dtype=torch.float64)
    e, g = value_and_gradient(E, samples, z)
    for b in (0, 17, 39):
        free = z[b].clone().requires_grad_()
        one = E(samples[b], free)
        one.backward()
        torch.testing.assert_close((e[b], g[b]), (one.detach(), free.grad))
    assert not e.requires_grad
    assert not g.requires_grad
