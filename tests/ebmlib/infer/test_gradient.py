"""Steepest descent: rates that go too far, and one a sample."""

import math

import pytest
import torch

from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from tests.helpers.energies import bowl


def test_a_step_for_each_sample() -> None:
    y = torch.tensor([[1.0], [2.0]])
    found = gradient_descent(
        lambda y, z: (y - z).square().sum(-1),
        y,
        torch.zeros(2, 1),
        lr=torch.tensor([0.5, 0.05]),
        steps=1,
    )
    torch.testing.assert_close(found.z, torch.tensor([[1.0], [0.2]]))
    assert found.converged.tolist() == [True, False]


def test_a_step_for_each_start_and_one_for_each_sample() -> None:
    y, z = torch.tensor([[1.0], [2.0], [3.0]]), torch.zeros(2, 3, 1)
    for lr in (torch.tensor([[0.5], [0.25]]), torch.tensor([0.5, 0.25, 0.1]), torch.tensor(0.5)):
        found = gradient_descent(lambda y, z: (y - z).square().sum(-1), y, z, lr=lr, steps=1)
        torch.testing.assert_close(found.z, 2 * lr.unsqueeze(-1) * y.expand(2, 3, 1))


def test_steps_of_another_number(unchecked) -> None:
    y = torch.zeros(5, 3)
    with pytest.raises(ValueError, match=r"lr must be .* each of \(5,\). Got shape \(4,\)."):
        gradient_descent(bowl, y, y, lr=torch.full((4,), 0.1))


def test_gradient_descent_needs_a_step_below_two_over_curvature() -> None:
    y, z = torch.zeros(1, 3), torch.ones(1, 3)
    assert bool(gradient_descent(bowl, y, z, lr=0.195).converged)
    assert not bool(gradient_descent(bowl, y, z, lr=0.205, steps=200).converged)
    runaway = gradient_descent(bowl, y, z, lr=10.0)
    assert not bool(runaway.converged)
    assert bool(runaway.E.isfinite())


def test_rates_that_go_nowhere(unchecked) -> None:
    y = torch.zeros(5, 3)
    for method in (gradient_descent, backtracking_descent):
        for lr in (0.0, -1.0, math.nan):
            with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got "):
                method(bowl, y, y, lr=lr)
    with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got "):
        gradient_descent(bowl, y, y, lr=torch.tensor([0.1, 0.0]))
