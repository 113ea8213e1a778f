"""Sparse codes beside scikit-learn's lasso_cd: 5000 samples, 128 atoms in 64 dimensions.

python -m benchmarks.lasso [--samples 5000]

scikit-learn minimises (1/2)|y - W z|^2 + alpha |z|_1, half of our energy for alpha = lambda/2.
Both objectives are measured in our energy.
"""

from __future__ import annotations

import argparse
import os
import time
from statistics import median

os.environ["PYTHONWARNINGS"] = "ignore"  # in joblib's workers too: float32 misses their tolerance

import torch
from sklearn.decomposition import sparse_encode

from ebmlib.data.planted import planted
from ebmlib.sparse.codes import energy, fista
from ebmlib.sparse.dictionary import unit_columns


def theirs(y: torch.Tensor, W: torch.Tensor, lam: float) -> torch.Tensor:
    """scikit-learn's codes, on two cores, in float64, where its stopping rule works."""
    codes = sparse_encode(
        y.double().numpy(),
        W.mT.contiguous().double().numpy(),
        algorithm="lasso_cd",
        alpha=lam / 2,
        n_jobs=2,
        max_iter=1000,
    )
    return torch.from_numpy(codes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    samples, repeats = options.samples, options.repeats
    generator = torch.Generator().manual_seed(0)
    W = unit_columns(torch.randn(64, 128, generator=generator))
    y = planted(samples, W, 5, noise=0.1, generator=generator).y
    theirs(y[:100], W, 1.0)  # starts joblib's workers, which is not what we measure
    print(
        f"threads {torch.get_num_threads()}, cores {os.cpu_count()}; mean energy, "
        f"seconds by the clock, median of {repeats} by turns"
    )
    for lam in (0.2, 0.5, 1.0):
        mine, peer = [], []
        for _ in range(repeats):
            start = time.perf_counter()
            ours = fista(y, W, lam, steps=5000, tolerance=0.01 * lam).z
            mine.append(time.perf_counter() - start)
            start = time.perf_counter()
            peers = theirs(y, W, lam)
            peer.append(time.perf_counter() - start)
        exact = [t.double() for t in (y, W)]
        E = [float(energy(exact[0], z.double(), exact[1], lam).mean()) for z in (ours, peers)]
        print(
            f"lambda {lam}: FISTA {E[0]:.6f} in {median(mine):.2f} s, lasso_cd {E[1]:.6f} "
            f"in {median(peer):.2f} s, speed-up {median(peer) / median(mine):.1f}"
        )


if __name__ == "__main__":
    main()
