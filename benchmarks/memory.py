"""How much memory a task takes at its peak, beyond its data and libraries: ours and its peer.

    python -m benchmarks.memory

Each contender runs in a process of its own, which does a small task first, so that what is loaded
on the first call does not count. The peak is the kernel's (VmHWM), reset before the task.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import torch

LASSO = 5000
SAMPLES = 1000
Task = Callable[[bool], None]


def infer_ours(small: bool) -> None:
    from benchmarks.infer import TOLERANCE, Planar
    from ebmlib.infer.lbfgs import lbfgs

    y, z = _planar(10 if small else SAMPLES)
    lbfgs(Planar(), y, z, tolerance=TOLERANCE)


def infer_peer(small: bool) -> None:
    from benchmarks.infer import Planar, by_autograd, scipy_one_by_one

    y, z = _planar(10 if small else SAMPLES)
    scipy_one_by_one([by_autograd(Planar(), one) for one in y], z.numpy(), "L-BFGS-B")


def kmeans_ours(small: bool) -> None:
    from benchmarks.kmeans import data
    from ebmlib.generative.kmeans import kmeans

    y = data(0)
    kmeans(y[:200] if small else y, 16, restarts=10, generator=torch.Generator().manual_seed(0))


def kmeans_peer(small: bool) -> None:
    from sklearn.cluster import KMeans

    from benchmarks.kmeans import data

    y = data(0)
    KMeans(16, n_init=10, random_state=0, tol=0.0).fit((y[:200] if small else y).numpy())


def lasso_ours(small: bool) -> None:
    from ebmlib.sparse.codes import fista

    y, W = _planted(100 if small else LASSO)
    fista(y, W, 0.5, steps=5000, tolerance=0.005)


def lasso_peer(small: bool) -> None:
    from sklearn.decomposition import sparse_encode

    y, W = (t.double().numpy() for t in _planted(100 if small else LASSO))
    atoms = W.T.copy()
    sparse_encode(y, atoms, algorithm="lasso_cd", alpha=0.25, n_jobs=1, max_iter=1000)


def _planar(samples: int) -> tuple[torch.Tensor, torch.Tensor]:
    from ebmlib.data.ellipse import ellipse

    generator = torch.Generator().manual_seed(0)
    y = ellipse(samples, x=0, generator=generator, dtype=torch.float64).y
    z = 2 * math.pi * torch.rand(samples, 1, generator=generator, dtype=torch.float64)
    return y, torch.cat([z, torch.zeros_like(z)], -1)


def _planted(samples: int) -> tuple[torch.Tensor, torch.Tensor]:
    from ebmlib.data.planted import planted
    from ebmlib.sparse.dictionary import unit_columns

    generator = torch.Generator().manual_seed(0)
    W = unit_columns(torch.randn(64, 128, generator=generator))
    return planted(samples, W, 5, noise=0.1, generator=generator).y, W


TASKS: dict[str, tuple[Task, Task]] = {
    "inference, L-BFGS, 1000 samples (SciPy, autograd)": (infer_ours, infer_peer),
    "K-means, 10 000 x 32, k = 16 (scikit-learn)": (kmeans_ours, kmeans_peer),
    "sparse codes, 5000 x 64, 128 atoms (lasso_cd)": (lasso_ours, lasso_peer),
}


def status(key: str) -> float:
    """A line of this process's status, in MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(key))) / 1024


def alone(name: str) -> None:
    """Run one contender here, and print its peak beyond what was there before, in MiB."""
    task = next(one for pair in TASKS.values() for one in pair if one.__name__ == name)
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    task(True)
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts again from here
    before = status("VmRSS")
    task(False)
    print(status("VmHWM") - before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", nargs="?")
    options = parser.parse_args()
    if options.contender:
        alone(options.contender)
        return
    print("| task (peer) | ours, MiB | peer, MiB | ours / peer |")
    print("| --- | --- | --- | --- |")
    for title, pair in TASKS.items():
        mine, peer = (
            float(subprocess.check_output([sys.executable, "-m", __spec__.name, one.__name__]))
            for one in pair
        )
        print(f"| {title} | {mine:.1f} | {peer:.1f} | {mine / max(peer, 0.1):.2f} |")


if __name__ == "__main__":
    main()
