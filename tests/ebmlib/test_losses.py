"""Loss functionals against torch's own, and their forces against autograd."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

from ebmlib.losses import energy_loss, hinge_loss, log_loss, nll_loss


def pair() -> tuple[torch.Tensor, torch.Tensor]:
    drawn = torch.randn(2, 50, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return drawn[0].requires_grad_(), drawn[1].requires_grad_()


def test_hinge_is_torchs_margin_ranking() -> None:
    down, up = pair()
    torchs = functional.margin_ranking_loss(down, up, -torch.ones_like(up), margin=0.7)
    torch.testing.assert_close(hinge_loss(down, up, 0.7), torchs)


def test_log_loss_is_torchs_logistic_and_tends_to_the_hinge() -> None:
    down, up = pair()
    ones = torch.ones_like(up)
    torchs = functional.soft_margin_loss(up - down, ones)
    torch.testing.assert_close(log_loss(down, up), torchs)
    cold = (down - up).clamp(min=0).mean()
    torch.testing.assert_close(log_loss(down, up, 1e4), cold, atol=1e-4, rtol=0)
    torch.testing.assert_close(log_loss(down, up, math.inf), cold)


def test_both_push_down_on_the_data_and_up_on_the_rest() -> None:
    for loss in (hinge_loss, log_loss):
        down, up = pair()
        loss(down, up).backward()
        assert bool((down.grad >= 0).all())  # descent lowers F_check
        assert bool((up.grad <= 0).all())
        torch.testing.assert_close(down.grad, -up.grad)


def test_energy_loss_is_the_mean() -> None:
    down, _ = pair()
    torch.testing.assert_close(energy_loss(down), down.mean())


def test_nll_of_a_gaussian_is_its_closed_form() -> None:
    side = torch.linspace(-8, 8, 321, dtype=torch.float64)
    y = torch.tensor([[0.3, -1.0], [1.0, 0.5]], dtype=torch.float64)
    F_grid = (side[:, None].square() + side[None].square()) / 2
    F = y.square().sum(-1) / 2
    dy = float(side[1] - side[0]) ** 2
    exact = -torch.distributions.Normal(0.0, 1.0).log_prob(y).sum(-1).mean()
    torch.testing.assert_close(nll_loss(F, F_grid, dy), exact, atol=1e-6, rtol=0)
    # at coldness 2 the density is that of variance 1/2, and the loss its NLL over 2
    narrow = torch.distributions.Normal(0.0, math.sqrt(0.5))
    exact = -narrow.log_prob(y).sum(-1).mean() / 2
    torch.testing.assert_close(nll_loss(F, F_grid, dy, 2.0), exact, atol=1e-6, rtol=0)


def test_bad_input_names_expected_and_got(unchecked: None) -> None:
    F = torch.ones(3)
    with pytest.raises(ValueError, match=r"m must be > 0\. Got 0\."):
        hinge_loss(F, F, 0.0)
    with pytest.raises(ValueError, match=r"beta must be > 0\. Got -1\."):
        log_loss(F, F, -1.0)
    with pytest.raises(ValueError, match="dy and beta must be finite and > 0"):
        nll_loss(F, F, 0.0)
    with pytest.raises(ValueError, match="F_grid must hold at least one energy"):
        nll_loss(F, torch.ones(0), 1.0)
    for loss in (hinge_loss, log_loss):
        with pytest.raises(ValueError, match=r"must have one shape. Got \(3, 1\) and \(3,\)\."):
            loss(F[:, None], F)
