"""Forward-forward: no gradient between layers, energies as one would write them by hand."""

import pytest
import torch

from ebmlib.nets.forward_forward import ForwardForward


def test_energies_by_hand(generator) -> None:
    net = ForwardForward([3, 5, 4], 2, [generator(0)])
    x = torch.randn(1, 1, 3, generator=generator(1))
    for c in range(2):
        h = torch.cat((x[0, 0], 2 * torch.eye(2)[c]))
        total = torch.zeros(())
        for W in net.W:
            h = h / h.square().mean().sqrt()
            h = (h @ W[0, :-1] + W[0, -1]).clamp(min=0)
            total = total - h.square().mean()
        torch.testing.assert_close(net.energies(x)[0, 0, c], total, atol=1e-5, rtol=1e-4)


def test_a_layer_learns_from_its_own_energy_alone(generator) -> None:
    """The first layer's gradient is that of a net which has no second one."""
    deep = ForwardForward([3, 5, 4], 2, [generator(0)])
    alone = ForwardForward([3, 5], 2, [generator(0)])
    torch.testing.assert_close(deep.W[0].data, alone.W[0].data)
    x = torch.randn(1, 7, 3, generator=generator(1))
    right = torch.randint(2, (1, 7), generator=generator(2))
    for net in (deep, alone):
        net.loss(x, right, 1 - right).backward()
    torch.testing.assert_close(deep.W[0].grad, alone.W[0].grad)


def test_nets_do_not_mix(generator) -> None:
    both = ForwardForward([3, 5], 2, [generator(0), generator(1)])
    second = ForwardForward([3, 5], 2, [generator(1)])
    x = torch.randn(2, 7, 3, generator=generator(2))
    torch.testing.assert_close(both.energies(x)[1:], second.energies(x[1:]))


def test_errors(generator, unchecked) -> None:
    with pytest.raises(ValueError, match=r"Got \[3\] and 1."):
        ForwardForward([3], 2, [generator(0)])
    net = ForwardForward([3, 5], 2, [generator(0)])
    with pytest.raises(ValueError, match=r"x must have shape \(nets, batch, 3\)"):
        net.energies(torch.zeros(1, 7, 4))
