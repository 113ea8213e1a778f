"""The samples of a batch that are still under way: taken out, put back, asked without the rest."""

import itertools
import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import torch
from jaxtyping import Bool, Float, Int, Num
from torch import Tensor

from ebmlib.energy import Energy

Rows = Int[Tensor, " rows"]
PerSample = TypeVar("PerSample", bound=Tensor | tuple[Any, ...] | None)

WORTH = 1000
"""From so many samples on, fewer of them cost less. Below, a call costs what a sample does."""
COLUMNS = 4
"""Up to so many components torch adds them in one order however they lie in memory."""


def columns(x: Float[Tensor, "*batch size"]) -> Float[Tensor, "*batch size"]:
    """The same values, each component of all samples side by side in memory where they are few.

    Sums over two components then take a fifteenth of the time, and copies of some samples less.
    """
    few = 1 < x.shape[-1] <= COLUMNS
    return torch.stack(x.unbind(-1)).movedim(0, -1) if few else x


def dot(
    a: Float[Tensor, "*batch size"], b: Float[Tensor, "*batch size"]
) -> Float[Tensor, "*batch"]:
    """a . b of each sample."""
    ab = a * b
    return ab.squeeze(-1) if ab.shape[-1] == 1 else ab.sum(-1)


def where(mask: Bool[Tensor, " samples"]) -> Rows:
    """The numbers of the samples for which the mask holds."""
    return mask.nonzero(as_tuple=True)[0]


def each(f: Callable[..., Tensor], *values: PerSample) -> PerSample:
    """Call f with every tensor of named tuples that are alike, and make one of the results.

    Few components are given one by one, as in `columns`; what is None stays.
    """
    first: Any = values[0]
    if first is None:
        return values[0]
    if not isinstance(first, Tensor):
        made: Any = type(first)(*(each(f, *part) for part in zip(*values, strict=True)))
    elif first.ndim == 1 or first.shape[-1] > COLUMNS:
        made = f(*values)
    elif first.shape[-1] == 1:
        made = f(*(x.squeeze(-1) for x in cast(tuple[Tensor, ...], values))).unsqueeze(-1)
    else:
        components = zip(*(x.unbind(-1) for x in cast(tuple[Tensor, ...], values)), strict=True)
        made = torch.stack([f(*one) for one in components]).movedim(0, -1)
    return cast(PerSample, made)


def take(value: PerSample, rows: Rows) -> PerSample:
    """Some samples alone, of a tensor or of a named tuple of them."""
    return each(lambda x: x.index_select(0, rows), value)


def put(value: PerSample, rows: Rows, new: PerSample) -> PerSample:
    """The same samples with some of them replaced, of a tensor or of a named tuple of them."""

    def replaced(x: Tensor, some: Tensor) -> Tensor:
        # Both do the same, but a scatter is twice as fast and wants an index for each number.
        return x.scatter(0, rows, some) if x.ndim == 1 else x.index_copy(0, rows, some)

    return each(replaced, value, new)


class Whole:
    """An energy that can only be asked of its whole batch, asked of some samples.

    Such is `lambda y, z: E(x, y, z)`, which holds an x for each sample. In place of targets it
    is given the numbers of the samples; the others lie where they started, unheeded.
    """

    def __init__(
        self, E: Energy, y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*batch latent"]
    ) -> None:
        self.E, self.y, self.z = E, y, z

    def __call__(
        self, numbers: Int[Tensor, "rows 1"], z: Float[Tensor, "rows latent"], /
    ) -> Float[Tensor, " rows"]:
        """Energy of each of the numbered samples."""
        rows, size = numbers.squeeze(-1), self.z.shape[-1]
        every = self.z.reshape(-1, size).index_put((rows,), z).reshape(self.z.shape)
        return self.E(self.y, every).reshape(-1)[rows]


def asks_alone(
    E: Energy,
    y: Float[Tensor, "samples dim"],
    z: Float[Tensor, "samples latent"],
    e: Float[Tensor, "*batch"],
) -> bool:
    """Whether E gives some samples the energies e that it gives them within their batch.

    What E holds for each sample cannot be broadcast with a number of samples that is neither 1
    nor a size of the batch, so that it is told from E's refusal or from the shape.
    """
    some = next(n for n in itertools.count(2) if n not in e.shape)
    try:
        with torch.no_grad():
            alone = E(y[:some], z[:some])
    except Exception:  # whatever E raises: it has answered the same samples in their batch
        return False
    within = e.reshape(-1)[:some]
    if alone.shape != within.shape:
        return False
    near = math.sqrt(torch.finfo(e.dtype).eps)
    return bool(torch.isclose(alone, within, rtol=near, atol=near, equal_nan=True).all())


def flatten(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*batch latent"],
    e: Float[Tensor, "*batch"],
) -> tuple[Energy, Num[Tensor, "samples size"]]:
    """An energy that can be asked of any samples of the batch, and the targets it then takes."""
    if e.numel() >= WORTH:
        every = y.expand(*e.shape, y.shape[-1]).reshape(-1, y.shape[-1])
        if asks_alone(E, every, z.reshape(-1, z.shape[-1]), e):
            return E, every
    return Whole(E, y, z), torch.arange(e.numel(), device=e.device).unsqueeze(-1)
