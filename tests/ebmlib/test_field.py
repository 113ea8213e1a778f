"""Fields against closed forms: their zeros, of which kind, and where their flow ends."""

import pytest
import torch

from ebmlib.autoencoders.denoising import bayes_denoiser
from ebmlib.field import basins, critical_points, flow, jacobian
from ebmlib.grids import angles, circle, nodes
from ebmlib.nets.stacked import Stacked
from ebmlib.train import generators
from tests.helpers.draws import normal


def double_well(y: torch.Tensor) -> torch.Tensor:
    """Sinks at (+-1, 0), a saddle at the origin."""
    return torch.stack([y[:, 0] - y[:, 0] ** 3, -y[:, 1]], -1)


def test_jacobians_equal_torch_func() -> None:
    net = Stacked([2, 8, 3], generators([0, 1]), dtype=torch.float64)
    y = normal(2, 4, 2)
    one = torch.func.jacrev(lambda u: net(u.expand(2, 1, 2))[1, 0])(y[1, 2])
    torch.testing.assert_close(jacobian(net, y)[1, 2], one)


def test_critical_points_of_a_double_well() -> None:
    starts = nodes(-1.5, 1.5, 15, dtype=torch.float64)
    zeros = critical_points(double_well, starts)
    assert zeros.kinds == ["sink", "saddle", "sink"]
    truth = torch.tensor([[-1.0, 0], [0, 0], [1, 0]]).double()
    torch.testing.assert_close(zeros.y, truth, atol=1e-7, rtol=0)
    torch.testing.assert_close(
        zeros.eigenvalues, torch.tensor([[-2.0, -1], [-1, 1], [-2, -1]]).double()
    )
    upside_down = critical_points(lambda y: -double_well(y), starts)
    assert upside_down.kinds == ["source", "saddle", "source"]
    assert len(zeros.of("source")) == 0
    with torch.device("meta"):  # another default device
        torch.testing.assert_close(zeros.of("saddle"), zeros.y[1:2])
    ends = flow(double_well, starts, steps=500, rate=0.1)
    which = basins(ends, zeros.of("sink"))
    off_axis = starts[:, 0].abs() > 1e-9
    torch.testing.assert_close(which[off_axis], (starts[off_axis, 0] > 0).long())
    assert (basins(ends, ends[:0]) == -1).all()


def test_the_field_of_a_circle_has_a_source_in_its_middle() -> None:
    clean = circle(angles(60, dtype=torch.float64))
    zeros = critical_points(lambda u: bayes_denoiser(u, clean, 0.3) - u, normal(30, 2) / 20)
    assert "source" in zeros.kinds


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match="steps must be an integer >= 1"):
        flow(double_well, torch.zeros(1, 2), steps=0)
    with pytest.raises(ValueError, match="tolerance must be finite and > 0"):
        critical_points(double_well, torch.zeros(1, 2), tolerance=0.0)


def test_a_centre_is_no_saddle() -> None:
    turn = torch.tensor([[0.0, 1.0], [-1.0, 0.0]]).double()
    found = critical_points(lambda y: y @ turn, nodes(-1.0, 1.0, 5, dtype=torch.float64))
    assert found.kinds == ["degenerate"]
    torch.testing.assert_close(found.eigenvalues, torch.zeros(1, 2).double())


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_zero_of_third_order_is_found_once(sign: int) -> None:
    def v(y: torch.Tensor) -> torch.Tensor:
        return torch.stack([sign * y[:, 0] ** 3, -y[:, 1]], -1)

    found = critical_points(v, nodes(-1.0, 1.0, 6, dtype=torch.float64))
    assert found.kinds == ["degenerate"]
    assert found.y.abs().max() < 2e-3  # |y_1|^3 is below the tolerance there


def test_a_field_that_is_zero_everywhere_has_no_saddle() -> None:
    starts = nodes(-1.0, 1.0, 3, dtype=torch.float64)
    found = critical_points(lambda y: 0 * y, starts)
    assert found.kinds == ["degenerate"] * 9


def test_spirals_keep_their_kinds() -> None:
    """Complex eigenvalues: the sign of their real part tells, and det J > 0 is no saddle."""
    inwards = torch.tensor([[-0.1, 1.0], [-1.0, -0.1]]).double()
    starts = nodes(-1.0, 1.0, 5, dtype=torch.float64)
    assert critical_points(lambda y: y @ inwards.mT, starts).kinds == ["sink"]
    assert critical_points(lambda y: -y @ inwards.mT, starts).kinds == ["source"]
