"""Curvature: condition numbers, and Newton's step with its repair."""

import pytest
import torch

from ebmlib.optimise.curvature import absolute_newton, condition


def test_condition_is_that_of_numpys_kind(generator) -> None:
    M = torch.randn(7, 4, 4, generator=generator(0), dtype=torch.float64)
    H = M @ M.mT + torch.eye(4, dtype=torch.float64)
    torch.testing.assert_close(condition(H), torch.linalg.cond(H))


def test_the_step_is_newtons_in_a_bowl_and_goes_down_at_a_saddle(generator) -> None:
    g = torch.randn(5, 3, generator=generator(1), dtype=torch.float64)
    M = torch.randn(5, 3, 3, generator=generator(2), dtype=torch.float64)
    bowl = M @ M.mT + 0.1 * torch.eye(3, dtype=torch.float64)
    torch.testing.assert_close(absolute_newton(g, bowl), -torch.linalg.solve(bowl, g))
    saddle = torch.diag(torch.tensor([2.0, -0.5, 1.0], dtype=torch.float64))
    step = absolute_newton(g, saddle.expand(5, 3, 3))
    torch.testing.assert_close(step, -g / torch.tensor([2.0, 0.5, 1.0], dtype=torch.float64))
    assert ((step * g).sum(-1) < 0).all()


def test_errors_of_curvature(unchecked) -> None:
    with pytest.raises(ValueError, match=r"H must have shape \(\*batch, d, d\). Got \(2, 3\)."):
        condition(torch.zeros(2, 3))
    with pytest.raises(ValueError, match=r"H must have positive eigenvalues. Got -1.0."):
        condition(torch.diag(torch.tensor([1.0, -1.0])))
    with pytest.raises(ValueError, match=r"least must be finite and > 0. Got 0."):
        absolute_newton(torch.zeros(2), torch.eye(2), least=0)
