"""Each check says what was expected and what came."""

import math

import pytest
import torch

from ebmlib.checks import (
    check_beta,
    check_count,
    check_last,
    check_ndim,
    check_no_nan,
    check_positive,
)


def test_shapes() -> None:
    check_last("y", torch.zeros(3, 2), 2, "(*batch, 2)")
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(2, 3\)."):
        check_last("y", torch.zeros(2, 3), 2, "(*batch, 2)")
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(\)."):
        check_last("y", torch.zeros(()), 2, "(*batch, 2)")
    check_ndim("W", torch.zeros(2, 2), 2, "(dim, K)")
    with pytest.raises(ValueError, match=r"W must have shape \(dim, K\). Got \(2,\)."):
        check_ndim("W", torch.zeros(2), 2, "(dim, K)")


@pytest.mark.parametrize("value", [0, 1.0, True, "3"])
def test_what_is_no_count(value: object, unchecked: None) -> None:
    check_count("n", 1)
    check_count("n", 0, least=0)
    with pytest.raises(ValueError, match=f"n must be an integer >= 1. Got {value!r}."):
        check_count("n", value)


@pytest.mark.parametrize("value", [0.0, -1.0, math.inf, math.nan])
def test_what_is_not_positive(value: float) -> None:
    check_positive("lr", 1e-300)
    with pytest.raises(ValueError, match=f"lr must be finite and > 0. Got {value}."):
        check_positive("lr", value)


def test_coldness() -> None:
    check_beta(0.0)
    check_beta(math.inf, zero=False)
    for value in (-1.0, math.nan):
        with pytest.raises(ValueError, match=f"beta must be >= 0. Got {value}."):
            check_beta(value)
    with pytest.raises(ValueError, match=r"beta must be > 0. Got 0.0."):
        check_beta(0.0, zero=False)


def test_nan_is_counted_and_vmap_is_let_through() -> None:
    y = torch.tensor([0.0, math.nan, math.nan])
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 2 of them."):
        check_no_nan("y", y)

    def checked(one: torch.Tensor) -> torch.Tensor:
        check_no_nan("y", one)
        return one

    assert torch.func.vmap(checked)(y[:1]).item() == 0
