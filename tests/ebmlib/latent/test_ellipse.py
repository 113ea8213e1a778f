"""The ellipse's free energy against Bessel functions, and the book's numbers."""

import math

import pytest
import torch
from scipy.special import ive

from ebmlib.energy import free_energy
from ebmlib.grids import angles
from ebmlib.latent.ellipse import UNTRAINED, Ellipse

ORIGIN = torch.zeros(1, 2, dtype=torch.float64)


GRID = angles(dtype=torch.float64)


def model(w: tuple[float, float]) -> Ellipse:
    return Ellipse(torch.tensor(w, dtype=torch.float64)).requires_grad_(False)


def at_the_origin(w: tuple[float, float], beta: float) -> float:
    """(w1^2 + w2^2)/2 - (1/beta) log I0(beta (w1^2 - w2^2)/2), in the scaled form."""
    half = beta * (w[0] ** 2 - w[1] ** 2) / 2
    return (w[0] ** 2 + w[1] ** 2) / 2 - (math.log(ive(0, half)) + half) / beta


@pytest.mark.parametrize("w", [UNTRAINED, (2.0, 1.5)])
@pytest.mark.parametrize("beta", [1e-3, 0.1, 0.3, 1, 3.2, 10])
def test_bessel_at_the_origin(w: tuple[float, float], beta: float) -> None:
    F = free_energy(model(w), ORIGIN, GRID, beta)
    assert float(F) == pytest.approx(at_the_origin(w, beta), rel=1e-7)


@pytest.mark.parametrize(
    ("w", "truth"),
    [(UNTRAINED, (1.1125, 0.881, 0.328, 0.1225)), ((2, 1.5), (3.125, 2.942, 2.449, 2.25))],
)
def test_numbers_of_the_book(w: tuple[float, float], truth: tuple[float, ...]) -> None:
    F = [float(free_energy(model(w), ORIGIN, GRID, beta)) for beta in (0, 1, 10, math.inf)]
    assert pytest.approx(truth, abs=1e-3) == F


def test_ellipse_names_expected_and_got(unchecked) -> None:
    E, y, z = Ellipse(), torch.zeros(24, 2), angles()
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(24, 3\)."):
        E(torch.zeros(24, 3), z[:24])
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, 1\). Got \(48,\)."):
        E(y, z[:, 0])
    with pytest.raises(ValueError, match=r"w must hold 2 radii. Got shape \(3,\)."):
        Ellipse(torch.zeros(3))
