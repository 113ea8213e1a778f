"""Samples that have arrived leave the batch, and no other sample ends elsewhere for it."""

from typing import NamedTuple

import pytest
import torch

from ebmlib.infer.batch import COLUMNS, WORTH, asks_alone, columns, dot, put, take
from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from ebmlib.infer.lbfgs import lbfgs

ALL = [gradient_descent, backtracking_descent, conjugate_gradient, lbfgs]


class Pair(NamedTuple):
    """What `take` and `put` go through."""

    e: torch.Tensor
    z: torch.Tensor


def crescent(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """An ellipse of angle and thickness: as many steps as a start is far."""
    a, r = z[..., :1], z[..., 1:]
    made = (1 + r) * torch.cat([1.45 * a.cos(), 0.35 * a.sin()], -1)
    return (y - made).square().sum(-1) + r.square().sum(-1)


def problem(generator, n: int) -> tuple[torch.Tensor, torch.Tensor]:
    y = torch.randn(n, 2, generator=generator(0), dtype=torch.float64)
    return y, torch.randn(n, 2, generator=generator(1), dtype=torch.float64)


@pytest.mark.parametrize("method", ALL)
def test_what_leaves_changes_no_other(method, generator, unchecked) -> None:
    """The same steps, to the last bit, as of an energy that is asked of its whole batch."""
    y, z = problem(generator, WORTH + 200)
    held = torch.zeros(WORTH + 200, dtype=torch.float64)
    left = method(crescent, y, z, steps=25)
    whole = method(lambda y, z: crescent(y, z) + held, y, z, steps=25)
    assert left.iterations.unique().numel() > 3
    for name in ("z", "E", "iterations", "evaluations", "converged"):
        assert torch.equal(getattr(left, name), getattr(whole, name)), name


@pytest.mark.parametrize("method", [backtracking_descent, conjugate_gradient, lbfgs])
def test_no_sample_is_asked_for_another(method, generator, unchecked) -> None:
    """As many energies are computed as the samples have used, and two to see that they may be."""
    asked = 0

    def counted(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        nonlocal asked
        asked += z.shape[:-1].numel()
        return crescent(y, z)

    y, z = problem(generator, WORTH)
    found = method(counted, y, z, steps=10)
    assert asked == int(found.evaluations.sum()) + 2


@pytest.mark.parametrize("method", ALL)
def test_an_energy_that_holds_something_of_each_sample(method, generator, unchecked) -> None:
    """`lambda y, z: E(x, y, z)` keeps to its x, with several starts, whatever has arrived."""
    n, starts = WORTH // 4, 5
    y, _ = problem(generator, n)
    x = 0.5 + torch.rand(n, 1, generator=generator(2), dtype=torch.float64)
    z = torch.randn(starts, n, 2, generator=generator(3), dtype=torch.float64)
    found = method(lambda y, z: crescent(y / x, z), y, z, steps=25)
    for b in (0, 7, n - 1):
        alone = method(lambda y, z: crescent(y / x[b], z), y[b], z[:, b], steps=25)  # noqa: B023
        torch.testing.assert_close(found.z[:, b], alone.z, atol=1e-9, rtol=0)
        assert torch.equal(found.evaluations[:, b], alone.evaluations)


def test_what_asks_alone(generator) -> None:
    y, z = problem(generator, 6)
    held, e = torch.zeros(6), crescent(y, z)
    assert asks_alone(crescent, y, z, e)
    assert asks_alone(lambda y, z: crescent(y, z) + held[:1], y, z, e)
    assert not asks_alone(lambda y, z: crescent(y, z) + held, y, z, e)
    assert not asks_alone(lambda y, z: crescent(y, z) + held.reshape(6, 1), y, z, e)
    centred = crescent(y, z - z.mean(0))
    assert not asks_alone(lambda y, z: crescent(y, z - z.mean(0)), y, z, centred)
    by_two = crescent(y.reshape(3, 2, 2), z.reshape(3, 2, 2))
    assert asks_alone(crescent, y, z, by_two)  # asked of four: two would fit what is held
    assert not asks_alone(lambda y, z: crescent(y, z) + held[:2], y, z, by_two)


@pytest.mark.parametrize("size", [1, 2, COLUMNS, COLUMNS + 1])
def test_take_and_put(size: int, generator) -> None:
    z = torch.randn(7, size, generator=generator(0))
    pair, rows = Pair(torch.arange(7), columns(z)), torch.tensor([1, 4, 6])
    some = take(pair, rows)
    assert some.e.tolist() == [1, 4, 6]
    assert torch.equal(some.z, z[rows])
    back = put(pair, rows, Pair(-some.e, -some.z))
    assert back.e.tolist() == [0, -1, 2, 3, -4, 5, -6]
    signs = torch.ones(7, 1).index_fill(0, rows, -1)
    assert torch.equal(back.z, signs * z)
    assert torch.equal(pair.z, z)  # put makes new ones


@pytest.mark.parametrize("size", range(1, 9))
def test_columns_change_no_sum(size: int, generator) -> None:
    """To the last bit: else a descent would depend on where its numbers lie."""
    z = torch.randn(500, size, generator=generator(0), dtype=torch.float64)
    assert torch.equal(columns(z), z)
    assert torch.equal(dot(columns(z), columns(z)), (z * z).sum(-1))
