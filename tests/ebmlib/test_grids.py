"""Grids of angles, of the plane, of squares and of boxes."""

import math

import pytest
import torch

from ebmlib.grids import angles, box, centres, circle, nodes, plane


def test_centres() -> None:
    x = centres(2.0, 4)
    assert x.shape == (16, 2)
    assert x[0].tolist() == [-1.5, -1.5]
    assert x[1].tolist() == [-0.5, -1.5]


def test_box() -> None:
    torch.testing.assert_close(box(1, 3, 2.0), torch.tensor([[-2.0], [0.0], [2.0]]))
    z = box(2, 5)
    assert z.shape == (25, 2)
    assert len(z.unique(dim=0)) == 25
    assert float(z.min()) == -1
    assert float(z.max()) == 1


def test_bad_boxes(unchecked) -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 2. Got 1."):
        box(1, 1)
    with pytest.raises(ValueError, match=r"half must be finite and > 0. Got 0"):
        box(1, 3, 0.0)


def test_angles_are_half_open() -> None:
    z = angles()
    assert z.shape == (48, 1)
    assert float(z[0]) == 0
    torch.testing.assert_close(z[1:] - z[:-1], torch.full((47, 1), math.pi / 24))
    assert float(z[-1]) < 2 * math.pi - 0.1


def test_no_angle_is_refused(unchecked) -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 1. Got 0."):
        angles(0)


def test_the_circle_is_even_and_closed_by_its_first_point() -> None:
    points = circle(angles(12, dtype=torch.float64))
    torch.testing.assert_close(points.norm(dim=1), torch.ones(12).double())
    steps = (points.roll(-1, 0) - points).norm(dim=1)
    torch.testing.assert_close(steps, steps[:1].expand(12))


def test_a_row_of_the_plane_is_a_height() -> None:
    wide, high = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([5.0, 6.0])
    points = plane(wide, high)
    assert points.shape == (2, 3, 2)
    assert points[1, 2].tolist() == [2.0, 6.0]
    assert torch.equal(plane(wide), plane(wide, wide))


def test_nodes_reach_the_rim_and_centres_do_not() -> None:
    assert torch.equal(nodes(-1.0, 1.0, 3), plane(torch.tensor([-1.0, 0.0, 1.0])).reshape(-1, 2))
    assert centres(1.0, 2).tolist() == [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]]


def test_what_grids_refuse(unchecked) -> None:
    with pytest.raises(ValueError, match=r"y_1 must have shape \(columns,\). Got \(2, 2\)."):
        plane(torch.zeros(2, 2))
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, 1\). Got \(3,\)."):
        circle(torch.zeros(3))
    with pytest.raises(ValueError, match=r"side must be an integer >= 1. Got 0."):
        nodes(0.0, 1.0, 0)
    with pytest.raises(ValueError, match=r"half must be finite and > 0. Got -1.0."):
        centres(-1.0, 3)
