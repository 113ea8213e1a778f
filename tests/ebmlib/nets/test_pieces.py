"""The pieces of a ReLU net against counting, areas and the net itself."""

import pytest
import torch
from torch import nn

from ebmlib.grids import centres
from ebmlib.nets.mlp import mlp
from ebmlib.nets.pieces import area, class_cells, cut, pieces
from ebmlib.nets.regions import count_regions, most_regions, patterns


@pytest.mark.parametrize("sizes", [[2, 20], [2, 10, 10], [2, 5, 5, 5, 5]])
def test_pieces_tile_the_square_and_are_the_net(sizes: list[int], generator) -> None:
    net = mlp([*sizes, 3], generator=generator(4), dtype=torch.float64)
    found = pieces(net, 3.0)
    assert float(sum(area(p.corners) for p in found)) == pytest.approx(36, abs=1e-6)
    middle = torch.stack([p.corners.mean(0) for p in found])
    affine = torch.stack([p.W @ x + p.b for p, x in zip(found, middle, strict=True)])
    torch.testing.assert_close(net(middle).detach(), affine)
    assert len(torch.unique(patterns(net, middle), dim=0)) == len(found)
    seen = count_regions(net, centres(3.0, 300, dtype=torch.float64))
    assert 0.9 * len(found) <= seen <= len(found)


def test_one_layer_never_beats_zaslavsky(generator) -> None:
    for seed in range(3):
        net = mlp([2, 12, 1], generator=generator(seed))
        assert len(pieces(net, 100.0)) <= most_regions(12)


def test_cut_keeps_what_the_line_misses() -> None:
    triangle = torch.tensor([[0.0, 0], [1, 0], [0, 1]])
    assert len(cut(triangle, torch.tensor([1.0, 0]), torch.tensor(1.0))) == 1
    halves = cut(triangle, torch.tensor([1.0, -1.0]), torch.tensor(0.0))
    assert [float(area(h)) for h in halves] == pytest.approx([0.25, 0.25])


def test_class_cells_are_the_argmax(generator) -> None:
    W = torch.randn(6, 2, generator=generator(1), dtype=torch.float64)
    b = torch.randn(6, generator=generator(2), dtype=torch.float64)
    cells = class_cells(W, b, 2.0)
    assert sum(float(area(c)) for c in cells if len(c)) == pytest.approx(16)
    x = centres(2.0, 200, dtype=torch.float64)
    share = torch.bincount((x @ W.T + b).argmax(-1), minlength=6) / len(x)
    ours = torch.tensor([float(area(c)) / 16 if len(c) else 0.0 for c in cells])
    torch.testing.assert_close(ours, share, atol=5e-3, rtol=0)
    assert any(not len(c) for c in cells) or float(ours.min()) > 0


def test_errors_of_pieces(unchecked) -> None:
    with pytest.raises(ValueError, match=r"net must hold Linear and ReLU. Got Tanh."):
        pieces(mlp([2, 3, 1], nn.Tanh))
    with pytest.raises(ValueError, match=r"half must be finite and > 0. Got 0."):
        pieces(mlp([2, 3, 1]), 0.0)
    with pytest.raises(ValueError, match=r"must have in_features=2. Got 3."):
        pieces(mlp([3, 3, 1]))


def test_pieces_of_a_net_without_biases() -> None:
    net = nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU(), nn.Linear(2, 1, bias=False))
    assert len(pieces(net)) == 4  # two lines through the origin


def test_pieces_are_cut_on_the_cpu_whatever_the_default_device() -> None:
    net = mlp([2, 3, 3], generator=torch.Generator().manual_seed(0))
    with torch.device("meta"):
        found, cells = pieces(net), class_cells(net[2].weight[:, :2], net[2].bias)
    assert {piece.W.device.type for piece in found} == {"cpu"}
    assert {corners.device.type for corners in cells} == {"cpu"}
