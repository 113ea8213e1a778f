"""The learning denoiser: its parts by hand, and its loss where the data are one Gaussian."""

import pytest
import torch

from ebmlib.scores.denoiser import Denoiser
from ebmlib.train import generators
from tests.helpers.draws import normal


def test_its_parts() -> None:
    net = Denoiser([8], generators([0, 1]), v=0.3, dtype=torch.float64)
    y, sigma = normal(2, 5, 2), 0.7
    width = (sigma**2 + 0.3) ** 0.5
    t = torch.tensor(sigma, dtype=torch.float64).log() / 2
    u = torch.cat([y / width, torch.stack([t.sin(), t.cos()]).expand(2, 5, 2)], -1)
    expected = 0.3 / width**2 * y + 0.3**0.5 * sigma / width * net.r(u)
    torch.testing.assert_close(net(y, sigma), expected)
    torch.testing.assert_close(net(y, torch.full((2, 5, 1), sigma, dtype=torch.float64)), expected)


def test_the_loss_is_one_a_number_for_a_gaussian(generator) -> None:
    """Where the net adds nothing, N(0, v I) is denoised as well as can be, at every level."""
    net = Denoiser([4], generators([0]), v=0.5, dtype=torch.float64)
    for p in net.parameters():
        p.data.zero_()
    g = generator(0)
    y, eps = (torch.randn(1, 100_000, 2, generator=g, dtype=torch.float64) for _ in range(2))
    for sigma in (0.05, 1.0, 20.0):
        L = net.loss(0.5**0.5 * y, torch.full((1, 100_000, 1), sigma, dtype=torch.float64), eps)
        assert L.item() == pytest.approx(2.0, rel=0.02)


def test_errors() -> None:
    with pytest.raises(ValueError, match=r"v must be finite and > 0. Got 0."):
        Denoiser([4], generators([0]), v=0)
