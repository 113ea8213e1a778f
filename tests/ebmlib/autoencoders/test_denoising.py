"""The ideal denoiser against the gradient of a free energy."""

import pytest
import torch

from ebmlib.autoencoders.denoising import bayes_denoiser, corrupt, denoising_loss
from ebmlib.generative.kmeans import free_energy
from tests.helpers.draws import normal


def test_bayes_denoiser_is_half_a_gradient_down(generator) -> None:
    clean, y_hat = normal(30, 2), normal(7, 2, seed=1).requires_grad_()
    F = free_energy(y_hat, clean.mT, 1 / (2 * 0.4**2))
    (g,) = torch.autograd.grad(F.sum(), y_hat)
    torch.testing.assert_close(bayes_denoiser(y_hat, clean, 0.4), y_hat - g / 2)
    spoiled = corrupt(torch.zeros(50_000, 2), 0.3, generator=generator(0))
    assert spoiled.std().item() == pytest.approx(0.3, rel=0.02)
    y = normal(2, 5, 2)
    assert float(denoising_loss(lambda u: u, y, y + 0.5).max()) == pytest.approx(0.5)
