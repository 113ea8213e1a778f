"""Norms inside a net: torch's modules are the truth, and autograd is for their gradients."""

import pytest
import torch
from torch import nn

from ebmlib.optimise.norm import AXES, clip_by_norm, norm_backward, normalise


def batch(generator, *shape: int) -> torch.Tensor:
    return 2 + 3 * torch.randn(*shape, generator=generator(0), dtype=torch.float64)


def test_the_four_norms_are_torchs(generator) -> None:
    s = batch(generator, 5, 6, 7)
    peers = {
        "batch": nn.BatchNorm1d(6, affine=False, dtype=torch.float64),
        "layer": nn.LayerNorm((6, 7), elementwise_affine=False, dtype=torch.float64),
        "instance": nn.InstanceNorm1d(6, dtype=torch.float64),
    }
    for kind, peer in peers.items():
        ours = normalise(s, AXES[kind]).h
        torch.testing.assert_close(ours, peer(s), atol=1e-12, rtol=0)


@pytest.mark.parametrize("groups", [1, 2, 3, 6])
def test_the_group_norm_is_torchs(groups: int, generator) -> None:
    s = batch(generator, 5, 6, 7)
    ours = normalise(s.unflatten(1, (groups, -1)), AXES["group"]).h.flatten(1, 2)
    peer = nn.GroupNorm(groups, 6, affine=False, dtype=torch.float64)
    torch.testing.assert_close(ours, peer(s), atol=1e-12, rtol=0)
    if groups in (1, 6):
        same = normalise(s, AXES["layer" if groups == 1 else "instance"]).h
        torch.testing.assert_close(ours, same, atol=1e-12, rtol=0)


@pytest.mark.parametrize("dims", [(0, 2), (1, 2), (2,), (-1,)])
@pytest.mark.parametrize("eps", [0.0, 0.1])
def test_the_gradient_is_autograds(dims: tuple[int, ...], eps: float, generator) -> None:
    s, g = batch(generator, 2, 5, 6, 7).unbind()
    s.requires_grad_()
    h, sigma = normalise(s, dims, eps)
    (truth,) = torch.autograd.grad(h, s, g)
    ours = norm_backward(g, h.detach(), sigma.detach(), dims)
    torch.testing.assert_close(ours, truth, atol=1e-12, rtol=0)
    assert ours.sum(dims).abs().max() < 1e-12
    if eps == 0:
        assert (ours * h).sum(dims).abs().max() < 1e-12


@pytest.mark.parametrize("most", [0.5, 100.0])
def test_clipping_is_torchs(most: float, generator) -> None:
    gradients = [*batch(generator, 2, 4), batch(generator, 3, 2)]
    peers = [torch.zeros_like(g) for g in gradients]
    for peer, g in zip(peers, gradients, strict=True):
        peer.grad = g.clone()
    nn.utils.clip_grad_norm_(peers, most)
    for ours, peer in zip(clip_by_norm(gradients, most), peers, strict=True):
        torch.testing.assert_close(ours, peer.grad, atol=1e-5, rtol=0)


def test_no_gradient_stays_none() -> None:
    (g,) = clip_by_norm([torch.zeros(3)], 1.0)
    assert (g == 0).all()


def test_errors(unchecked) -> None:
    s = torch.zeros(2, 3)
    with pytest.raises(ValueError, match=r"dims must name axes of a tensor of 2. Got \(2,\)."):
        normalise(s, (2,))
    with pytest.raises(ValueError, match=r"dims must name axes of a tensor of 2. Got \(\)."):
        normalise(s, ())
    with pytest.raises(ValueError, match=r"eps must be >= 0. Got -1.0."):
        normalise(s, (0,), eps=-1.0)
    with pytest.raises(ValueError, match=r"g must have shape \(2, 3\). Got \(2, 1\)."):
        norm_backward(s[:, :1], s, s[:, :1], (0,))
    with pytest.raises(ValueError, match=r"most must be finite and > 0. Got 0."):
        clip_by_norm([s], 0.0)
    with pytest.raises(ValueError, match=r"gradients must hold a tensor. Got none."):
        clip_by_norm([], 1.0)
