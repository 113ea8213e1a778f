"""The drawn graph of scalars: where its numbers stand, and what its table says."""

import numpy as np
import pytest

from ebmlib.backprop.scalar import Scalar, order
from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.graph import ROW, flows, graph, layout
from ebmlib.plot.show import MIME, bundle, facts
from tests.helpers.plotted import TOLERANCE, loaded, misfits


def formula() -> Scalar:
    x, y, z = Scalar(-2, "x"), Scalar(5, "y"), Scalar(-4, "z")
    return (x + y) * z


def test_layout_puts_children_right_of_parents_and_nothing_on_another() -> None:
    a = Scalar(3, "a")
    q = a * 2
    L = (q * a + q).tanh() + a
    place = layout(L)
    for child in order(L):
        for parent in child.parents:
            assert place[id(parent)][0] < place[id(child)][0]
    at = np.array(list(place.values()))
    gaps = np.linalg.norm(at[:, None] - at[None], axis=-1) + 10 * np.eye(len(at))
    assert gaps.min() >= ROW - 1e-9


def test_table_holds_values_and_gradients_and_leaves_no_trace() -> None:
    L = formula()
    fig, ax = figure()
    graph(ax, L)
    assert all(a.grad == 0 for a in order(L))
    table = loaded(facts(fig, "one", "alt", ""))
    assert table["graph.value"].tolist() == [3, -4, -2, 5, -12]
    assert table["graph.gradient"].tolist() == [-4, 3, -4, -4, 1]
    shown = bundle(fig, "one", "alt")
    assert max(far for _, far in misfits(shown["image/svg+xml"], shown[MIME])) < TOLERANCE


@pytest.mark.parametrize(
    ("computed", "swept", "words"), [(0, 0, 0), (3, 0, 3), (5, 1, 6), (5, 5, 10)]
)
def test_frames_write_what_is_known_so_far(computed: int, swept: int, words: int) -> None:
    _, ax = figure()
    flows(ax, formula(), computed=computed, swept=swept)
    assert len(ax.texts) == words


def test_a_number_read_twice_has_two_ways() -> None:
    a = Scalar(3, "a")
    fig, ax = figure()
    graph(ax, a * a)
    table = loaded(facts(fig, "one", "alt", ""))
    assert table["graph.gradient"].tolist() == [3, 3, 1]
    _, y = ax.lines[0].get_data()
    assert len({round(float(v), 3) for v in y[np.isfinite(y)]}) > 10  # bent apart
