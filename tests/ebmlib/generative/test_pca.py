"""Principal components against scikit-learn, and a maximum of the likelihood."""

import pytest
import torch
from sklearn.decomposition import PCA

from ebmlib.gaussian import nll
from ebmlib.generative.pca import pca, probabilistic_pca, residual
from tests.helpers.draws import normal


def test_pca_equals_scikit_learn() -> None:
    y = normal(200, 3, seed=0) * torch.tensor([3.0, 1.0, 0.3])
    ours, theirs = pca(y, 2), PCA(2).fit(y.numpy())
    torch.testing.assert_close(
        (ours.V.mT @ torch.from_numpy(theirs.components_).mT).abs(),
        torch.eye(2).double(),
        atol=1e-9,
        rtol=0,
    )
    back = torch.from_numpy(theirs.inverse_transform(theirs.transform(y.numpy())))
    torch.testing.assert_close(residual(y, ours), (y - back).square().sum(-1))


def test_probabilistic_pca_is_at_a_maximum_of_the_likelihood() -> None:
    y = normal(200, 3, seed=0) * torch.tensor([3.0, 1.0, 0.3])
    model = probabilistic_pca(y, 2, 0.5)
    gaussian = torch.distributions.MultivariateNormal(model.mean, model.covariance)
    lowest = nll(y, model.mean, model.covariance)
    torch.testing.assert_close(lowest, -gaussian.log_prob(y))
    for seed in range(5):
        W = model.W + 0.05 * normal(3, 2, seed=seed)
        other = W @ W.mT + 0.25 * torch.eye(3).double()
        assert nll(y, model.mean, other).mean() > lowest.mean()
    assert probabilistic_pca(y, 2, 10.0).W.abs().max() == 0


def test_more_components_than_dimensions(unchecked) -> None:
    with pytest.raises(ValueError, match=r"d must be at most 3. Got 4."):
        pca(torch.zeros(4, 3), 4)
