"""The scalar engine against torch's autograd, and the order of its sweep."""

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ebmlib.backprop.scalar import Scalar, order, sweep

numbers = st.floats(-2, 2, allow_subnormal=False)


def test_the_lectures_graph() -> None:
    x, y, z = Scalar(-2, "x"), Scalar(5, "y"), Scalar(-4, "z")
    L = (x + y) * z
    L.backward()
    assert (L.value, x.grad, y.grad, z.grad) == (-12, -4, -4, 3)


def formula(a, b, c):  # type: ignore[no-untyped-def]
    """Every operation of the engine, with a and h read more than once."""
    h = a * b + c / 2 - a
    f = (h.tanh() + 3) ** 2 / (a * a + 1) - 0.5 * h
    g = 1 - (-b).exp() * (f * f + 2).log() + 2 / (c * c + 1)
    return g.relu() + f * h + g - 1


@given(numbers, numbers, numbers)
def test_equals_torch(a: float, b: float, c: float) -> None:
    ours = [Scalar(v) for v in (a, b, c)]
    theirs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (a, b, c)]
    L, truth = formula(*ours), formula(*theirs)
    L.backward()
    truth.backward()
    assert L.value == pytest.approx(truth.item(), rel=1e-12, abs=1e-12)
    for x, t in zip(ours, theirs, strict=True):
        assert x.grad == pytest.approx(t.grad.item(), rel=1e-10, abs=1e-10)


def random_graph(seed: int) -> Scalar:
    draw = random.Random(seed)
    numbers = [Scalar(draw.uniform(-1, 1)) for _ in range(4)]
    for _ in range(30):
        a, b = draw.choices(numbers, k=2)
        numbers.append(draw.choice([a + b, a * b, a - b, (a * b).tanh()]))
    return numbers[-1]


@pytest.mark.parametrize("seed", range(10))
def test_order_is_topological(seed: int) -> None:
    L = random_graph(seed)
    listed = order(L)
    place = {id(a): i for i, a in enumerate(listed)}
    assert listed[-1] is L
    assert len(place) == len(listed)
    assert all(place[id(p)] < place[id(a)] for a in listed for p in a.parents)


@pytest.mark.parametrize("seed", range(10))
def test_a_second_sweep_adds_its_share_only(seed: int) -> None:
    L = random_graph(seed)
    L.backward()
    once = [a.grad for a in order(L)]
    L.backward()
    assert [a.grad for a in order(L)] == pytest.approx([2 * g for g in once], rel=1e-12)


def test_sweep_yields_every_edge_once_child_before_parent() -> None:
    L = random_graph(1)
    edges = list(sweep(L))
    assert len(edges) == sum(len(a.parents) for a in order(L))
    left: set[int] = set()
    for child, parent, _ in edges:  # once a number has sent its gradient on, nothing arrives
        left.add(id(child))
        assert id(parent) not in left


def test_long_chains_do_not_exhaust_the_stack() -> None:
    x = Scalar(1.0)
    f = x
    for _ in range(5000):
        f = f + x
    f.backward()
    assert x.grad == 5001


def test_undefined_powers_and_logarithms_are_refused() -> None:
    for value in (0.0, -1.0):
        with pytest.raises(ValueError, match=rf"log needs a number > 0. Got {value:g}."):
            Scalar(value).log()
    for value, n in ((-2.0, 0.5), (0.0, -1), (0.0, 0.5)):
        with pytest.raises(ValueError, match=r"has no real value or no finite slope"):
            Scalar(value) ** n


def test_names_and_text() -> None:
    h = (Scalar(2, "a") * 3).called("h")
    assert (repr(h), h.made_by) == ("Scalar(6, 'h')", "× 3")
