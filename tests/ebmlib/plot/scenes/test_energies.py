"""An energy over one variable, and which of its minima are marked."""

import pytest
import torch

from ebmlib.plot.canvas.record import of
from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.energies import energy
from tests.helpers.recorded import series


def test_energy_marks_its_minima() -> None:
    fig, ax = figure()
    z = torch.arange(48, dtype=torch.float64) * torch.pi / 24
    energy(ax, z, torch.cos(2 * z) + 0.1 * torch.cos(z), periodic=True)
    found = {one.name: one.columns["x"] for one in of(fig).series}
    assert set(found) == {"E", "E-local", "E-least"}
    assert found["E-least"] == pytest.approx([torch.pi / 2], abs=0.2)
    assert found["E-local"] == pytest.approx([3 * torch.pi / 2], abs=0.2)


@pytest.mark.parametrize(
    ("periodic", "expected"), [(True, ["E", "E-local", "E-least"]), (False, ["E", "E-least"])]
)
def test_a_minimum_at_the_seam_needs_a_periodic_variable(
    periodic: bool, expected: list[str]
) -> None:
    fig, ax = figure()
    z = torch.arange(48, dtype=torch.float64) * torch.pi / 24
    energy(
        ax, z, 0.1 * torch.cos(z) - torch.cos(2 * z), periodic=periodic
    )  # at 0 and, lower, at pi
    assert list(series(fig)) == expected
