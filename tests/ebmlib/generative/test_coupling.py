"""A flow against its own inverse, autograd's Jacobian and quadrature."""

import math

import pytest
import torch

from ebmlib.generative.coupling import Flow
from ebmlib.grids import plane
from tests.helpers.draws import normal


def bent(couplings: int = 4, batch: tuple[int, ...] = (), seed: int = 0) -> Flow:
    """A flow in float64 whose last layers have left zero."""
    flow = Flow(couplings, width=8, batch=batch, generator=torch.Generator().manual_seed(seed))
    flow = flow.double().requires_grad_(False)
    flow.out += 0.2 * normal(*flow.out.shape, seed=seed + 1)
    flow.last += 0.2 * normal(*flow.last.shape, seed=seed + 2)
    return flow


@pytest.mark.parametrize("couplings", [1, 2, 5])
def test_it_runs_backwards(couplings: int) -> None:
    flow, y = bent(couplings), normal(100, 2, seed=3)
    torch.testing.assert_close(flow.inverse(flow(y)[0]), y, atol=1e-12, rtol=0)
    torch.testing.assert_close(flow(flow.inverse(y))[0], y, atol=1e-12, rtol=0)


def test_the_log_determinant_is_that_of_autograds_jacobian() -> None:
    flow, y = bent(), normal(20, 2, seed=4)
    for one in y:
        J = torch.autograd.functional.jacobian(lambda v: flow(v[None])[0][0], one)
        assert float(flow(one[None])[1]) == pytest.approx(
            float(torch.linalg.slogdet(J).logabsdet), abs=1e-12
        )


def test_its_density_sums_to_one() -> None:
    side = torch.linspace(-12, 12, 481, dtype=torch.float64)
    F = bent().free_energy(plane(side).reshape(-1, 2))
    assert float((-F).exp().sum()) * 0.05**2 == pytest.approx(1, abs=1e-4)


def test_it_begins_as_the_standard_normal() -> None:
    y = normal(50, 2, seed=5)
    F = Flow(3, generator=torch.Generator().manual_seed(0)).double().free_energy(y)
    torch.testing.assert_close(F, y.square().sum(-1) / 2 + math.log(2 * math.pi))


def test_a_batch_is_each_of_its_flows() -> None:
    both, y = bent(3, batch=(2,)), normal(2, 30, 2, seed=6)
    for k in range(2):
        one = bent(3)
        one.load_state_dict({name: p[:, k] for name, p in both.state_dict().items()})
        torch.testing.assert_close(both.free_energy(y)[k], one.free_energy(y[k]))


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"couplings must be an integer >= 1. Got 0."):
        Flow(0)
    with pytest.raises(ValueError, match=r"width must be an integer >= 1. Got 0."):
        Flow(2, width=0)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, n, 2\). Got \(5, 3\)."):
        Flow(2)(torch.zeros(5, 3))
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, n, 2\). Got \(5, 3\)."):
        Flow(2).inverse(torch.zeros(5, 3))
