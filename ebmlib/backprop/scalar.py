"""A scalar autograd engine: numbers that remember how they were made."""

from __future__ import annotations

import math
from collections.abc import Iterator

__all__ = ["Scalar", "Step", "order", "sweep"]

Step = tuple["Scalar", "Scalar", float]  # one edge of the backward pass: (child, parent, flow)


class Scalar:
    """A number that keeps its parents, and its slope with respect to each of them.

    Formula:
        For f = f(a, b): slopes = (df/da, df/db), found in the forward pass.
        Back: grad of a += (grad of f) (df/da), for each reader f of a.
    Shapes:
        Python floats throughout. A float among the operands is a constant, not a parent.
    Raises:
        ValueError: from `log` and `**`, where they are not defined.
    Source:
        Reverse accumulation, Linnainmaa (1970).
    Derived on: book/backprop/graph.md
    """

    def __init__(
        self, value: float, name: str = "", made_by: str = "", *sources: tuple[Scalar, float]
    ) -> None:
        self.value, self.name, self.made_by = float(value), name, made_by
        self.parents = tuple(parent for parent, _ in sources)
        self.slopes = tuple(slope for _, slope in sources)
        self.grad = 0.0

    def __repr__(self) -> str:
        return f"Scalar({self.value:g}, {self.name!r})"

    def called(self, name: str) -> Scalar:
        """Give this number a name, for a drawing."""
        self.name = name
        return self

    def __add__(self, other: Scalar | float) -> Scalar:
        if isinstance(other, Scalar):
            return Scalar(self.value + other.value, "", "+", (self, 1.0), (other, 1.0))
        return Scalar(self.value + other, "", f"+ {other:g}", (self, 1.0))

    def __mul__(self, other: Scalar | float) -> Scalar:
        if isinstance(other, Scalar):
            a, b = self.value, other.value
            return Scalar(a * b, "", "×", (self, b), (other, a))
        return Scalar(self.value * other, "", f"× {other:g}", (self, other))

    def __pow__(self, n: float) -> Scalar:
        if (self.value < 0 and n != int(n)) or (self.value == 0 and n < 1):
            raise ValueError(f"{self.value:g} ** {n:g} has no real value or no finite slope.")
        slope = n * self.value ** (n - 1)
        return Scalar(self.value**n, "", f"^ {n:g}", (self, slope))

    def __neg__(self) -> Scalar:
        return self * -1.0

    def __sub__(self, other: Scalar | float) -> Scalar:
        if isinstance(other, Scalar):
            return Scalar(self.value - other.value, "", "−", (self, 1.0), (other, -1.0))
        return self + -other

    def __truediv__(self, other: Scalar | float) -> Scalar:
        if isinstance(other, Scalar):
            return self * other**-1
        return self * (1 / other)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: float) -> Scalar:
        return -self + other

    def __rtruediv__(self, other: float) -> Scalar:
        return self**-1 * other

    def exp(self) -> Scalar:
        """Return the exponential; its slope is itself."""
        e = math.exp(self.value)
        return Scalar(e, "", "exp", (self, e))

    def log(self) -> Scalar:
        """Return the natural logarithm of a positive number."""
        if self.value <= 0:
            raise ValueError(f"log needs a number > 0. Got {self.value:g}.")
        return Scalar(math.log(self.value), "", "log", (self, 1 / self.value))

    def tanh(self) -> Scalar:
        """Return the hyperbolic tangent."""
        h = math.tanh(self.value)
        return Scalar(h, "", "tanh", (self, 1 - h * h))

    def relu(self) -> Scalar:
        """Return the positive part; its slope at 0 is taken as 0."""
        return Scalar(max(self.value, 0.0), "", "ReLU", (self, float(self.value > 0)))

    def backward(self) -> None:
        """Add dL/da to `a.grad`, for L this number and every a that it was made from."""
        for _ in sweep(self):
            pass


def order(L: Scalar) -> list[Scalar]:
    """Return all that L was made from, parents before children: a topological order.

    Formula:
        Depth first: a number is listed once all its parents are.
    Shapes:
        A list that ends with L and holds every number once.
    Source:
        Kahn (1962), Tarjan (1976); without recursion, so that long chains are no trouble.
    Derived on: book/backprop/graph.md
    """
    listed: list[Scalar] = []
    seen: set[int] = set()
    stack = [(L, False)]
    while stack:
        a, parents_listed = stack.pop()
        if parents_listed:
            listed.append(a)
        elif id(a) not in seen:
            seen.add(id(a))
            stack.append((a, True))
            stack.extend((parent, False) for parent in reversed(a.parents))
    return listed


def sweep(L: Scalar) -> Iterator[Step]:
    """Go backward from L edge by edge, and yield each: (child, parent, what flowed).

    Formula:
        flow = (dL/dchild) (dchild/dparent), accumulated in the parent. The sweep's own sums are
        kept apart and added to `grad` at each visit, so that a second sweep adds its share only.
    Derived on: book/backprop/graph.md
    """
    arrived = {id(L): 1.0}  # dL/dL
    for child in reversed(order(L)):
        child.grad += arrived[id(child)]
        for parent, slope in zip(child.parents, child.slopes, strict=True):
            flow = slope * arrived[id(child)]
            arrived[id(parent)] = arrived.get(id(parent), 0.0) + flow
            yield child, parent, flow
