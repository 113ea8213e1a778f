"""Losses, penalties and the duel of adversarial nets against torch and closed forms."""

import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from ebmlib.generative.adversarial import (
    Duel,
    gradient_penalty,
    margin_losses,
    plain_losses,
    r1_penalty,
    slope,
)
from ebmlib.nets.stacked import Stacked
from ebmlib.train import generators
from tests.helpers.draws import normal


def test_adversarial_losses() -> None:
    F, F_hat = normal(2, 3, 20)
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
    w, y = torch.tensor([3.0, 4.0]).double(), normal(2, 10, 2)

    def F(u: torch.Tensor) -> torch.Tensor:
        return u @ w

    torch.testing.assert_close(slope(F, y), torch.full((2, 10), 5.0).double())
    torch.testing.assert_close(r1_penalty(F, y), torch.full((2,), 12.5).double())
    gp = gradient_penalty(F, y, -y, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(gp, torch.full((2,), 16.0).double())


def test_a_duel_moves_the_generator_to_the_data() -> None:
    seeds = generators([0, 1])
    critic, maker = Stacked([2, 16, 1], seeds), Stacked([2, 16, 2], seeds)
    y = torch.tensor([2.0, -1.0]) + 0.1 * normal(2, 200, 2).float()
    duel = Duel(
        penalty=lambda F, u, _: r1_penalty(F, u),
        weight=torch.tensor([1.0, 1.0]),
        batch=32,
        lr=(3e-3, 3e-3),
        generator=torch.Generator().manual_seed(0),
    )
    before = (maker(normal(1, 50, 2).float()).mean(1) - y.mean(1)).norm(dim=-1)
    rounds = list(duel.rounds(critic, maker, y, 250))
    after = (maker(normal(1, 50, 2).float()).mean(1) - y.mean(1)).norm(dim=-1)
    assert (after < 0.5 * before).all()
    assert rounds[-1].step == 250
    assert rounds[0].gradient.shape == (2,)


def test_each_side_s_turn_asks_the_critic_no_more_than_it_needs() -> None:
    seeds, asked = generators([0]), []
    critic, maker = Stacked([2, 4, 1], seeds), Stacked([2, 4, 2], seeds)
    critic.register_forward_hook(lambda module, points, energies: asked.append(points))
    duel = Duel(batch=8, generator=torch.Generator().manual_seed(0))
    list(duel.rounds(critic, maker, normal(1, 20, 2).float(), 1))
    assert len(asked) == 3  # the data and the made points, then the made points again


def one_round(nets: int, y: torch.Tensor, **how: object) -> None:
    seeds = generators(range(nets))
    critic, maker = Stacked([2, 4, 1], seeds), Stacked([2, 4, 2], seeds)
    duel = Duel(batch=8, generator=torch.Generator().manual_seed(0), **how)
    next(duel.rounds(critic, maker, y, 1))


def test_a_weight_that_is_not_one_a_net_is_told() -> None:
    y = normal(1, 20, 2).float()
    how = {"penalty": lambda F, u, _: r1_penalty(F, u)}
    with pytest.raises(
        ValueError, match=r"weight must be a number or have shape \(1,\). Got \(5,\)"
    ):
        one_round(1, y, weight=torch.ones(5), **how)
    one_round(1, y, weight=torch.ones(1), **how)
    one_round(1, y, weight=torch.tensor(0.5), **how)


def test_data_of_one_net_for_two_are_told(unchecked) -> None:
    y = normal(1, 20, 2).float()
    with pytest.raises(ValueError, match=r"critic must return \(1, 8\) energies.* Got \(2, 8\)"):
        one_round(2, y)
    with pytest.raises(ValueError, match=r"y must have shape \(nets, n, dim\). Got \(20, 2\)."):
        one_round(1, y[0])
    one_round(2, y.expand(2, -1, -1))
