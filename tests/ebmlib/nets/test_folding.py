"""A net that folds, and how its pieces double."""

import pytest
import torch

from ebmlib.grids import centres
from ebmlib.nets.folding import folding_net
from ebmlib.nets.pieces import area, pieces
from ebmlib.nets.regions import count_regions


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 7])
def test_folds_double(depth: int) -> None:
    net = folding_net(depth)
    assert count_regions(net, centres(1.0, 64)) == 2**depth
    found = pieces(net)
    assert len(found) == 2**depth
    for piece in found:
        assert float(area(piece.corners)) == pytest.approx(4 / 2**depth)
        torch.testing.assert_close((piece.W @ piece.W.T), torch.eye(2).double())  # no stretching


def test_fold_lands_on_the_small_sheet() -> None:
    x = centres(1.0, 32)
    sheet = folding_net(4)(x).detach()
    assert float(sheet.abs().max()) <= 0.25
    mirror = folding_net(1)
    torch.testing.assert_close(mirror(x), mirror(x * torch.tensor([-1.0, 1.0])))


def test_a_net_of_no_folds_is_refused(unchecked) -> None:
    with pytest.raises(ValueError, match=r"depth must be an integer >= 1. Got 0."):
        folding_net(0)
