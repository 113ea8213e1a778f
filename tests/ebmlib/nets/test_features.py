"""Features against other ways to them: counting by enumeration, and neighbours by distance."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
from scipy.optimize import linprog
from sklearn.preprocessing import PolynomialFeatures

from ebmlib.nets.features import labellings, monomials, vote
from ebmlib.soft import softmin


def separable(x: np.ndarray, signs: tuple[int, ...]) -> bool:
    """Whether a hyperplane through the origin has the points on these sides: a linear program."""
    rows = -x * np.array(signs)[:, None]
    free = [(None, None)] * x.shape[1]
    return bool(linprog(np.zeros(x.shape[1]), rows, -np.ones(len(x)), bounds=free).status == 0)


@pytest.mark.parametrize(("n", "d"), [(1, 1), (4, 2), (5, 3), (6, 3), (3, 5)])
def test_the_count_is_that_of_all_labellings_tried_by_linear_programs(n: int, d: int) -> None:
    x = np.random.default_rng(n).normal(size=(n, d))
    count = sum(separable(x, one) for one in itertools.product((-1, 1), repeat=n))
    assert labellings(n, d) == count


def test_up_to_d_points_all_labellings_can_be_made() -> None:
    assert [labellings(n, 7) for n in range(1, 8)] == [2**n for n in range(1, 8)]


@pytest.mark.parametrize("degree", [1, 2, 5])
def test_the_monomials_are_those_of_scikit_learn(degree: int) -> None:
    x = torch.randn(9, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    peer = PolynomialFeatures(degree, include_bias=False).fit_transform(x.numpy())
    torch.testing.assert_close(monomials(x, degree), torch.from_numpy(peer))
    assert peer.shape[1] == math.comb(degree + 2, 2) - 1


def test_a_loud_vote_is_the_nearest_samples_and_a_quiet_one_the_means() -> None:
    generator = torch.Generator().manual_seed(1)
    samples = torch.randn(3, 8, 2, generator=generator, dtype=torch.float64)
    x = torch.randn(20, 2, generator=generator, dtype=torch.float64)
    squares = torch.cdist(x, samples.reshape(-1, 2)).square().reshape(20, 3, 8)
    torch.testing.assert_close(vote(x, samples, 1e9), squares.amin(-1), atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(vote(x, samples, 1e-9), squares.mean(-1), atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(vote(x, samples, 2.0), softmin(squares, 2.0))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: labellings(0, 2), "n"),
        (lambda: labellings(2, 0), "d"),
        (lambda: monomials(torch.zeros(3, 2), 0), "degree"),
        (
            lambda: vote(torch.zeros(3, 2), torch.zeros(2, 4, 2), 0.0),
            "beta must be finite and > 0",
        ),
    ],
)
def test_bad_input_is_told(call: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()  # type: ignore[operator]
