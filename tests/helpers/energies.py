"""Energies with known minima."""

import torch


def bowl(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """A quadratic of curvatures 2, 6 and 10 with its minimum at y."""
    return ((z - y) ** 2 * torch.tensor([1.0, 3.0, 5.0], dtype=z.dtype)).sum(-1)


def rosenbrock(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    z = z - y
    return (100 * (z[..., 1:] - z[..., :-1] ** 2) ** 2 + (1 - z[..., :-1]) ** 2).sum(-1)
