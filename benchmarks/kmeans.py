"""K-means beside scikit-learn: inertia and seconds on 10 000 x 32, k = 16, in one run.

python -m benchmarks.kmeans [--seeds 5] [--threads 1]
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from statistics import median

import torch
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from ebmlib.generative.kmeans import kmeans


def data(seed: int) -> torch.Tensor:
    """16 wide clusters that overlap."""
    generator = torch.Generator().manual_seed(seed)
    centres = 1.5 * torch.randn(16, 32, generator=generator)
    k = torch.randint(16, (10_000,), generator=generator)
    return centres[k] + torch.randn(10_000, 32, generator=generator)


def seconds(run: Callable[[], float]) -> tuple[float, float]:
    """The inertia that a run returns, and its CPU seconds in all threads."""
    start = time.process_time()
    inertia = run()
    return inertia, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1, help="of each; fewer waits to count")
    options = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    torch.set_num_threads(options.threads)
    threadpool_limits(options.threads)  # scikit-learn's
    print(
        f"threads {options.threads}; 10 000 x 32, k = 16, 10 restarts each, by turns; "
        f"CPU seconds, median of {options.repeats}"
    )
    print("seed  ebmlib: inertia  s     scikit-learn: inertia  s     inertias   seconds")
    for seed in range(options.seeds):
        y = data(seed)

        def ours(y: torch.Tensor = y, seed: int = seed) -> float:
            generator = torch.Generator().manual_seed(seed)
            return float(kmeans(y, 16, restarts=10, generator=generator).inertia)

        def theirs(y: torch.Tensor = y, seed: int = seed) -> float:
            return float(KMeans(16, n_init=10, random_state=seed, tol=0.0).fit(y.numpy()).inertia_)

        # The first run of each warms up; then they take turns, so that both meet the same machine.
        runs = [(seconds(ours), seconds(theirs)) for _ in range(options.repeats + 1)][1:]
        mine, peer = ((one[0][0], median(s for _, s in one)) for one in zip(*runs, strict=True))
        print(
            f"{seed:4d}  {mine[0]:15.1f}  {mine[1]:.2f}  {peer[0]:21.1f}  {peer[1]:.2f}  "
            f"{mine[0] / peer[0]:.6f}  {mine[1] / peer[1]:.2f}"
        )


if __name__ == "__main__":
    main()
