"""A net that starts as ISTA and learns."""

import torch

from ebmlib.sparse.amortised import LISTA, predictive_energy
from ebmlib.sparse.codes import energy, ista


def test_lista_starts_as_ista_and_learns(problem) -> None:
    W, y = problem
    net = LISTA(W, 0.2, 4)
    start = ista(y, W, 0.2, steps=4).z
    torch.testing.assert_close(net(y), start)
    optimiser = torch.optim.Adam(net.parameters(), 3e-3)
    for _ in range(60):
        optimiser.zero_grad()
        L = energy(y, net(y), W, 0.2).mean()
        L.backward()
        optimiser.step()
    assert L.item() < energy(y, start, W, 0.2).mean().item() - 0.05
    z = net(y).detach()
    pulled = predictive_energy(y, z, z + 1, W, 0.2, alpha=0.5)
    torch.testing.assert_close(pulled, energy(y, z, W, 0.2) + 0.5 * 32)


def test_atoms_of_no_length_make_no_code(problem) -> None:
    W, y = problem
    assert LISTA(0 * W, 0.2, 2)(y).abs().max() == 0
