"""The judge against closed forms, scikit-learn's kernels and scipy's energy distance."""

import math

import pytest
import torch
from scipy.stats import energy_distance as scipys
from sklearn.neighbors import KernelDensity

from ebmlib.gaussian import nll
from ebmlib.generative.judge import (
    energy_distance,
    grid_nll,
    held_out,
    kernel_free_energy,
    leave_one_out,
)
from ebmlib.grids import box
from tests.helpers.draws import normal

ZERO = torch.zeros(2, dtype=torch.float64)


def bowl(y: torch.Tensor) -> torch.Tensor:
    """An energy that is not normalised: a Gaussian of variance one half, lifted by 7."""
    return y.square().sum(-1) + 7


def test_grid_nll_is_the_gaussians() -> None:
    y = normal(40, 2, seed=0)
    found = grid_nll(bowl, y, box(2, 81, 5.0, dtype=torch.float64))
    torch.testing.assert_close(found, nll(y, ZERO, 0.5), atol=1e-9, rtol=0)


@pytest.mark.parametrize("dim", [1, 3])
def test_grid_nll_in_other_dimensions(dim: int) -> None:
    y = normal(5, dim, seed=1)
    found = grid_nll(bowl, y, box(dim, 41, 5.0, dtype=torch.float64))
    torch.testing.assert_close(found, nll(y, torch.zeros(dim), 0.5), atol=1e-9, rtol=0)


def test_grid_nll_says_what_is_wrong(unchecked: None) -> None:
    with pytest.raises(ValueError, match=r"side\^2 nodes, side >= 2. Got 10"):
        grid_nll(bowl, normal(3, 2, seed=0), normal(10, 2, seed=1))
    with pytest.raises(ValueError, match="y must"):
        grid_nll(bowl, normal(3, 1, seed=0), box(2, 5, dtype=torch.float64))


def test_the_excess_is_the_divergence() -> None:
    y = normal(200_000, 2, seed=2)
    models = {"wide": lambda y: nll(y, ZERO, 2.0), "right": lambda y: nll(y, ZERO, 1.0)}
    held = held_out(models, y, lambda y: nll(y, ZERO, 1.0))
    divergence = math.log(2) - 1 + 1 / 2  # of N(0, I) from N(0, 2 I) in the plane
    assert abs(float(held["wide"].nll) - divergence) < 4 * float(held["wide"].error)
    # F - F_true = log 2 - |y|^2 / 4, and |y|^2 has the standard deviation 2
    assert float(held["wide"].error) == pytest.approx(0.5 / math.sqrt(200_000), rel=0.02)
    assert held["right"] == (0, 0)


def test_without_a_truth_it_is_the_mean() -> None:
    y = normal(30, 2, seed=3)
    e = bowl(y)
    held = held_out({"bowl": bowl}, y)["bowl"]
    torch.testing.assert_close(held.nll, e.mean())
    torch.testing.assert_close(held.error, e.std() / math.sqrt(30))


def test_held_out_says_what_is_wrong(unchecked: None) -> None:
    with pytest.raises(ValueError, match=r"bowl must return shape \(30,\). Got \(30, 2\)"):
        held_out({"bowl": lambda y: y}, normal(30, 2, seed=0))
    with pytest.raises(ValueError, match=r"two samples or more\. Got 1"):
        held_out({"bowl": bowl}, normal(1, 2, seed=0))


@pytest.mark.parametrize("width", [0.05, 0.3, 2.0])
@pytest.mark.parametrize("dim", [1, 2, 4])
def test_kernels_are_scikit_learns(width: float, dim: int) -> None:
    y, x = normal(20, dim, seed=4), normal(50, dim, seed=5)
    theirs = KernelDensity(bandwidth=width).fit(x.numpy()).score_samples(y.numpy())
    ours = kernel_free_energy(y, x, width)
    torch.testing.assert_close(ours, -torch.from_numpy(theirs), atol=1e-9, rtol=1e-9)


def test_leave_one_out_is_a_loop() -> None:
    x = normal(30, 2, seed=6)
    for i, ours in enumerate(leave_one_out(x, 0.2)):
        others = torch.cat((x[:i], x[i + 1 :]))
        torch.testing.assert_close(ours, kernel_free_energy(x[i : i + 1], others, 0.2)[0])


def test_widths_stand_side_by_side() -> None:
    x, widths = normal(30, 2, seed=7), torch.tensor([0.1, 0.5], dtype=torch.float64)
    both = kernel_free_energy(x, x, widths), leave_one_out(x, widths)
    for k, width in enumerate((0.1, 0.5)):
        torch.testing.assert_close(both[0][k], kernel_free_energy(x, x, width))
        torch.testing.assert_close(both[1][k], leave_one_out(x, width))


def test_kernels_say_what_is_wrong(unchecked: None) -> None:
    x = normal(30, 2, seed=8)
    with pytest.raises(ValueError, match="width must be > 0"):
        kernel_free_energy(x, x, 0.0)
    with pytest.raises(ValueError, match="y must"):
        kernel_free_energy(x[:, :1], x, 0.1)
    with pytest.raises(ValueError, match=r"two samples or more\. Got 1"):
        leave_one_out(x[:1], 0.1)


def test_energy_distance_is_scipys() -> None:
    """Theirs counts the pairs of a draw with itself, and takes the root."""
    y, x = normal(40, 1, seed=9), 1 + normal(30, 1, seed=10)
    among = [torch.cdist(one, one).sum() / len(one) for one in (y, x)]
    pairs = among[0] / 39 / 40 * 1 + among[1] / 29 / 30 * 1
    theirs = scipys(y[:, 0].numpy(), x[:, 0].numpy()) ** 2
    assert float(energy_distance(y, x) + pairs) == pytest.approx(theirs, abs=1e-9)


def test_energy_distance_has_no_bias() -> None:
    many = energy_distance(normal(2000, 8, 2, seed=11), normal(2000, 5, 2, seed=12))
    assert many.min() < 0
    assert abs(float(many.mean())) < 4 * float(many.std()) / math.sqrt(2000)
    assert float(energy_distance(normal(500, 2, seed=13), 1 + normal(500, 2, seed=14))) > 0.3


def test_energy_distance_says_what_is_wrong(unchecked: None) -> None:
    with pytest.raises(ValueError, match=r"n, m >= 2. Got \(1, 2\) and \(5, 2\)"):
        energy_distance(normal(1, 2, seed=0), normal(5, 2, seed=1))
