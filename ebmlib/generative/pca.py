r"""Principal components: the linear bottleneck, and its probabilistic form."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive


class Components(NamedTuple):
    """The directions in which the samples vary, the largest first."""

    mean: Float[Tensor, " dim"]
    V: Float[Tensor, "dim d"]
    """Orthonormal columns."""
    variances: Float[Tensor, " dim"]
    """All eigenvalues of the covariance (divided by n, as maximum likelihood has it)."""


def pca(y: Float[Tensor, "n dim"], d: int) -> Components:
    r"""First d principal components.

    Formula:
        (1/n) sum (y - mean)(y - mean)^T = V Lambda V^T; V holds the first d eigenvectors.

    Raises:
        ValueError: if y is not (n, dim), or d is not between 1 and dim.

    Source: Pearson, On lines and planes of closest fit to systems of points in space, 1901.

    Derived on: book/generative/kmeans.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    check_count("d", d)
    if d > y.shape[1]:
        raise ValueError(f"d must be at most {y.shape[1]}. Got {d}.")
    mean = y.mean(0)
    _, S, Vt = torch.linalg.svd(y - mean, full_matrices=len(y) < y.shape[1])
    variances = torch.zeros(y.shape[1], dtype=y.dtype, device=y.device)
    variances[: len(S)] = S.square() / len(y)
    return Components(mean, Vt[:d].mT, variances)


def residual(y: Float[Tensor, "*batch dim"], components: Components) -> Float[Tensor, "*batch"]:
    r"""Free energy of the linear bottleneck: the squared distance to the plane of components.

    Formula:
        F_inf(y) = min_z |y - mean - V z|^2 = |(I - V V^T)(y - mean)|^2.

    Derived on: book/generative/kmeans.md
    """
    centred = y - components.mean
    return (centred - centred @ components.V @ components.V.mT).square().sum(-1)


class Probabilistic(NamedTuple):
    """y = mean + W z + sigma eps, z ~ N(0, I)."""

    mean: Float[Tensor, " dim"]
    W: Float[Tensor, "dim d"]
    covariance: Float[Tensor, "dim dim"]
    """W W^T + sigma^2 I: that of y."""


def probabilistic_pca(y: Float[Tensor, "n dim"], d: int, sigma: float) -> Probabilistic:
    r"""Maximum likelihood of a linear decoder with a known noise.

    Formula:
        W = V diag(sqrt((lambda_i - sigma^2)^+)): a component whose variance is below the
        noise's is not used.

    Raises:
        ValueError: as `pca`, or if sigma is not positive.

    Source: Tipping and Bishop, Probabilistic principal component analysis, 1999.

    Derived on: book/generative/variational.md
    """
    check_positive("sigma", sigma)
    mean, V, variances = pca(y, d)
    W = V * (variances[:d] - sigma**2).clamp(min=0).sqrt()
    noise = sigma**2 * torch.eye(y.shape[1], dtype=y.dtype, device=y.device)
    return Probabilistic(mean, W, W @ W.mT + noise)
