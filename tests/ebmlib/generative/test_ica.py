"""Independent components against scikit-learn, autograd and closed forms."""

import pytest
import torch
from sklearn.decomposition import FastICA

from ebmlib.generative.ica import amari, infomax, whitener
from tests.helpers.draws import normal


def mixed(seed: int, n: int = 2000) -> tuple[torch.Tensor, torch.Tensor]:
    """A peaked, a flat and another peaked source, and the matrix that mixed them."""
    u = torch.rand(3, n, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) - 0.5
    peaked = -u.sign() * (-2 * u.abs()).log1p() / 2**0.5
    s = torch.stack([peaked[0], u[1] * 12**0.5, peaked[2]], 1)
    A = normal(3, 3, seed=seed)
    y = s @ A.mT
    return y - y.mean(0), A


def test_whitened_samples_have_the_identity_as_covariance() -> None:
    y, _ = mixed(0)
    z = y @ whitener(y).mT
    torch.testing.assert_close(torch.cov(z.mT, correction=0), torch.eye(3, dtype=z.dtype))


@pytest.mark.parametrize("seed", range(3))
def test_it_unmixes_as_well_as_fast_ica(seed: int) -> None:
    y, A = mixed(seed)
    V = whitener(y)
    run = infomax(y @ V.mT)
    assert sorted(run.sign.tolist()) == [-1, 1, 1]
    theirs = FastICA(3, fun="logcosh", whiten="unit-variance", random_state=0).fit(y.numpy())
    other = float(amari(torch.from_numpy(theirs.components_) @ A))
    assert float(amari(V @ A)) > 0.1
    assert float(amari(run.W @ V @ A)) < min(0.05, other + 0.02)


@pytest.mark.parametrize("extended", [False, True])
def test_a_step_is_the_natural_gradient(extended: bool) -> None:
    y = normal(100, 3, seed=1).pow(3) / 3
    W = torch.eye(3, dtype=y.dtype, requires_grad=True)
    s = y @ W.mT
    one = infomax(y, steps=1, eta=0.01, extended=extended)
    bent = s.cosh().log()
    E = s.square() / 2 + one.sign * bent if extended else bent
    (E.sum(-1).mean() - torch.linalg.slogdet(W).logabsdet).backward()
    assert W.grad is not None
    torch.testing.assert_close(one.W, W.detach() - 0.01 * W.grad)  # W^T W = I here


def test_a_batch_is_each_of_its_runs() -> None:
    y = torch.stack([mixed(seed, 300)[0] for seed in range(2)])
    both = infomax(y, steps=20)
    for k in range(2):
        one = infomax(y[k], steps=20)
        torch.testing.assert_close(both.W[k], one.W)
        torch.testing.assert_close(both.sign[k], one.sign)


def test_amari_knows_permutations_and_the_worst_case() -> None:
    P = torch.tensor([[0.0, -3.0, 0.0], [0.0, 0.0, 0.1], [2.0, 0.0, 0.0]])
    assert amari(P) == 0
    assert amari(torch.ones(4, 4)) == 1
    assert amari(torch.tensor([[1.0, 0.5], [0.0, 1.0]])) == pytest.approx(0.25)


def test_errors(unchecked) -> None:
    y = torch.zeros(5, 2)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, n, dim\). Got \(5,\)."):
        whitener(y[:, 0])
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, n, dim\). Got \(5,\)."):
        infomax(y[:, 0])
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        infomax(y, steps=0)
    with pytest.raises(ValueError, match=r"eta must be finite and > 0. Got 0.0."):
        infomax(y, eta=0.0)
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 10 of them."):
        infomax(y * float("nan"))
    with pytest.raises(ValueError, match=r"P must have shape \(\*batch, dim, dim\). Got \(3,\)."):
        amari(torch.ones(3))
    with pytest.raises(ValueError, match=r"P must have shape \(\*batch, 3, 3\). Got \(3, 2\)."):
        amari(torch.ones(2, 3))
    with pytest.raises(ValueError, match=r"the number of rows of P must be an integer >= 2. Got 1"):
        amari(torch.ones(1, 1))
