"""Inference of 1 000 latents: ours in one batch beside scipy sample by sample.

Run with `python -m benchmarks.infer`. Both sides minimise the same energy from the same starts
in float64, and both must reach the same minima. scipy is given its best chance: once the torch
energy with its autograd gradient, and once energy and gradient written by hand in Python.

Then 100 000 latents beside what their energies alone must take: the evaluations that a sample needs
on average, times one evaluation, with its gradient, of all samples at once.
"""

import argparse
import math
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from scipy.optimize import minimize

from benchmarks.turns import cpu_seconds, spread
from ebmlib.data.ellipse import ellipse
from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.lbfgs import lbfgs
from ebmlib.infer.minimum import Method, Minimum, value_and_gradient
from ebmlib.latent.ellipse import UNTRAINED, Ellipse

TOLERANCE = 1e-6
PAIRS: dict[str, tuple[Method, str]] = {
    "L-BFGS": (lbfgs, "L-BFGS-B"),
    "conjugate gradient": (conjugate_gradient, "CG"),
}
Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]


class Problem(NamedTuple):
    """An energy, its targets and starts, and the energy of one target for scipy."""

    E: torch.nn.Module
    y: torch.Tensor
    z: torch.Tensor
    by_hand: Callable[[np.ndarray], Objective]


class Planar(torch.nn.Module):
    """A latent of two numbers, angle and thickness: a harder valley than one angle."""

    def forward(self, y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        a, r = z[..., :1], z[..., 1:]
        made = (1 + r) * torch.cat([1.45 * a.cos(), 0.35 * a.sin()], -1)
        return (y - made).square().sum(-1) + r.square().sum(-1)


def ellipse_by_hand(y: np.ndarray) -> Objective:
    (y1, y2), (w1, w2) = y.tolist(), UNTRAINED

    def objective(z: np.ndarray) -> tuple[float, np.ndarray]:
        c, s = math.cos(z[0]), math.sin(z[0])
        r1, r2 = y1 - w1 * c, y2 - w2 * s
        return r1 * r1 + r2 * r2, np.array([2 * (r1 * w1 * s - r2 * w2 * c)])

    return objective


def planar_by_hand(y: np.ndarray) -> Objective:
    y1, y2 = y.tolist()

    def objective(z: np.ndarray) -> tuple[float, np.ndarray]:
        a, r = z.tolist()
        p1, p2 = 1.45 * math.cos(a), 0.35 * math.sin(a)
        d1, d2 = y1 - (1 + r) * p1, y2 - (1 + r) * p2
        q1, q2 = -1.45 * math.sin(a), 0.35 * math.cos(a)
        slope_a = -2 * (1 + r) * (d1 * q1 + d2 * q2)
        slope_r = -2 * (d1 * p1 + d2 * p2) + 2 * r
        return d1 * d1 + d2 * d2 + r * r, np.array([slope_a, slope_r])

    return objective


def by_autograd(E: torch.nn.Module, y: torch.Tensor) -> Objective:
    def objective(z: np.ndarray) -> tuple[float, np.ndarray]:
        latent = torch.from_numpy(z).requires_grad_()
        e = E(y, latent)
        (g,) = torch.autograd.grad(e, latent)
        return e.item(), g.numpy()

    return objective


def scipy_one_by_one(
    objectives: list[Objective], z: np.ndarray, method: str
) -> tuple[float, np.ndarray]:
    begun = time.perf_counter()
    ends = [
        minimize(f, start, jac=True, method=method, options={"gtol": TOLERANCE})
        for f, start in zip(objectives, z, strict=True)
    ]
    return time.perf_counter() - begun, np.array([end.fun for end in ends])


def ours(problem: Problem, method: Method, repeats: int) -> tuple[float, Minimum]:
    best = math.inf
    for _ in range(repeats):
        begun = time.perf_counter()
        found = method(problem.E, problem.y, problem.z, tolerance=TOLERANCE)  # type: ignore[call-arg]
        best = min(best, time.perf_counter() - begun)
    return best, found


def row(name: str, problem: Problem, samples: int, repeats: int) -> None:
    for label, (method, peer) in PAIRS.items():
        seconds, found = ours(problem, method, repeats)
        line = f"{name:18} {label:19} {seconds * 1e3:8.1f} ms"
        peers = {
            "autograd": [by_autograd(problem.E, y) for y in problem.y],
            "by hand": [problem.by_hand(y.numpy()) for y in problem.y],
        }
        for objectives in peers.values():
            peer_seconds, e = scipy_one_by_one(objectives, problem.z.numpy(), peer)
            line += f" {peer_seconds * 1e3:9.0f} ms {peer_seconds / seconds:7.0f} x"
        gap = found.E.numpy() - e
        same = float(np.mean(np.abs(gap) < 1e-8))
        lower = float(np.mean(gap < -1e-8))
        print(
            f"{line}   converged {float(found.converged.double().mean()):.3f}, same minimum"
            f" {same:.3f}, ours lower {lower:.3f}, mean E {float(found.E.mean()):.6f}"
            f" / {float(e.mean()):.6f}"
        )


def beside_its_limit(name: str, problem: Problem, repeats: int) -> None:
    E, y, z = problem.E, problem.y, problem.z
    for label, (method, _) in PAIRS.items():
        looks = float(method(E, y, z, tolerance=TOLERANCE).evaluations.double().mean())  # type: ignore[call-arg]
        took, times = [], []
        for _ in range(repeats):  # in turns: the machine may be faster now and then
            one = [cpu_seconds(lambda: value_and_gradient(E, y, z)) for _ in range(5)]
            took.append(cpu_seconds(lambda: method(E, y, z, tolerance=TOLERANCE)))  # type: ignore[call-arg] # noqa: B023
            times.append(took[-1] / (looks * statistics.median(one)))
        milliseconds = spread([1e3 * seconds for seconds in took], 0)
        print(
            f"{name:18} {label:19} {milliseconds:>24} {looks:12.1f} {spread(times, 1):>24} (goal 4)"
        )


def problems(samples: int) -> dict[str, Problem]:
    """The energies, each with so many targets and starts."""
    generator = torch.Generator().manual_seed(0)
    y = ellipse(samples, x=0, generator=generator, dtype=torch.float64).y
    z = 2 * math.pi * torch.rand(samples, 1, generator=generator, dtype=torch.float64)
    two = torch.cat([z, torch.zeros_like(z)], -1)
    scalar = Ellipse(torch.tensor(UNTRAINED, dtype=torch.float64)).requires_grad_(False)
    return {
        "angle": Problem(scalar, y, z, ellipse_by_hand),
        "angle, thickness": Problem(Planar(), y, two, planar_by_hand),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3, help="ours runs so often; best kept")
    parser.add_argument("--many", type=int, default=100_000, help="samples beside their limit")
    args = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{args.samples} samples, float64, one thread, gradient below {TOLERANCE}")
    print(
        f"{'energy':18} {'method':19} {'ours':>11} {'scipy, autograd':>22} {'scipy, by hand':>22}"
    )
    for name, problem in problems(args.samples).items():
        row(name, problem, args.samples, args.repeats)
    print(f"\n{args.many} samples beside the time of their energies alone")
    print(
        f"{'energy':18} {'method':19} {'ours, CPU ms':>24} {'evaluations':>12} "
        f"{'times that of energies':>24}"
    )
    for name, problem in problems(args.many).items():
        beside_its_limit(name, problem, 3 * args.repeats)


if __name__ == "__main__":
    main()
