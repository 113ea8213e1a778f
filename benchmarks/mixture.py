"""A mixture of Gaussians beside scikit-learn: 10 000 x 8, ten components, sixty turns.

    python -m benchmarks.mixture [--repeats 5] [--seeds 3]

Both start from the same components and take as many turns without a floor, so that they must find
the same mixture: the mean free energy of the samples is printed, in nats.
"""

from __future__ import annotations

import warnings

import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from torch import Tensor

from benchmarks.turns import asked, head, race
from ebmlib.generative.mixture import em

SAMPLES, DIM, K, TURNS = 10_000, 8, 10, 60


def data(seed: int) -> tuple[Tensor, Tensor]:
    """Ten clusters that overlap, and ten samples as the means of the start."""
    generator = torch.Generator().manual_seed(seed)
    centres = 1.5 * torch.randn(K, DIM, generator=generator, dtype=torch.float64)
    k = torch.randint(K, (SAMPLES,), generator=generator)
    y = centres[k] + torch.randn(SAMPLES, DIM, generator=generator, dtype=torch.float64)
    return y, y[torch.randperm(SAMPLES, generator=generator)[:K]]


def ours(y: Tensor, w: Tensor) -> float:
    C = torch.eye(DIM, dtype=y.dtype).expand(K, DIM, DIM)
    return float(em(y, w, C, torch.full((K,), 1 / K, dtype=y.dtype), turns=TURNS).history[-1])


def peer(y: Tensor, w: Tensor) -> float:
    eyes = torch.eye(DIM, dtype=y.dtype).expand(K, DIM, DIM).numpy()
    theirs = GaussianMixture(
        K, means_init=w.numpy(), precisions_init=eyes, weights_init=[1 / K] * K,
        max_iter=TURNS, tol=0.0, reg_covar=0.0,
    )  # fmt: skip
    return -float(theirs.fit(y.numpy()).score(y.numpy()))


def main() -> None:
    options = asked(__doc__)
    warnings.simplefilter("ignore", ConvergenceWarning)
    print(head("scikit-learn"))
    for seed in range(options.seeds):
        y, w = data(seed)
        times = race(lambda: ours(y, w), lambda: peer(y, w), options.repeats)  # noqa: B023
        told = ", theirs ".join(f"{one(y, w):.6f}" for one in (ours, peer))
        print(times.row(f"draw {seed}", f"free energy {told} nats"))


if __name__ == "__main__":
    main()
