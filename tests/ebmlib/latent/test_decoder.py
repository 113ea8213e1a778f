"""The learned decoder against a net written out, and what its charges promise."""

import math

import pytest
import torch

from ebmlib.energy import energies, free_energy_inf
from ebmlib.grids import box
from ebmlib.latent.decoder import LearnedDecoder, ring, small


def by_hand(model: LearnedDecoder, inputs: torch.Tensor) -> torch.Tensor:
    h = inputs
    for layer in list(model.net)[::2][:-1]:
        h = torch.tanh(h @ layer.weight.T + layer.bias)
    last = model.net[-1]
    return h @ last.weight.T + last.bias


def test_decoder_is_its_formula(generator) -> None:
    model = LearnedDecoder(2, generator=generator(0))
    z, y = torch.randn(7, 2, generator=generator(1)), torch.randn(7, 2, generator=generator(2))
    torch.testing.assert_close(model.decode(z), by_hand(model, z))
    torch.testing.assert_close(model(y, z), (y - by_hand(model, z)).square().sum(-1))


def test_observed_variables_broadcast(generator) -> None:
    model = LearnedDecoder(1, observed=3, generator=generator(0))
    h, y = torch.randn(5, 3, generator=generator(1)), torch.randn(5, 2, generator=generator(2))
    z = box(1, 9)
    e = energies(lambda y, z: model(y, z, h), y, z)
    for b in range(5):
        inputs = torch.cat([h[b].expand(9, 3), z], 1)
        torch.testing.assert_close(e[b], (y[b] - by_hand(model, inputs)).square().sum(-1))


def test_charges_and_their_gradients(generator) -> None:
    angle = torch.rand(6, 1, generator=generator(0), dtype=torch.float64) * 2 * math.pi
    circle = torch.cat([angle.cos(), angle.sin()], 1)
    torch.testing.assert_close(ring(circle), torch.zeros(6).double())
    torch.testing.assert_close(ring(3 * circle), torch.full((6,), 4.0).double())
    torch.testing.assert_close(small(3 * circle), torch.full((6,), 9.0).double())
    assert torch.autograd.gradcheck(ring, (1.7 * circle).requires_grad_())


def test_same_seed_same_net(generator) -> None:
    one, two = (LearnedDecoder(2, generator=generator(3)) for _ in range(2))
    z = box(2, 4)
    torch.testing.assert_close(one.decode(z), two.decode(z))


def test_free_energy_is_bounded_by_a_distance(generator) -> None:
    """No point is nearer to the manifold than to the box that holds it."""
    model = LearnedDecoder(1, generator=generator(0)).requires_grad_(False)
    z = box(1, 64)
    made = model.decode(z)
    far = torch.tensor([[100.0, 0.0]])
    F, _ = free_energy_inf(model, far, z)
    assert float(F) >= float((100 - made[:, 0].max()) ** 2)


@pytest.mark.usefixtures("unchecked")
def test_bad_input() -> None:
    model, seen = LearnedDecoder(2), LearnedDecoder(2, observed=1)
    z, y = torch.zeros(4, 2), torch.zeros(4, 2)
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, 2\). Got \(4, 1\)."):
        model.decode(z[:, :1])
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(4, 1\)."):
        model(y[:, :1], z)
    with pytest.raises(ValueError, match=r"h must be left out."):
        model(y, z, z)
    with pytest.raises(ValueError, match=r"h must be given."):
        seen(y, z)
    with pytest.raises(ValueError, match=r"h must have shape \(\*batch, 1\). Got \(4, 2\)."):
        seen(y, z, z)
    with pytest.raises(ValueError, match=r"latent must be an integer >= 1. Got 0."):
        LearnedDecoder(0)


def test_the_ring_s_gradient_is_finite_in_the_middle() -> None:
    z = torch.tensor([[0.0, 0.0], [3.0, 4.0]]).double().requires_grad_()
    ring(z).sum().backward()
    torch.testing.assert_close(z.grad, torch.tensor([[0.0, 0.0], [4.8, 6.4]]).double())
