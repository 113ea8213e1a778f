"""Central differences: exact enough for the right, merciless to the wrong."""

import pytest
import torch
from scipy.optimize import approx_fprime
from torch import Tensor

from ebmlib.backprop.container import Sequential
from ebmlib.backprop.extreme import LogSumExp
from ebmlib.backprop.gradcheck import check_module, numerical_gradient, relative_error
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.pointwise import ReLU, Tanh


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def net(activation: type[Tanh] = Tanh) -> Sequential:
    first = Linear(normal(6, 4), normal(6, seed=1))
    return Sequential(first, activation(), Linear(normal(3, 6, seed=2), normal(3)), LogSumExp())


class WrongSign(Tanh):
    """1 + h^2 in place of 1 - h^2."""

    def backward(self, gradOutput: Tensor) -> Tensor:
        return gradOutput * (1 + self.h**2)


class Averages(Linear):
    """Averages gradBias over the batch where it should sum."""

    def backward(self, gradOutput: Tensor) -> Tensor:
        gradInput = super().backward(gradOutput)
        self.gradBias.copy_(gradOutput.mean(0))
        return gradInput


@pytest.mark.parametrize("seed", range(3))
def test_a_right_net_passes(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    module, r = net(), normal(5, 4, seed=seed)
    before = [p.clone() for p, _ in module.parameters()]
    errors = check_module(module, r, generator=generator)
    assert list(errors) == ["gradInput", "gradient 0", "gradient 1", "gradient 2", "gradient 3"]
    assert max(errors.values()) < 1e-8
    for (p, _), kept in zip(module.parameters(), before, strict=True):
        assert torch.equal(p, kept)
    assert torch.equal(r, normal(5, 4, seed=seed))


def test_planted_errors_are_caught() -> None:
    generator = torch.Generator().manual_seed(0)
    errors = check_module(net(WrongSign), normal(5, 4), generator=generator)
    assert errors["gradInput"] > 0.1
    assert errors["gradient 3"] < 1e-8  # after the error nothing is wrong: that locates it
    layer = Averages(normal(3, 4), normal(3))
    errors = check_module(layer, normal(5, 4), generator=generator)
    assert errors["gradInput"] < 1e-8
    assert errors["gradient 0"] < 1e-8
    assert errors["gradient 1"] > 0.1


def test_float32_is_refused() -> None:
    with pytest.raises(ValueError, match=r"r must be float64. Got torch.float32"):
        check_module(ReLU(), torch.ones(2, 2), generator=torch.Generator())


def test_numerical_gradient_equals_a_closed_form_and_scipy() -> None:
    x = normal(3, 2)
    torch.testing.assert_close(
        numerical_gradient(lambda x: x.sin().sum(), x), x.cos(), rtol=0, atol=1e-9
    )
    theirs = approx_fprime(x.reshape(-1).numpy(), lambda x: float((x**3).sum()), 1e-7)
    ours = numerical_gradient(lambda x: (x**3).sum(), x)
    torch.testing.assert_close(ours.reshape(-1), torch.from_numpy(theirs), rtol=0, atol=1e-5)


def test_the_error_is_quadratic_in_the_step() -> None:
    x = torch.tensor([1.0], dtype=torch.float64)
    errors = [
        float((numerical_gradient(lambda x: x.exp().sum(), x, step=h) - x.exp()).abs())
        for h in (1e-2, 1e-3)
    ]
    assert errors[0] == pytest.approx(torch.e * 1e-4 / 6, rel=1e-2)
    assert errors[0] / errors[1] == pytest.approx(100, rel=1e-2)


@pytest.mark.usefixtures("unchecked")
def test_relative_error_and_a_vector_valued_f() -> None:
    assert relative_error(torch.tensor([10.0, 0.0]), torch.tensor([10.0, 1.0])) == 0.1
    with pytest.raises(ValueError, match=r"f must return a scalar. Got shape \(2,\)."):
        numerical_gradient(lambda x: x, torch.ones(2))
    with pytest.raises(TypeError, match=r"x must hold floating-point numbers. Got torch.int64."):
        numerical_gradient(lambda x: x.sum(), torch.ones(2, dtype=torch.long))
    with pytest.raises(ValueError, match=r"b must have shape \(2,\). Got \(1, 2\)."):
        relative_error(torch.ones(2), torch.ones(1, 2))


class Narrow(Tanh):
    """Returns the gradient of the first sample alone: broadcast, it could pass for all."""

    def backward(self, gradOutput: Tensor) -> Tensor:
        return super().backward(gradOutput)[:1]


def test_strides_and_graphs_of_the_input_do_not_matter() -> None:
    x = normal(2, 3).T
    torch.testing.assert_close(
        numerical_gradient(lambda x: (x**2).sum(), x), 2 * x, rtol=0, atol=1e-9
    )
    layer = Linear(normal(2, 3).T, normal(3, seed=1))
    for r in (normal(2, 4).T, normal(1, 2).expand(4, 2), normal(4, 2).requires_grad_()):
        errors = check_module(layer, r, generator=torch.Generator().manual_seed(0))
        assert max(errors.values()) < 1e-8


@pytest.mark.usefixtures("unchecked")
def test_a_gradient_of_another_shape_is_told() -> None:
    with pytest.raises(ValueError, match=r"b must have shape \(1, 4\). Got \(5, 4\)."):
        check_module(Narrow(), normal(1, 4).expand(5, 4), generator=torch.Generator())
