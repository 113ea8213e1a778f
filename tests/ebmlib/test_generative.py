"""Autoencoders of all kinds, fields and adversaries against closed forms and torch's own."""

import pytest
import torch
from torch.distributions import MultivariateNormal, Normal, kl_divergence
from torch.nn.functional import binary_cross_entropy_with_logits

from ebmlib.autoencoders.autoencoder import Autoencoder
from ebmlib.autoencoders.contractive import gains, penalty
from ebmlib.autoencoders.denoising import bayes_denoiser, corrupt, denoising_loss
from ebmlib.autoencoders.variational import VAE, Bubble, exact_nll, kl
from ebmlib.data.ring import ring_centres
from ebmlib.field import basins, critical_points, flow, jacobian
from ebmlib.gaussian import nll
from ebmlib.generative.adversarial import (
    Duel,
    gradient_penalty,
    margin_losses,
    plain_losses,
    r1_penalty,
    slope,
)
from ebmlib.generative.kmeans import free_energy
from ebmlib.grids import angles, circle, nodes
from ebmlib.measure import modes_found
from ebmlib.nets.stacked import Stacked
from ebmlib.train import generators


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def test_autoencoder_energy() -> None:
    model = Autoencoder([2, 8, 1], generators([0, 1]), dtype=torch.float64)
    y = noise(2, 5, 2)
    torch.testing.assert_close(model.energy(y), (y - model(y)).square().sum(-1))
    assert model.encoder(y).shape == (2, 5, 1)


def test_bayes_denoiser_is_half_a_gradient_down(generator) -> None:
    clean, y_hat = noise(30, 2), noise(7, 2, seed=1).requires_grad_()
    F = free_energy(y_hat, clean.mT, 1 / (2 * 0.4**2))
    (g,) = torch.autograd.grad(F.sum(), y_hat)
    torch.testing.assert_close(bayes_denoiser(y_hat, clean, 0.4), y_hat - g / 2)
    spoilt = corrupt(torch.zeros(50_000, 2), 0.3, generator=generator(0))
    assert spoilt.std().item() == pytest.approx(0.3, rel=0.02)
    y = noise(2, 5, 2)
    assert float(denoising_loss(lambda u: u, y, y + 0.5).max()) == pytest.approx(0.5)


def test_kl_equals_torch_s() -> None:
    mu, log_v = noise(2, 40, 3)
    ours = kl(Bubble(mu, log_v))
    theirs = kl_divergence(Normal(mu, (log_v / 2).exp()), Normal(0.0, 1.0)).sum(-1)
    torch.testing.assert_close(ours, theirs)


def test_exact_nll_of_a_linear_decoder() -> None:
    w, y = noise(1, 1, 2), noise(1, 20, 2, seed=2)
    cov = w[0].mT @ w[0] + 0.3**2 * torch.eye(2).double()
    truth = -MultivariateNormal(torch.zeros(2).double(), cov).log_prob(y)
    torch.testing.assert_close(exact_nll(lambda z: z @ w, y, 0.3), truth)
    torch.testing.assert_close(nll(y, 0 * y, 0.3**2), -Normal(0.0, 0.3).log_prob(y).sum(-1))


def test_the_bound_is_one() -> None:
    model = VAE([1, 8, 2], generators([0, 1]), 0.5, dtype=torch.float64)
    y = noise(2, 6, 2)
    gen = torch.Generator().manual_seed(0)
    with torch.no_grad():
        mean = torch.stack([model.bound(y, generator=gen) for _ in range(4000)]).mean(0)
        assert (mean > exact_nll(model.decoder, y, 0.5) - 0.02).all()
        hot = model.bound(y, torch.tensor([[1.0], [3.0]]).double(), generator=gen)
    assert hot.shape == (2, 6)


def test_jacobians_equal_torch_func() -> None:
    net = Stacked([2, 8, 3], generators([0, 1]), dtype=torch.float64)
    y = noise(2, 4, 2)
    J = jacobian(net, y)
    one = torch.func.jacrev(lambda u: net(u.expand(2, 1, 2))[1, 0])(y[1, 2])
    torch.testing.assert_close(J[1, 2], one)
    torch.testing.assert_close(penalty(net, y), J.square().sum((2, 3)).mean(1))
    M = torch.diag(torch.tensor([2.0, 0.5])).double()
    along = torch.tensor([1.0, 0.0]).double().expand(2, 4, 2)
    found = gains(lambda u: u @ M.mT, y, along)
    torch.testing.assert_close(found.tangent, torch.full((2, 4), 2.0).double())
    torch.testing.assert_close(found.normal, torch.full((2, 4), 0.5).double())


def double_well(y: torch.Tensor) -> torch.Tensor:
    """Sinks at (+-1, 0), a saddle at the origin."""
    return torch.stack([y[:, 0] - y[:, 0] ** 3, -y[:, 1]], -1)


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
    zeros = critical_points(lambda u: bayes_denoiser(u, clean, 0.3) - u, noise(30, 2) / 20)
    assert "source" in zeros.kinds


def test_adversarial_losses() -> None:
    F, F_hat = noise(2, 3, 20)
    ones, zeros = torch.ones_like(F), torch.zeros_like(F)
    down = binary_cross_entropy_with_logits(-F, ones, reduction="none").mean(-1)
    up = binary_cross_entropy_with_logits(-F_hat, zeros, reduction="none").mean(-1)
    plain = plain_losses(F, F_hat)
    torch.testing.assert_close(plain.critic, down + up)
    fooled = binary_cross_entropy_with_logits(-F_hat, ones, reduction="none").mean(-1)
    torch.testing.assert_close(plain.generator, fooled)
    far = margin_losses(F.abs(), F_hat.abs() + 9, 1.0)
    torch.testing.assert_close(far.critic, F.abs().mean(-1))


def test_penalties_of_a_linear_energy() -> None:
    w, y = torch.tensor([3.0, 4.0]).double(), noise(2, 10, 2)

    def F(u: torch.Tensor) -> torch.Tensor:
        return u @ w

    torch.testing.assert_close(slope(F, y), torch.full((2, 10), 5.0).double())
    torch.testing.assert_close(r1_penalty(F, y), torch.full((2,), 12.5).double())
    gp = gradient_penalty(F, y, -y, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(gp, torch.full((2,), 16.0).double())


def test_a_duel_moves_the_generator_to_the_data() -> None:
    seeds = generators([0, 1])
    critic, maker = Stacked([2, 16, 1], seeds), Stacked([2, 16, 2], seeds)
    y = torch.tensor([2.0, -1.0]) + 0.1 * noise(2, 200, 2).float()
    duel = Duel(
        penalty=lambda F, u, _: r1_penalty(F, u),
        weight=torch.tensor([1.0, 1.0]),
        batch=32,
        lr=(3e-3, 3e-3),
        generator=torch.Generator().manual_seed(0),
    )
    before = (maker(noise(1, 50, 2).float()).mean(1) - y.mean(1)).norm(dim=-1)
    rounds = list(duel.rounds(critic, maker, y, 250))
    after = (maker(noise(1, 50, 2).float()).mean(1) - y.mean(1)).norm(dim=-1)
    assert (after < 0.5 * before).all()
    assert rounds[-1].step == 250
    assert rounds[0].gradient.shape == (2,)


def test_each_side_s_turn_asks_the_critic_no_more_than_it_needs() -> None:
    seeds, asked = generators([0]), []
    critic, maker = Stacked([2, 4, 1], seeds), Stacked([2, 4, 2], seeds)
    critic.register_forward_hook(lambda module, points, energies: asked.append(points))
    duel = Duel(batch=8, generator=torch.Generator().manual_seed(0))
    list(duel.rounds(critic, maker, noise(1, 20, 2).float(), 1))
    assert len(asked) == 3  # the data and the made points, then the made points again


def test_modes_are_counted() -> None:
    centres = ring_centres(8)
    y = torch.stack([centres.repeat(3, 1), centres[:1].expand(24, 2)])
    found = modes_found(y, centres, near=0.1, least=3)
    assert found.tolist() == [8, 1]


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match="sigma must be finite and > 0"):
        VAE([1, 2], generators([0]), 0.0)
    with pytest.raises(ValueError, match="steps must be an integer >= 1"):
        flow(double_well, torch.zeros(1, 2), steps=0)
    with pytest.raises(ValueError, match="tolerance must be finite and > 0"):
        critical_points(double_well, torch.zeros(1, 2), tolerance=0.0)
    with pytest.raises(ValueError, match=r"sizes must name an input and an output. Got \[\]."):
        VAE([], generators([0]), 1.0)
    y = torch.zeros(1, 3, 2)
    with pytest.raises(ValueError, match=r"points must be an integer >= 2. Got 1."):
        exact_nll(lambda z: z, y, 0.3, points=1)
    with pytest.raises(ValueError, match=r"reach must be finite and > 0. Got -6.0."):
        exact_nll(lambda z: z, y, 0.3, reach=-6.0)
