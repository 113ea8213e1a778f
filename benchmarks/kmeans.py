"""K-means beside scikit-learn: inertia and seconds on 10 000 x 32, k = 16, in one run.

python -m benchmarks.kmeans [--seeds 5]
"""

from __future__ import annotations

import argparse
import time
import warnings

import torch
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from ebmlib.kmeans import kmeans


def data(seed: int) -> torch.Tensor:
    """16 wide clusters that overlap."""
    generator = torch.Generator().manual_seed(seed)
    centres = 1.5 * torch.randn(16, 32, generator=generator)
    k = torch.randint(16, (10_000,), generator=generator)
    return centres[k] + torch.randn(10_000, 32, generator=generator)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args().seeds
    warnings.simplefilter("ignore", ConvergenceWarning)
    print(f"threads {torch.get_num_threads()}; 10 000 x 32, k = 16, 10 restarts each")
    print("seed  ebmlib: inertia  s     scikit-learn: inertia  s     ratio of inertias")
    for seed in range(seeds):
        y = data(seed)
        start = time.perf_counter()
        ours = kmeans(y, 16, restarts=10, generator=torch.Generator().manual_seed(seed))
        mine = time.perf_counter() - start
        numbers = y.numpy()
        start = time.perf_counter()
        theirs = KMeans(16, n_init=10, random_state=seed, tol=0.0).fit(numbers)
        peer = time.perf_counter() - start
        ratio = float(ours.inertia) / theirs.inertia_
        print(
            f"{seed:4d}  {float(ours.inertia):15.1f}  {mine:.2f}  {theirs.inertia_:21.1f}  "
            f"{peer:.2f}  {ratio:.6f}"
        )


if __name__ == "__main__":
    main()
