"""Functions such as live figures have: energies, torch's own gradients, learning, noise."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ebmlib.energy import free_energy, free_energy_inf, gibbs

SAMPLES = torch.randn(24, 2, generator=torch.Generator().manual_seed(3), dtype=torch.float64)


def _ellipse(w: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    return lambda y, z: (y - w * torch.cat((z.cos(), z.sin()), -1)).square().sum(-1)


def _angles() -> Tensor:
    return torch.arange(48)[:, None] * (2 * math.pi / 48)


def free_energies(y: Tensor, beta: Tensor) -> list[Tensor]:
    """Both free energies, the best latent, the Gibbs distribution and torch's own gradient."""
    z, E = _angles(), _ellipse(torch.tensor([2.0, 1.5], dtype=y.dtype))
    point = y[None].clone().requires_grad_()
    F = free_energy(E, point, z, beta)
    (slope,) = torch.autograd.grad(F.sum(), point)
    best = free_energy_inf(E, y[None], z)
    return [F, slope, best.F, best.z, gibbs(E, y[None], z, beta)]


def plane(y: Tensor, beta: Tensor) -> Tensor:
    """The free energy over a plane whose grid is made inside, shifted by y."""
    side = torch.linspace(-2.8, 2.8, 21, dtype=y.dtype)
    grid = torch.stack(torch.meshgrid(side, side, indexing="xy"), -1).reshape(-1, 2)
    E = _ellipse(torch.tensor([2.0, 1.5], dtype=y.dtype))
    return free_energy(E, grid + y, _angles(), beta).reshape(21, 21)


def training_step(w: Tensor, rate: Tensor) -> Tensor:
    """One step of gradient descent on the mean free energy."""
    w = w.clone().requires_grad_()
    loss = free_energy(_ellipse(w), SAMPLES.to(w.dtype), _angles().to(w.dtype), 3.0).mean()
    (slope,) = torch.autograd.grad(loss, w)
    return (w - rate * slope).detach()


def net_step(W: Tensor, b: Tensor, V: Tensor) -> list[Tensor]:
    """Adam's first step of a net of two layers with layer norm, by cross-entropy."""
    parameters = [one.clone().requires_grad_() for one in (W, b, V)]
    x = SAMPLES.to(W.dtype)
    h = torch.nn.functional.layer_norm(torch.tanh(x @ parameters[0] + parameters[1]), (5,))
    loss = torch.nn.functional.cross_entropy(h @ parameters[2], (x[:, 0] > 0).long())
    slopes = torch.autograd.grad(loss, parameters)
    return [
        p.detach() - 0.01 * g / (g.square().sqrt() + 1e-3)
        for p, g in zip(parameters, slopes, strict=True)
    ]


def gradients(x: Tensor) -> list[Tensor]:
    """Backward passes of what figures are made of."""
    nnf, eye = torch.nn.functional, torch.eye(3, dtype=x.dtype)
    losses: list[Callable[[Tensor], Tensor]] = [
        lambda x: x.softmax(-1).square().sum() + x.logsumexp(0).sum(),
        lambda x: x.amax(1).sum() + x.min(0).values.sum() + x.sort(1).values[:, 0].sum(),
        lambda x: nnf.softplus(x).sum() + nnf.gelu(x).sum() + x.sigmoid().prod() + nnf.elu(x).sum(),
        lambda x: x[[0, 2, 2]].sum() + x[:, 1:].square().sum() + x.cumsum(0).square().sum(),
        lambda x: torch.cat((x, 2 * x)).norm() + x.var() + x.std(0).sum() + x.abs().sum(),
        lambda x: nnf.conv1d(x[None], torch.ones(2, 3, 2, dtype=x.dtype)).square().sum(),
        lambda x: torch.linalg.inv(x[:, :3] @ x[:, :3].mT + 2 * eye).sum(),
        lambda x: torch.linalg.solve(x[:, :3] + 6 * eye, x[:, 3:]).sum(),
        lambda x: torch.linalg.solve((x[:, :3] + 6 * eye).mT, x[:, 3]).sum(),
        lambda x: torch.linalg.det(x[:2, :2]) + torch.linalg.det(x[:, 1:].contiguous()),
        lambda x: torch.linalg.det(x[:, 1:].mT) + torch.cdist(x, x[:2] + 1).sum(),
        lambda x: torch.where(x > 0, x, 0.1 * x).clamp(-1, 1).sum() + torch.atan2(x, x + 3).sum(),
    ]  # fmt: skip
    found = []
    for loss in losses:
        point = x.clone().requires_grad_()
        found += torch.autograd.grad(loss(point), point)
    return found


FIGURES: dict[str, tuple[Callable[..., Any], list[tuple[int, ...]]]] = {
    "free energies": (free_energies, [(2,), ()]),
    "plane": (plane, [(2,), ()]),
    "training step": (training_step, [(2,), ()]),
    "step of a net": (net_step, [(2, 5), (5,), (5, 2)]),
    "gradients": (gradients, [(3, 4)]),
}
