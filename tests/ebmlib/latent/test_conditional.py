"""The conditional ellipse against autograd, a fine grid, and the true radii."""

from __future__ import annotations

import math

import pytest
import torch

from ebmlib.data.ellipse import ellipse, rho
from ebmlib.grids import circle
from ebmlib.latent.conditional import ConditionalEllipse, best_angle, derivatives
from ebmlib.train import generators


def samples(seed: int, n: int = 50) -> tuple[torch.Tensor, torch.Tensor]:
    drawn = ellipse(n, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return drawn.x[None], drawn.y[None]


def test_derivatives_are_autograds() -> None:
    x, y = samples(0)
    z = (torch.linspace(0, 6, 50, dtype=torch.float64)[None, :, None]).requires_grad_()
    E = (y - rho(x) * circle(z)).square().sum()
    (first,) = torch.autograd.grad(E, z, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), z)
    slope, bend = derivatives(rho(x), y, z.detach())
    torch.testing.assert_close(slope, first.detach())
    torch.testing.assert_close(bend, second)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_angle_is_that_of_a_very_fine_grid(seed: int) -> None:
    x, y = samples(seed)
    w = rho(x)
    fine = best_angle(w, y, n=20000, steps=0)
    E_fine = (y - w * circle(fine)).square().sum(-1)
    E = (y - w * circle(best_angle(w, y, steps=5))).square().sum(-1)
    assert bool((E - E_fine <= 1e-7).all())


def test_the_grid_alone_costs_energy_at_the_true_radii() -> None:
    x, y = samples(0, 2000)
    w = rho(x)
    coarse = (y - w * circle(best_angle(w, y, steps=0))).square().sum(-1).mean()
    refined = (y - w * circle(best_angle(w, y))).square().sum(-1).mean()
    assert 0.04 < float(coarse) < 0.08
    assert abs(float(refined) - 1 / 400) < 5e-4  # one of two noise components is left


def test_free_energy_and_its_gradient() -> None:
    x, y = samples(1)
    model = ConditionalEllipse(generators([0, 1]), dtype=torch.float64)
    z = best_angle(model.f(x).detach(), y, steps=20)
    torch.testing.assert_close(model.free_energy(x, y, steps=20), model(x, y, z))
    # Danskin: the gradient at a fixed minimiser is that of finite differences through it
    model.free_energy(x, y, steps=20).sum().backward()
    b = model.f.b[-1]
    with torch.no_grad():
        b[0, 0, 0] += 1e-6
        up = model.free_energy(x, y, steps=20)[0].sum()
        b[0, 0, 0] -= 2e-6
        down = model.free_energy(x, y, steps=20)[0].sum()
    assert math.isclose(float(up - down) / 2e-6, float(b.grad[0, 0, 0]), rel_tol=1e-4)


def test_nets_of_a_stack_do_not_depend_on_their_neighbours() -> None:
    x, y = samples(2)
    both = ConditionalEllipse(generators([3, 4]), dtype=torch.float64).free_energy(x, y)
    alone = ConditionalEllipse(generators([4]), dtype=torch.float64).free_energy(x, y)
    torch.testing.assert_close(both[1:], alone)


def test_bad_input_names_expected_and_got(unchecked: None) -> None:
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\)\. Got \(5, 3\)\."):
        best_angle(torch.ones(5, 2), torch.ones(5, 3))
    with pytest.raises(ValueError, match=r"hidden must be an integer >= 1\. Got 0\."):
        ConditionalEllipse(generators([0]), hidden=0)
    with pytest.raises(ValueError, match="steps must be an integer >= 0"):
        best_angle(torch.ones(5, 2), torch.ones(5, 2), steps=-1)
    with pytest.raises(ValueError, match=r"x must have shape \(nets, batch, 1\)\. Got \(1, 5, 2\)"):
        ConditionalEllipse(generators([0])).free_energy(torch.ones(1, 5, 2), torch.ones(1, 5, 2))
