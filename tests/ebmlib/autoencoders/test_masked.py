"""Conditionals of every cell: of a joint that is known, all of them give that joint back."""

import itertools

import pytest
import torch

from ebmlib.autoencoders.masked import (
    blanked,
    chain_joint,
    implied_joint,
    masked_loss,
    random_masks,
    states,
)
from tests.helpers.draws import normal

D = 4
JOINT = torch.softmax(normal(2**D, seed=0), 0)


def conditional(hidden: torch.Tensor) -> torch.Tensor:
    """p(y_i = 1 | seen) of the joint, by summing over all states that agree with what is seen."""
    all_states = states(D).to(JOINT.dtype)
    q = torch.empty(2**D, D, dtype=JOINT.dtype)
    for k, i in itertools.product(range(2**D), range(D)):
        agree = ((all_states == all_states[k]) | hidden).all(-1)
        q[k, i] = JOINT[agree & (all_states[:, i] > 0)].sum() / JOINT[agree].sum()
    return q


def others() -> torch.Tensor:
    q = [conditional(torch.arange(D) == i)[:, i] for i in range(D)]
    return torch.stack(q, -1)


def test_states_are_those_of_itertools() -> None:
    assert states(3).tolist() == [list(one) for one in itertools.product((-1.0, 1.0), repeat=3)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 3, 1)])
def test_conditionals_of_one_joint_give_it_back_in_any_order(order) -> None:
    torch.testing.assert_close(chain_joint(conditional, order), JOINT)


def test_gibbs_sampling_with_them_ends_in_that_joint() -> None:
    torch.testing.assert_close(implied_joint(others()), JOINT)


def test_the_implied_joint_is_an_eigenvector() -> None:
    """Of conditionals that belong to no joint: against the linear system of the same chain."""
    q = torch.sigmoid(normal(2, 2**D, D, seed=1))
    S = states(D).to(q.dtype)
    for net, p in zip(q, implied_joint(q), strict=True):
        T = torch.zeros(2**D, 2**D, dtype=q.dtype)
        for k, to in itertools.product(range(2**D), repeat=2):
            apart = (S[k] != S[to]).nonzero().flatten().tolist()
            if len(apart) < 2:
                for i in apart or range(D):
                    T[k, to] += (net[k, i] if S[to, i] > 0 else 1 - net[k, i]) / D
        torch.testing.assert_close(p @ T, p)
        assert p.sum().item() == pytest.approx(1, abs=1e-12)


def test_the_loss_is_the_cross_entropy_of_what_is_hidden() -> None:
    y, mask = normal(7, D, seed=2).sign(), normal(7, D, seed=3) > 0
    W = normal(2 * D, D, seed=4)
    s = blanked(y, mask) @ W
    p = torch.sigmoid(2 * s)
    right = torch.nn.functional.binary_cross_entropy(p, (y > 0).to(p.dtype), reduction="none")
    torch.testing.assert_close(masked_loss(lambda v: v @ W, y, mask), (right * mask).sum(-1))


def test_the_net_does_not_see_what_is_hidden() -> None:
    y, mask = normal(7, D, seed=2).sign(), normal(7, D, seed=3) > 0
    torch.testing.assert_close(blanked(y, mask), blanked(torch.where(mask, -y, y), mask))


def test_each_share_is_as_likely_as_any(generator) -> None:
    """How many of four cells are hidden is uniform over 0 to 4, for a uniform share."""
    mask = random_masks(torch.zeros(40000, D), generator=generator(0))
    count = torch.bincount(mask.sum(-1), minlength=D + 1) / 40000
    torch.testing.assert_close(count, torch.full((5,), 0.2), atol=0.01, rtol=0)


def test_errors(unchecked) -> None:
    y = torch.ones(3, D)
    with pytest.raises(ValueError, match=r"D must be an integer >= 1. Got 0."):
        states(0)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, D\), D > 0. Got \(3, 0\)"):
        random_masks(y[:, :0])
    with pytest.raises(ValueError, match=r"mask must have shape \(3, 4\). Got \(2, 4\)."):
        masked_loss(lambda v: v, y, torch.ones(2, D, dtype=torch.bool))
    with pytest.raises(ValueError, match=r"order must hold each of 0..2 once. Got \[0, 1, 1\]."):
        chain_joint(conditional, (0, 1, 1))
    with pytest.raises(ValueError, match=r"q must have shape \(\*nets, 2\^D, D\). Got \(8, 4\)."):
        implied_joint(torch.full((8, 4), 0.5))
    with pytest.raises(ValueError, match=r"q must lie in \(0, 1\)."):
        implied_joint(torch.ones(4, 2))
