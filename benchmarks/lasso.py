"""Sparse codes beside scikit-learn's lasso_cd: 5000 samples, 128 atoms in 64 dimensions.

python -m benchmarks.lasso [--samples 5000]

scikit-learn minimises (1/2)|y - W z|^2 + alpha |z|_1, half of our energy for alpha = lambda/2.
Both objectives are measured in our energy.
"""

from __future__ import annotations

import argparse
import os
import time

import torch
from sklearn.decomposition import sparse_encode

from ebmlib.data.toys import planted
from ebmlib.sparse.codes import energy, fista
from ebmlib.sparse.dictionary import unit_columns


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=5000)
    samples = parser.parse_args().samples
    generator = torch.Generator().manual_seed(0)
    W = unit_columns(torch.randn(64, 128, generator=generator))
    y = planted(samples, W, 5, noise=0.1, generator=generator).y
    print(f"threads {torch.get_num_threads()}, cores {os.cpu_count()}; mean energy, seconds")
    for lam in (0.2, 0.5, 1.0):
        start = time.perf_counter()
        ours = fista(y, W, lam, steps=5000, tolerance=1e-3).z
        mine = time.perf_counter() - start
        start = time.perf_counter()
        theirs = torch.from_numpy(
            sparse_encode(
                y.numpy(),
                W.mT.contiguous().numpy(),
                algorithm="lasso_cd",
                alpha=lam / 2,
                n_jobs=2,
                max_iter=1000,
            )
        )
        peer = time.perf_counter() - start
        E = [float(energy(y, z.to(y), W, lam).mean()) for z in (ours, theirs)]
        print(
            f"lambda {lam}: FISTA {E[0]:.6f} in {mine:.2f} s, "
            f"lasso_cd {E[1]:.6f} in {peer:.2f} s, speed-up {peer / mine:.1f}"
        )


if __name__ == "__main__":
    main()
