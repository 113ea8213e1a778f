"""A panel without axes."""

from ebmlib.plot.bare import bare
from ebmlib.plot.figure import figure


def test_a_bare_panel_shows_a_square_of_the_plane() -> None:
    _, ax = figure()
    bare(ax, 2.0, "before", centre=(1.0, -1.0))
    assert ax.get_xlim() == (-1, 3)
    assert ax.get_ylim() == (-3, 1)
    assert ax.get_aspect() == 1
    assert not ax.axison
    assert ax.get_title() == "before"
