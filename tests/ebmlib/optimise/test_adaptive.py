"""Adam against torch's, with both kinds of decay; and where AdamW ends, against scipy."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import lsq_linear

from ebmlib.optimise.adaptive import adam

A = torch.tensor([[3.0, 1.0], [1.0, 0.5]], dtype=torch.float64)
START = torch.tensor([1.0, -2.0], dtype=torch.float64)


@pytest.mark.parametrize(
    ("make", "how"),
    [
        (lambda p: torch.optim.Adam(p, lr=0.02, eps=1e-30), {}),
        (lambda p: torch.optim.Adam(p, lr=0.02, eps=1e-8, weight_decay=0.3),
         {"inside": 0.3, "eps": 1e-8}),
        (lambda p: torch.optim.AdamW(p, lr=0.02, eps=1e-8, weight_decay=0.3),
         {"outside": 0.3, "eps": 1e-8}),
    ],
)  # fmt: skip
def test_equals_torchs(make, how) -> None:
    w = START.clone().requires_grad_()
    optimiser = make([w])
    for ours in adam(lambda w: A @ w, START, eta=0.02, steps=60, **how):
        optimiser.zero_grad()
        (0.5 * w @ A @ w).backward()
        optimiser.step()
        torch.testing.assert_close(ours, w.detach(), atol=1e-12, rtol=0)


def test_decay_outside_ends_in_scipys_box(generator) -> None:
    x = torch.randn(60, 4, generator=generator(0), dtype=torch.float64)
    y = x @ torch.tensor([3.0, -2.0, 0.5, -0.3], dtype=torch.float64)
    y = y + 0.5 * torch.randn(60, generator=generator(1), dtype=torch.float64)
    *_, w = adam(
        lambda w: x.T @ (x @ w - y) / 60,
        torch.zeros(4, dtype=torch.float64),
        eta=lambda k: 0.01 * (1 + math.cos(math.pi * k / 6000)),
        steps=6000,
        beta2=0.99,
        outside=1.0,
    )
    box = lsq_linear(x.numpy(), y.numpy(), bounds=(-1, 1), tol=1e-12).x
    assert np.abs(w.numpy() - box).max() < 1e-2


def test_errors_of_adam(unchecked) -> None:
    def run(**how):
        return adam(lambda w: w, START, **{"eta": 0.1, "steps": 3, **how})

    with pytest.raises(ValueError, match=r"beta2 must be in \[0, 1\). Got 1.0."):
        run(beta2=1.0)
    with pytest.raises(ValueError, match=r"outside must be >= 0. Got -1."):
        run(outside=-1)
    with pytest.raises(ValueError, match=r"eta must be finite and > 0. Got 0."):
        run(eta=0.0)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        run(steps=0)
